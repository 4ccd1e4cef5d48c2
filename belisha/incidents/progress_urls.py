"""Addresses of the pages on which a case is worked on."""

from django.urls import path

from belisha.incidents.views import numbers, progress

urlpatterns = [
    path("cases/concerns/", progress.concerns, name="case_concerns"),
    path("cases/figures/", numbers.figures, name="case_figures"),
    path("cases/figures/csv/", numbers.figures_csv, name="case_figures_csv"),
    path("cases/periods/", numbers.set_periods, name="case_periods"),
    path("cases/over/", numbers.keepings, name="case_keepings"),
    path("cases/over/<int:pk>/keep/", numbers.keep_longer, name="case_keep"),
    path("cases/over/<int:pk>/erase/", numbers.erase, name="case_erase"),
    path("cases/<str:ref>/ask/<str:key>/", progress.sheet, name="case_sheet"),
    path("cases/<str:ref>/memo/", progress.memo, name="case_memo"),
    path("cases/<str:ref>/to-do/", progress.task, name="case_task"),
    path("cases/<str:ref>/to-do/<int:pk>/", progress.finish, name="case_finish"),
    path("cases/<str:ref>/rules/", progress.breached, name="case_breached"),
    path("cases/<str:ref>/sanction/", progress.sanction, name="case_sanction"),
    path("cases/<str:ref>/sanction/<int:pk>/back/", progress.take_back, name="case_take_back"),
    path("cases/<str:ref>/support/", progress.support, name="case_support"),
    path("cases/<str:ref>/outcome/", progress.outcome, name="case_outcome"),
    path("cases/<str:ref>/follow-up/", progress.follow_up, name="case_follow_up"),
    path("cases/<str:ref>/close/", progress.close, name="case_close"),
    path("cases/<str:ref>/open/", progress.reopen, name="case_reopen"),
    path("cases/<str:ref>/join/", progress.join, name="case_join"),
    path("cases/<str:ref>/bundle/", progress.bundle, name="case_bundle"),
]
