"""Addresses of answers."""

from django.urls import path

from belisha.consent import views

urlpatterns = [
    path("consent/", views.answers, name="answers"),
    path("consent/answers.csv", views.answers_csv, name="answers_csv"),
    path("consent/pupil/<int:pupil_id>/", views.pupil_answers, name="pupil_answers"),
    path("consent/pupil/<int:pupil_id>/record/", views.record_answers, name="record_answers"),
    path("consent/set-aside/<int:answer_id>/", views.set_aside, name="set_aside"),
    path("consent/import/", views.import_answers, name="import_answers"),
    path("consent/import/<str:ref>/", views.import_preview, name="import_preview"),
    path("people/seem-one/<int:one>/and/<int:other>/", views.merge_contacts, name="merge_contacts"),
    path("children/", views.children, name="children"),
]
