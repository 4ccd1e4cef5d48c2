"""A parent's own pages: what may happen with pictures of their children."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods

from belisha.consent import actions
from belisha.consent.access import children_answered_for_by, children_of
from belisha.consent.cards import Card, cards_of, children_cards, own_history
from belisha.consent.models import Answer
from belisha.consent.rules import Kind
from belisha.people.access import SignedIn, is_fresh, open_to
from belisha.people.models import Pupil
from belisha.people.rules import SCHOOL_LANGUAGE, Role

_SAID = {"yes": Kind.GIVEN, "no": Kind.REFUSED}


@open_to(Role.PARENT)
@require_GET
def children(request: SignedIn) -> HttpResponse:
    """All children of a parent. What others said about them is not theirs to see."""
    shown = children_cards(request.user, on=timezone.localdate())
    context = {"children": shown, "all_said": all(one.is_done for one in shown)}
    return render(request, "consent/children.html", context)


@open_to(Role.PARENT)
@require_GET
def child(request: SignedIn, pk: int) -> HttpResponse:
    """One child: a card for each purpose, the next child, and what this parent said so far."""
    pupil = get_object_or_404(children_of(request.user), pk=pk)
    today = timezone.localdate()
    family = children_cards(request.user, on=today)
    shown = next(one for one in family if one.child == pupil)
    after = family[family.index(shown) + 1 :] + family[: family.index(shown)]
    context = {
        "shown": shown,
        "today": today,
        "next": next((one for one in after if one.asked), None),
        "history": own_history(pupil, request.user) if shown.asked else [],
        "once_more": request.GET.get("yes", ""),
    }
    return render(request, "consent/child.html", context)


@open_to(Role.PARENT)
@require_http_methods(["GET", "POST"])
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """Keep one answer as soon as it is tapped."""
    pupil = _answered_for(request, pk)
    if request.method != "POST":  # a tap after the session had ended leads here, by the sign-in
        return redirect("child", pk)
    cards = {card.purpose.key: card for card in _cards(request, pupil)}
    card = cards.get(request.POST.get("purpose", ""))
    kind = _SAID.get(request.POST.get("answer", ""))
    if card is None or kind is None:
        raise Http404
    place = reverse("child", args=[pk])
    if kind is Kind.GIVEN and request.POST.get("words") != card.words:
        messages.warning(
            request, gettext("The words have changed since you opened the page. Read them again.")
        )
        return redirect(f"{place}#{card.purpose.key}")
    try:
        _say(request, pupil, {card: kind})
    except actions.NotFresh:
        once_more = f"{place}?{urlencode({'yes': card.purpose.key})}#{card.purpose.key}"
        return redirect(f"{reverse('again')}?{urlencode({'next': once_more})}")
    return redirect(f"{place}#{card.purpose.key}")


@open_to(Role.PARENT)
@require_http_methods(["GET", "POST"])
def no_to_everything(request: SignedIn, pk: int) -> HttpResponse:
    """Ask once, and say no to every use."""
    pupil = _answered_for(request, pk)
    shown = cards_of(pupil, request.user, on=timezone.localdate())
    if request.method == "POST":
        _say(request, pupil, dict.fromkeys(shown.cards, Kind.REFUSED))
        messages.success(
            request,
            gettext("Saved. You have said no to everything for %(name)s.") % {"name": shown.name},
        )
        return redirect("child", pk)
    return render(request, "consent/child_no.html", {"shown": shown})


@open_to(Role.PARENT)
@require_GET
def copy(request: SignedIn) -> HttpResponse:
    """A copy of everything that this parent answered, with the words as they were asked."""
    histories = [
        (one, own_history(one.child, request.user))
        for one in children_cards(request.user, on=timezone.localdate())
        if one.asked
    ]
    context = {"histories": histories, "now": timezone.now()}
    return render(request, "consent/children_copy.html", context)


def _answered_for(request: SignedIn, pk: int) -> Pupil:
    return get_object_or_404(children_answered_for_by(request.user), pk=pk)


def _cards(request: SignedIn, pupil: Pupil) -> tuple[Card, ...]:
    return cards_of(pupil, request.user, on=timezone.localdate()).cards


def _say(request: SignedIn, pupil: Pupil, said: dict[Card, Kind]) -> None:
    now = timezone.now()
    drafts = [
        Answer(
            purpose=card.purpose,
            kind=kind,
            wording=card.question.wording,
            language=get_language() or SCHOOL_LANGUAGE,
        )
        for card, kind in said.items()
    ]
    fresh = is_fresh(request, at=now)
    actions.answer(pupil, drafts, by=request.user, at=now, fresh=fresh)
