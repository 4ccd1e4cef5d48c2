"""Addresses of the pages on which posts go from the web."""

from django.urls import path

from belisha.incidents.views import removal

urlpatterns = [
    path("cases/report/", removal.where_to_report, name="where_to_report"),
    path("cases/report/wrong/", removal.wrong_link, name="wrong_link"),
    path("cases/report/right/", removal.right_link, name="right_link"),
    path("cases/<str:ref>/posts/", removal.add, name="case_post"),
    path("cases/<str:ref>/posts/<int:pk>/ask/<str:rung>/", removal.step, name="case_step"),
    path("cases/<str:ref>/posts/<int:pk>/pass/<str:rung>/", removal.pass_over, name="case_pass"),
    path("cases/<str:ref>/posts/<int:pk>/is/<str:how>/", removal.gone, name="case_gone"),
    path("cases/<str:ref>/posts/<int:pk>/strike/", removal.strike, name="case_post_strike"),
    path("cases/<str:ref>/steps/<int:pk>/", removal.answer, name="case_answer"),
    path("cases/<str:ref>/weigh/", removal.weigh, name="case_weigh"),
    path("cases/<str:ref>/weigh/<int:pk>/<str:turn>/", removal.measure, name="case_measure"),
]
