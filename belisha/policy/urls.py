"""Addresses of purposes, agreements, readings and declarations."""

from django.urls import path

from belisha.policy.views import (
    agreements,
    declarations,
    duties,
    families,
    privacy,
    purposes,
    readers,
    reading,
    signatures,
)

urlpatterns = [
    path("purposes/", purposes.purposes, name="purposes"),
    path("purposes/<slug:key>/", purposes.change_purpose, name="change_purpose"),
    path("agreements/", signatures.agreements, name="agreements"),
    path("agreements/agreements.csv", signatures.agreements_csv, name="agreements_csv"),
    path("agreements/classes/<int:pk>/", signatures.class_agreement, name="class_agreement"),
    path("agreements/classes/<int:pk>/read/", signatures.read_with_class, name="read_with_class"),
    path("agreements/classes/<int:pk>/sheet/", signatures.class_sheet, name="agreement_sheet"),
    path("agreements/readings/<int:pk>/", signatures.reading, name="reading"),
    path(
        "agreements/pupils/<int:pk>/paper/",
        signatures.countersign_on_paper,
        name="countersign_on_paper",
    ),
    path(
        "agreements/signatures/<int:pk>/set-aside/",
        signatures.set_signature_aside,
        name="set_signature_aside",
    ),
    path("agreements/texts/", agreements.texts, name="agreement_texts"),
    path("agreements/texts/<slug:audience>/", agreements.text, name="agreement_text"),
    path(
        "agreements/texts/<slug:audience>/change/", agreements.change_text, name="agreement_change"
    ),
    path("agreements/texts/<slug:audience>/issue/", agreements.issue_text, name="agreement_issue"),
    path(
        "agreements/texts/<slug:audience>/discard/",
        agreements.discard_text,
        name="agreement_discard",
    ),
    path(
        "agreements/texts/<slug:audience>/compare/",
        agreements.compare_texts,
        name="agreement_compare",
    ),
    path("children/<int:pk>/agreement/", families.child_agreement, name="child_agreement"),
    path("families/expectations/", families.expectations, name="expectations"),
    path("reading/", reading.to_read, name="to_read"),
    path("reading/<int:pk>/", reading.read_it, name="read_it"),
    path("reading/staff/", readers.readers, name="readers"),
    path("reading/staff/readers.csv", readers.readers_csv, name="readers_csv"),
    path("reading/staff/remind/", readers.remind_them, name="remind_readers"),
    path("reading/staff/<int:pk>/", readers.reader, name="reader"),
    path("reading/reads/<int:pk>/set-aside/", readers.set_read_aside, name="set_read_aside"),
    path("reading/figures/", readers.reader_figures, name="reader_figures"),
    path("reading/duties/", duties.reading_duties, name="reading_duties"),
    path("reading/duties/add/", duties.add_duty, name="duty_add"),
    path("reading/duties/begin/", duties.begin_duties, name="duties_begin"),
    path("reading/duties/<int:pk>/change/", duties.change_duty, name="duty_change"),
    path("reading/duties/<int:pk>/end/", duties.end_duty, name="duty_end"),
    path("reading/guidance/<slug:key>/", duties.edition, name="edition"),
    path("reading/versions/<int:pk>/questions/", duties.questions, name="questions"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("privacy/take-back/", privacy.take_review_back, name="privacy_take_back"),
    path("privacy/staff/", privacy.privacy_overdue, name="privacy_overdue"),
    path("declarations/", declarations.declarations, name="declarations"),
    path("declarations/received/", declarations.received, name="received"),
    path("declarations/received/declared.csv", declarations.received_csv, name="received_csv"),
    path("declarations/received/<slug:ref>/", declarations.received_one, name="received_one"),
    path("declarations/<slug:ref>/", declarations.declaration, name="declaration"),
]
