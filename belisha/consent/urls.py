"""Addresses of answers."""

from django.urls import path

from belisha.consent.campaigns import views as campaigns
from belisha.consent.views import answers, children, seats, sheets

urlpatterns = [
    path("consent/", answers.answers, name="answers"),
    path("consent/answers.csv", answers.answers_csv, name="answers_csv"),
    path("consent/pupil/<int:pupil_id>/", answers.pupil_answers, name="pupil_answers"),
    path("consent/pupil/<int:pupil_id>/record/", answers.record_answers, name="record_answers"),
    path("consent/pupil/<int:pupil_id>/form/", answers.answers_form, name="answers_form"),
    path("consent/forms/<int:class_id>/", answers.class_forms, name="class_forms"),
    path("consent/set-aside/<int:answer_id>/", answers.set_aside, name="set_aside"),
    path("consent/import/", answers.import_answers, name="import_answers"),
    path("consent/import/<str:ref>/", answers.import_preview, name="import_preview"),
    path("consent/sheet/<int:class_id>/", sheets.class_sheet, name="class_sheet"),
    path("consent/sheet/<int:class_id>/sheet.csv", sheets.class_sheet_csv, name="class_sheet_csv"),
    path("events/<str:ref>/seats/", seats.event_seats, name="event_seats"),
    path("consent/sheets/", sheets.sheet_list, name="sheets"),
    path("consent/sheets/add/", sheets.add_sheet, name="sheet_add"),
    path("consent/sheets/<str:ref>/", sheets.sheet, name="sheet"),
    path("consent/sheets/<str:ref>/sheet.csv", sheets.sheet_csv, name="sheet_csv"),
    path("consent/sheets/<str:ref>/change/", sheets.change_sheet, name="sheet_change"),
    path("consent/sheets/<str:ref>/children/", sheets.sheet_children, name="sheet_children"),
    path("consent/sheets/<str:ref>/remove/", sheets.remove_sheet, name="sheet_remove"),
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
    path(
        "people/seem-one/<int:one>/and/<int:other>/", answers.merge_contacts, name="merge_contacts"
    ),
    path("children/", children.children, name="children"),
    path("children/copy/", children.copy, name="children_copy"),
    path("children/<int:pk>/", children.child, name="child"),
    path("children/<int:pk>/answer/", children.answer, name="child_answer"),
    path("children/<int:pk>/no/", children.no_to_everything, name="child_no"),
]
