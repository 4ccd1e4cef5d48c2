"""Addresses of answers."""

from django.urls import path

from belisha.consent import views
from belisha.consent.campaigns import views as campaigns

urlpatterns = [
    path("consent/", views.answers, name="answers"),
    path("consent/answers.csv", views.answers_csv, name="answers_csv"),
    path("consent/pupil/<int:pupil_id>/", views.pupil_answers, name="pupil_answers"),
    path("consent/pupil/<int:pupil_id>/record/", views.record_answers, name="record_answers"),
    path("consent/set-aside/<int:answer_id>/", views.set_aside, name="set_aside"),
    path("consent/import/", views.import_answers, name="import_answers"),
    path("consent/import/<str:ref>/", views.import_preview, name="import_preview"),
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/add/", campaigns.add, name="campaign_add"),
    path("campaigns/<int:pk>/", campaigns.campaign, name="campaign"),
    path("campaigns/<int:pk>/remind/", campaigns.remind, name="campaign_remind"),
    path("campaigns/<int:pk>/change/", campaigns.change, name="campaign_change"),
    path("campaigns/<int:pk>/end/", campaigns.end, name="campaign_end"),
    path("campaigns/<int:pk>/erase/", campaigns.erase, name="campaign_erase"),
    path("campaigns/<int:pk>/letters/", campaigns.letters, name="campaign_letters"),
    path("campaigns/<int:pk>/campaign.csv", campaigns.sheet, name="campaign_csv"),
    path(
        "campaigns/<int:pk>/classes/<int:class_pk>/", campaigns.hand_out, name="campaign_hand_out"
    ),
    path("children/", views.children, name="children"),
]
