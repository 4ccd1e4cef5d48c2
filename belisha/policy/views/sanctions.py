"""A ladder of sanctions: read by those who decide by it, written by the head (A.5)."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.people.access import SignedIn, open_to
from belisha.people.acting import ask, asks, done, posted
from belisha.people.rules import GOVERNORS, STAFF, Role
from belisha.policy.access import can_write_ladder
from belisha.policy.actions.sanctions import write_ladder
from belisha.policy.models import Ladder, ladder_of
from belisha.policy.sanctions import LADDERS, steps_in, text_of


class LadderForm(forms.Form):
    """The steps, one to a line."""

    steps = forms.CharField(
        label="The steps, the first one first",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="One to a line: its name, then a colon, then what is done. Days in brackets say "
        "how long a device is kept, such as Collected by a parent (1 day): A parent signs for it.",
    )


@open_to(*STAFF, *GOVERNORS)
@require_GET
def ladder(request: SignedIn, policy: str) -> HttpResponse:
    context = {
        "about": _known(policy),
        "policy": policy,
        "steps": ladder_of(policy),
        "written": Ladder.objects.filter(policy=policy).select_related("made_by"),
        "writes": can_write_ladder(request.user),
    }
    return render(request, "policy/ladder.html", context)


@open_to(Role.HEAD)
@asks
def change_ladder(request: SignedIn, policy: str) -> HttpResponse:
    """Write it anew. What was decided keeps the words of its day."""
    about = _known(policy)
    form = LadderForm(posted(request), initial={"steps": text_of(ladder_of(policy))})
    if done(
        request,
        form,
        lambda: write_ladder(
            request.school,
            policy,
            steps_in(form.cleaned_data["steps"]),
            by=request.user,
            at=timezone.now(),
        ),
        "Written. It counts from now on.",
    ):
        return redirect("ladder", policy)
    return ask(
        request,
        form,
        title="The ladder of sanctions",
        act="Let it count",
        back=reverse("ladder", args=[policy]),
        above=about,
        words="It suggests a step. A person decides, and says why when they choose another.",
    )


def _known(policy: str) -> str:
    if policy not in LADDERS:
        raise Http404
    return LADDERS[policy].about
