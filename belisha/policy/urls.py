"""Addresses of purposes, agreements, signatures, and how parents are told."""

from django.urls import path

from belisha.policy.views import (
    acknowledging,
    agreements,
    asking,
    awareness,
    families,
    purposes,
    signatures,
)

urlpatterns = [
    path("can-i/", asking.can_i, name="can_i"),
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
    path("agreements/families/", acknowledging.families_who_read, name="families_who_read"),
    path(
        "agreements/families/families.csv",
        acknowledging.families_who_read_csv,
        name="families_who_read_csv",
    ),
    path(
        "agreements/families/<int:pk>/paper/",
        acknowledging.acknowledge_on_paper,
        name="acknowledge_on_paper",
    ),
    path(
        "agreements/acknowledgements/<int:pk>/set-aside/",
        acknowledging.set_acknowledgement_aside,
        name="set_acknowledgement_aside",
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
    path("awareness/", awareness.awareness, name="awareness"),
    path("awareness/awareness.csv", awareness.awareness_csv, name="awareness_csv"),
    path("awareness/plan/", awareness.plan, name="awareness_plan"),
    path("awareness/copy/", awareness.copy, name="awareness_copy"),
    path("awareness/add/", awareness.add, name="awareness_add"),
    path("awareness/steps/<int:pk>/", awareness.step, name="awareness_step"),
    path("awareness/steps/<int:pk>/change/", awareness.change, name="awareness_change"),
    path("awareness/steps/<int:pk>/done/", awareness.done, name="awareness_done"),
    path("awareness/steps/<int:pk>/not-done/", awareness.not_done, name="awareness_not_done"),
    path("awareness/steps/<int:pk>/set-aside/", awareness.set_aside, name="awareness_set_aside"),
    path("awareness/steps/<int:pk>/take-up/", awareness.take_up, name="awareness_take_up"),
]
