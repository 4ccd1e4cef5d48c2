"""Addresses of this area."""

from django.urls import path

from belisha.complaints.views import families, files, hearing, register, school

urlpatterns = [
    path("complain/", families.complain, name="complain"),
    path("complain/code/", families.complain_code, name="complain_code"),
    path("complain/lost/", families.complain_lost, name="complain_lost"),
    path("complain/<str:ref>/", families.complain_one, name="complain_one"),
    path("complain/<str:ref>/files/", files.add_as_family, name="complain_files"),
    path("complain/<str:ref>/<str:act>/", families.complain_act, name="complain_act"),
    path("complaints/", register.complaints, name="complaints"),
    path("complaints/csv/", register.complaints_csv, name="complaints_csv"),
    path("complaints/add/", register.complaint_add, name="complaint_add"),
    path("complaints/figures/", school.figures, name="complaint_figures"),
    path("complaints/targets/", school.targets, name="complaint_targets"),
    path("complaints/limits/<str:ref>/", school.limit, name="complaint_limit"),
    path("complaints/offers/", school.offers, name="complaint_offers"),
    path("complaints/offers/add/", school.offer_add, name="complaint_offer_add"),
    path("complaints/offers/<str:ref>/strike/", school.offer_strike, name="complaint_offer_strike"),
    path("complaints/<str:ref>/", register.complaint, name="complaint"),
    path("complaints/<str:ref>/pdf/", register.complaint_pdf, name="complaint_pdf"),
    path("complaints/<str:ref>/files/", files.add, name="complaint_files"),
    path("complaints/<str:ref>/files/<str:file>/", files.download, name="complaint_file"),
    path("complaints/<str:ref>/<str:act>/", hearing.complaint_act, name="complaint_act"),
]
