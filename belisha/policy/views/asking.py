"""Can I…? One sentence to fill in, open to the whole world. It looks at no person's facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from belisha.people.access import open_to_anyone
from belisha.policy.asking import Asker, Deed, Question
from belisha.policy.asking.question import PARTS
from belisha.policy.asking.wording import ASKED, offered, part_label, words_of
from belisha.policy.replies import Replies, asker_of

Value = TypeVar("Value", bound=StrEnum)


@dataclass(frozen=True)
class Field:
    """One choice of the sentence. `options` are value, words and whether it is chosen."""

    name: str
    label: str
    options: list[tuple[str, str, bool]]
    may_be_open: bool = True


@open_to_anyone  # parents and visitors ask before they have any way in
@require_safe
def can_i(request: HttpRequest) -> HttpResponse:
    """The sentence and, once a deed is named, the answer. The address holds all of it."""
    user = request.user if request.user.is_authenticated else None
    question = _question(request.GET, asker_of(user) if user else Asker.PARENT)
    replies = Replies(timezone.now(), user)
    asked = _chosen(Deed, request.GET.get("do")) is not None
    context = {
        "who": _field("as", gettext("I am"), question.deed, Asker, question.asker),
        "deed": _field("do", gettext("Can I"), question.deed, Deed, question.deed),
        "fields": _fields(question),
        "may_be_supervised": question.asker is Asker.PUPIL and question.deed is Deed.USE_PHONE,
        "supervised": question.supervised,
        "reply": replies.to(question) if asked else None,
        "examples": replies.examples(question.asker),
    }
    return render(request, "policy/can_i.html", context)


def _question(said: QueryDict, asker: Asker) -> Question:
    """What was asked. A word that is not among the values says nothing."""
    parts = {name: _chosen(kind, said.get(name.strip("_"))) for name, kind in PARTS.items()}
    return Question(
        _chosen(Asker, said.get("as")) or asker,
        _chosen(Deed, said.get("do")) or Deed.POST_PICTURE,
        supervised=said.get("supervised") == "yes",
        **parts,  # type: ignore[arg-type]
    )


def _chosen(kind: type[Value], word: str | None) -> Value | None:
    return kind(word) if word in set(kind) else None


def _fields(question: Question) -> list[Field]:
    """The parts that the deed hangs on, and those that were said."""
    wanted = ASKED[question.deed]
    said = [part for part in PARTS if part not in wanted and getattr(question, part)]
    return [
        _field(
            part.strip("_"),
            gettext(part_label(question.deed, part)),
            question.deed,
            offered(question.deed, part, getattr(question, part)),
            getattr(question, part),
            may_be_open=True,
        )
        for part in (*wanted, *said)
    ]


def _field(
    name: str,
    label: str,
    deed: Deed,
    values: Iterable[StrEnum],
    chosen: StrEnum | None,
    *,
    may_be_open: bool = False,
) -> Field:
    options = [(value.value, gettext(words_of(deed, value)), value is chosen) for value in values]
    return Field(name, label, options, may_be_open)
