"""Addresses of this area."""

from django.urls import path

from belisha.rights.views import backups, cases, families, requests, schedule

urlpatterns = [
    path("backups/", backups.backups, name="backups"),
    path("backups/gone/", backups.gone, name="backup-gone"),
    path("backups/looked/", backups.looked, name="restores-looked"),
    path("backups/archive/", backups.archive, name="archive-ask"),
    path("backups/archive/<str:ref>/", backups.fetch, name="archive-fetch"),
    path("my-data/", families.my_data, name="my_data"),
    path("rights/", requests.register, name="rights"),
    path("rights/csv/", requests.register_csv, name="rights_csv"),
    path("rights/add/", requests.add, name="rights_add"),
    path("rights/periods/", schedule.periods, name="periods"),
    path("rights/periods/csv/", schedule.periods_csv, name="periods_csv"),
    path("rights/<str:ref>/", requests.one, name="rights_request"),
    path("rights/<str:ref>/certificate/", requests.certificate, name="rights_certificate"),
    path("rights/<str:ref>/items/<str:part>/", requests.items, name="rights_items"),
    path("rights/<str:ref>/things/<int:thing>/", requests.picture, name="rights_picture"),
    path("rights/<str:ref>/cases/<str:case>/", cases.case, name="rights_case"),
    path("rights/<str:ref>/cases/<str:case>/part/", cases.part, name="rights_case_part"),
    path("rights/<str:ref>/bundle/<str:part>/", requests.bundle, name="rights_bundle"),
    path("rights/<str:ref>/do/<str:act>/", requests.act, name="rights_act"),
]
