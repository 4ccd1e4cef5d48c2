"""Addresses of this area."""

from django.urls import path

from belisha.incidents import progress_urls, removal_urls
from belisha.incidents.views import cases, evidence, telling, working

urlpatterns = [
    *progress_urls.urlpatterns,
    *removal_urls.urlpatterns,
    path("tell/", telling.choose, name="tell"),
    path("tell/us/", telling.by_family, name="tell_family"),
    path("tell/pupil/", telling.by_pupil, name="tell_pupil"),
    path("tell/sent/", telling.sent, name="tell_sent"),
    path("tell/back/", telling.come_back, name="tell_come_back"),
    path("tell/mine/", telling.mine, name="tell_mine"),
    path("tell/mine/evidence/", telling.my_evidence, name="tell_evidence"),
    path("tell/mine/evidence/parts/", telling.my_parts, name="tell_parts"),
    path("tell/mine/leave/", telling.leave, name="tell_leave"),
    path("cases/", cases.cases, name="cases"),
    path("cases/csv/", cases.cases_csv, name="cases_csv"),
    path("cases/new/", cases.new, name="case_new"),
    path("cases/officer/", working.officer, name="case_officer"),
    path("cases/close/", working.interests, name="case_interests"),
    path("cases/close/add/", working.declare, name="case_interest_add"),
    path("cases/close/<int:pk>/end/", working.end_interest, name="case_interest_end"),
    path("cases/<str:ref>/", cases.case, name="case"),
    path("cases/<str:ref>/note/", working.note, name="case_note"),
    path("cases/<str:ref>/correct/", working.correct, name="case_correct"),
    path("cases/<str:ref>/kind/", working.kind, name="case_kind"),
    path("cases/<str:ref>/people/", working.party, name="case_party"),
    path("cases/<str:ref>/people/<int:pk>/strike/", working.strike, name="case_strike"),
    path("cases/<str:ref>/hand-over/", working.hand_over, name="case_hand_over"),
    path("cases/<str:ref>/step-back/", working.step_back, name="case_step_back"),
    path("cases/<str:ref>/question/", working.question, name="case_question"),
    path("cases/<str:ref>/told/", working.told, name="case_told"),
    path("cases/<str:ref>/told/<int:pk>/", working.settle, name="case_settle"),
    path("cases/<str:ref>/link/", working.tie, name="case_tie"),
    path("cases/<str:ref>/evidence/", evidence.add, name="case_evidence"),
    path("cases/<str:ref>/evidence/parts/", evidence.parts, name="case_parts"),
    path("cases/<str:ref>/evidence/<str:evidence>/", evidence.download, name="case_file"),
    path("cases/<str:ref>/evidence/<str:evidence>/view/", evidence.view, name="case_view"),
    path("cases/<str:ref>/evidence/<str:evidence>/cover/", evidence.cover, name="case_cover"),
    path("cases/<str:ref>/copies/<str:copy>/", evidence.copy, name="case_copy"),
]
