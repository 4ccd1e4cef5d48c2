"""What waits for someone in the school's documents: drafts to approve and issue, reviews (G.1)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from belisha.lib.task import Task
from belisha.people.models import User
from belisha.people.rules import Role
from belisha.policy.access import can_decide, can_edit_drafts
from belisha.policy.actions.documents import missing_for
from belisha.policy.actions.reviews import reviewers_of
from belisha.policy.models import (
    Approval,
    PolicyImport,
    Version,
    due_within,
    newest_of_each,
)

DAYS_BEFORE = 60


def documents_todo(user: User, on: date) -> Iterator[Task]:
    """For the head and the chair: what to approve and issue; for editors: files begun; reviews."""
    if can_decide(user) or user.has_role(Role.CHAIR):
        for draft in Version.objects.drafts().select_related("document"):
            yield from _of_draft(draft, user, on)
    if can_edit_drafts(user):
        for kept in PolicyImport.objects.filter(made_by=user).select_related("document"):
            yield Task(
                f"“{kept.document}” was read from a file and waits for you",
                "Look at what was found, and keep it as the draft.",
                reverse("policy_import_review", args=[kept.ref]),
                "Look at it",
                "book",
            )
    yield from _reviews(user, on)


def _of_draft(draft: Version, user: User, on: date) -> Iterator[Task]:
    key, approvals, missing = draft.document.key, draft.approvals, missing_for(draft, on)
    name = f"Version {draft.label} of “{draft.document}”"
    if can_decide(user) and not missing:
        yield Task(
            f"{name} waits for you to issue",
            "Everything is there. It counts when you issue it.",
            reverse("draft_issue", args=[key]),
            "See what changes",
            "book",
        )
    elif can_decide(user) and _only_approvals(missing) and Approval.Side.HEAD not in approvals:
        yield Task(
            f"{name} waits for you to approve",
            "Read it first. The governors can read it after that.",
            reverse("draft_approvals", args=[key]),
            "Read and approve",
            "book",
        )
    elif (
        user.has_role(Role.CHAIR)
        and Approval.Side.HEAD in approvals
        and Approval.Side.GOVERNORS not in approvals
    ):
        yield Task(
            f"{name} waits for the governors",
            "Read it. Then write down who approved it, and when.",
            reverse("draft_approvals", args=[key]),
            "Read and approve",
            "book",
        )


def _only_approvals(missing: list[str]) -> bool:
    return all(words.endswith("must approve it.") for words in missing)


def _reviews(user: User, on: date) -> Iterator[Task]:
    if user.staff is None:
        return
    for version in newest_of_each(Version.objects.issued().filter(document__ended_at=None)):
        if not due_within(version, on, DAYS_BEFORE):
            continue
        if user.staff not in reviewers_of(version.document):
            continue
        has_draft = version.document.draft is not None
        yield Task(
            f"Review “{version.document}”",
            "The next version is being written."
            if has_draft
            else "Read it, and begin the next version.",
            reverse("draft" if has_draft else "draft_start", args=[version.document.key])
            if can_edit_drafts(user)
            else reverse("document", args=[version.document.key]),
            "Open it",
            "book",
            due=version.review_on,
        )
