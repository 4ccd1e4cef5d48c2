"""Addresses of answers."""

from django.urls import path

from belisha.consent.views import answers

urlpatterns = [
    path("consent/", answers.answers, name="answers"),
    path("consent/answers.csv", answers.answers_csv, name="answers_csv"),
    path("consent/pupil/<int:pupil_id>/", answers.pupil_answers, name="pupil_answers"),
    path("consent/pupil/<int:pupil_id>/record/", answers.record_answers, name="record_answers"),
    path("consent/set-aside/<int:answer_id>/", answers.set_aside, name="set_aside"),
    path("consent/import/", answers.import_answers, name="import_answers"),
    path("consent/import/<str:ref>/", answers.import_preview, name="import_preview"),
    path("children/", answers.children, name="children"),
]
