"""Addresses of confiscations."""

from django.urls import path

from belisha.devices.confiscations.views import family, office, register, sheets, taking

urlpatterns = [
    path("confiscations/", register.confiscations, name="confiscations"),
    path("confiscations/csv/", sheets.confiscations_csv, name="confiscations_csv"),
    path("confiscations/counts/", register.counts, name="confiscation_counts"),
    path("confiscations/counts/csv/", sheets.counts_csv, name="confiscation_counts_csv"),
    path("confiscations/home/", family.waits_for_family, name="waits_for_family"),
    path("confiscations/take/", taking.choose, name="take_from"),
    path("confiscations/take/<int:pk>/", taking.take, name="take"),
    path("confiscations/exemptions/", register.exemptions, name="exemptions"),
    path("confiscations/exemptions/csv/", sheets.exemptions_csv, name="exemptions_csv"),
    path("confiscations/exemptions/for/<int:pk>/", taking.exempt, name="exempt"),
    path(
        "confiscations/exemptions/<str:ref>/change/",
        taking.change_exemption,
        name="exemption_change",
    ),
    path("confiscations/exemptions/<str:ref>/end/", taking.end_exemption, name="exemption_end"),
    path("confiscations/matters/<int:pk>/", office.settle, name="matter_settle"),
    path("confiscations/<str:ref>/", register.confiscation, name="confiscation"),
    path("confiscations/<str:ref>/correct/", taking.correct, name="confiscation_correct"),
    path("confiscations/<str:ref>/undo/", taking.undo, name="confiscation_undo"),
    path("confiscations/<str:ref>/take-up/", taking.take_up, name="confiscation_take_up"),
    path("confiscations/<str:ref>/receive/", office.receive, name="confiscation_receive"),
    path("confiscations/<str:ref>/try/", office.write_try, name="confiscation_try"),
    path("confiscations/<str:ref>/mail/", office.write_home, name="confiscation_mail"),
    path("confiscations/<str:ref>/letter/", office.letter, name="confiscation_letter"),
    path("confiscations/<str:ref>/keep/", office.keep, name="confiscation_keep"),
    path("confiscations/<str:ref>/collect/", office.collect, name="confiscation_collect"),
    path("confiscations/<str:ref>/hand-back/", office.hand_back, name="confiscation_hand_back"),
    path("confiscations/<str:ref>/pass-on/", office.pass_on, name="confiscation_pass_on"),
    path("confiscations/<str:ref>/not-back/", office.not_returned, name="confiscation_not_back"),
    path("confiscations/<str:ref>/sanction/", office.sanction, name="confiscation_sanction"),
    path("confiscations/<str:ref>/tell/", office.tell, name="confiscation_tell"),
    path("confiscations/<str:ref>/retain/", office.retain, name="confiscation_retain"),
    path("confiscations/<str:ref>/release/", office.release, name="confiscation_release"),
    path("confiscations/<str:ref>/receipt/", office.receipt, name="confiscation_receipt"),
    path("confiscations/<str:ref>/label/", office.label, name="confiscation_label"),
]
