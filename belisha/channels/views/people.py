"""Who looks after an account: said anew, handed over, set aside."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from belisha.channels.access import APPLY, can_look_after
from belisha.channels.actions import people as acts
from belisha.channels.forms import ChangePeopleForm, DueForm, HandOverForm
from belisha.channels.models import Account, AccountPerson, HandOver
from belisha.channels.standing import entry_of
from belisha.channels.views.accounts import account_of
from belisha.people.access import SignedIn, open_to, require
from belisha.people.acting import acted, ask, asks, done, posted


@open_to(*APPLY)
@asks
def say_people(request: SignedIn, ref: str) -> HttpResponse:
    row = account_of(request, ref)
    require(can_look_after(request.user, row))
    in_use = entry_of(row, timezone.localdate()).ours
    form = ChangePeopleForm(posted(request), user=request.user, account=row, in_use=in_use)
    if done(
        request,
        form,
        lambda: acts.say_people(row, form.people, **form.keys, by=request.user, at=timezone.now()),
        "Saved.",
    ):
        return redirect("account", ref)
    words = (
        "If somebody goes, change the password and move the second step first. "
        "When others look after it, the head is asked again."
        if in_use
        else ""
    )
    return ask(
        request,
        form,
        title=f"Who looks after {row}?",
        act="Save",
        back=reverse("account", args=[ref]),
        above=str(row),
        words=words,
    )


@open_to(*APPLY)
@asks
def hand_over(request: SignedIn, pk: int) -> HttpResponse:
    """One person hands their part over."""
    person = _person(request, pk)
    form = HandOverForm(posted(request), user=request.user, person=person)
    if done(
        request,
        form,
        lambda: acts.hand_over(person, **form.cleaned_data, by=request.user, at=timezone.now()),
        "It is handed over.",
    ):
        return redirect("account", person.account.ref)
    return _hand_over_page(request, person, form, DueForm())


@open_to(*APPLY)
@require_POST
def begin(request: SignedIn, pk: int) -> HttpResponse:
    """Somebody hands over later, by a day."""
    person, form = _person(request, pk), DueForm(request.POST)
    if done(
        request,
        form,
        lambda: acts.begin_hand_over(
            person, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
        "Written down. It stands on Today until it is done.",
    ):
        return redirect("account", person.account.ref)
    return _hand_over_page(request, person, HandOverForm(user=request.user, person=person), form)


@open_to(*APPLY)
@require_POST
def set_aside(request: SignedIn, pk: int) -> HttpResponse:
    person = _person(request, pk)
    row = get_object_or_404(HandOver.objects.open(), person=person)
    return acted(
        request,
        lambda: acts.set_hand_over_aside(row, by=request.user, at=timezone.now()),
        reverse("account", args=[person.account.ref]),
        "Set aside. They stay.",
    )


def _hand_over_page(
    request: SignedIn, person: AccountPerson, form: HandOverForm, due_form: DueForm
) -> HttpResponse:
    context = {
        "person": person,
        "account": person.account,
        "open": HandOver.objects.open().filter(person=person).first(),
        "form": form,
        "due_form": due_form,
    }
    status = 422 if form.errors or due_form.errors else 200
    return render(request, "channels/hand_over.html", context, status=status)


def _person(request: SignedIn, pk: int) -> AccountPerson:
    visible = Account.objects.visible_to(request.user)
    known = AccountPerson.objects.current().filter(account__in=visible)
    person: AccountPerson = get_object_or_404(known.select_related("account", "staff"), pk=pk)
    require(can_look_after(request.user, person.account))
    return person
