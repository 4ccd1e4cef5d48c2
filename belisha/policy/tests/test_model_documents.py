"""The documents that are shipped: drafts for a real school, in force in the demonstration."""

from datetime import timedelta

import pytest

from belisha.audit.models import Entry
from belisha.people.access import Refused
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.policy.actions.model_documents import Issued, shipped_documents
from belisha.policy.controls import CONTROLS
from belisha.policy.model_texts import MODEL_KEYS, model_outline
from belisha.policy.models import Approval, Binding, Clause, Document, Version
from belisha.policy.models.documents import version_in_force
from belisha.policy.outside import OUTSIDE


@pytest.fixture
def head(school):
    return make_staff(school, "Mrs Zebrahart", Role.HEAD).user


@pytest.fixture
def issued(now):
    today = now.date()
    return Issued(
        author="Mrs Zebrahart",
        checker="Mr Lantern",
        approved={Approval.Side.HEAD: "Mrs Zebrahart", Approval.Side.GOVERNORS: "Dr Pegasus"},
        approved_on=today,
        review_on=today + timedelta(days=365),
    )


def test_a_new_school_has_the_documents_as_drafts_and_none_is_in_force(school, head, now):
    made = shipped_documents(school, by=head, at=now)
    assert [version.document.key for version in made] == [
        *MODEL_KEYS,
        *(one.key for one in OUTSIDE),
    ]
    assert not Version.objects.issued().exists()
    assert {version.label for version in made} == {"1.0"}
    assert version_in_force(now) is None
    assert not Approval.objects.exists()
    assert Entry.objects.filter(verb="document.shipped").count() == len(made)


def test_each_clause_of_the_policy_is_bound_to_its_own_control(school, head, now):
    shipped_documents(school, by=head, at=now)
    bound = Binding.objects.select_related("clause")
    assert sorted(b.control for b in bound) == sorted(CONTROLS)
    assert all(b.clause.address == b.control for b in bound)
    assert {b.clause.version.document.key for b in bound} == {"social-media"}


def test_what_is_kept_reads_as_what_is_shipped(school, head, now):
    for version in shipped_documents(school, by=head, at=now)[: len(MODEL_KEYS)]:
        shipped = model_outline(version.document.key)
        assert (version.outline.title, version.outline.items) == (shipped.title, shipped.items)
        assert version.commitment == shipped.front["commitment"]


def test_guidance_names_its_parts_and_where_it_is_read(school, head, now):
    shipped_documents(school, by=head, at=now)
    guidance = Document.objects.get(key="safeguarding")
    assert guidance.kind == Document.Kind.GUIDANCE
    version = Version.objects.get(document=guidance)
    assert version.read_at.startswith("https://www.gov.uk/")
    sections = Clause.objects.filter(version=version).values_list("section", flat=True)
    assert {"Part one", "Annex B"} <= set(sections)


def test_what_the_school_has_already_is_left_alone(school, head, now):
    own = Document.objects.create(school=school, key="social-media", title="Our own words")
    made = shipped_documents(school, by=head, at=now)
    assert "social-media" not in {version.document.key for version in made}
    assert not Version.objects.filter(document=own).exists()
    assert shipped_documents(school, by=head, at=now) == []


def test_issued_at_once_they_are_in_force_with_all_that_g_1_asks(school, head, now, issued):
    shipped_documents(school, by=head, at=now, issued=issued)
    version = version_in_force(now)
    assert version is not None
    assert (version.author, version.checker, version.issued_by) == (
        "Mrs Zebrahart",
        "Mr Lantern",
        head,
    )
    assert version.review_on == issued.review_on
    sides = Approval.objects.filter(version=version).values_list("side", flat=True)
    assert sorted(sides) == ["governors", "head"]
    assert not Approval.objects.filter(version__document__kind="guidance").exists()


@pytest.mark.parametrize("role", [Role.SENIOR_LEADER, Role.OFFICE, Role.CHAIR, Role.TEACHER])
def test_nobody_but_the_head_may(school, now, role):
    with pytest.raises(Refused):
        shipped_documents(school, by=make_staff(school, "Somebody", role).user, at=now)
    assert not Document.objects.exists()
