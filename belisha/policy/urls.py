"""Addresses of purposes, agreements and signatures."""

from django.urls import path

from belisha.policy.views import agreements, asking, families, purposes, signatures

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
]
