"""Pages of the safeguarding lead alone: children who must not be found."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.people.access import SignedIn, after_fresh_sign_in, open_to
from belisha.people.actions import protection as acts
from belisha.people.forms.protection import WhyForm
from belisha.people.models import Protection, Pupil
from belisha.people.rules import SAFEGUARDING, fits
from belisha.people.views.asking import asks, done, posted

only_the_lead = open_to(*SAFEGUARDING)


@only_the_lead
@after_fresh_sign_in
@require_GET
def protected(request: SignedIn) -> HttpResponse:
    typed = request.GET.get("q", "").strip()[:100]
    pupils = Pupil.objects.visible_to(request.user).select_related("school_class")
    standing = Protection.objects.standing().select_related("pupil__school_class", "set_by")
    shown = {
        "typed": typed,
        "found": [pupil for pupil in pupils.current() if fits(typed, str(pupil), pupil.known_as)]
        if typed
        else [],
        "protections": standing.order_by("set_at"),
    }
    return render(request, "people/protected.html", shown)


@only_the_lead
@after_fresh_sign_in
@asks
def protection(request: SignedIn, pk: int) -> HttpResponse:
    """Protect a child, or lift it, each with a reason; and all that was before."""
    pupil: Pupil = get_object_or_404(Pupil.objects.visible_to(request.user), pk=pk)
    history = Protection.objects.filter(pupil=pupil).select_related("set_by", "lifted_by")
    standing = history.standing().exists()
    act = acts.lift if standing else acts.protect
    form = WhyForm(posted(request))
    if done(request, form, lambda typed: act(pupil, **typed, by=request.user, at=timezone.now())):
        return redirect(reverse("protected"))
    shown = {
        "pupil": pupil,
        "standing": standing,
        "history": history.order_by("-set_at"),
        "form": form,
    }
    return render(request, "people/protection.html", shown, status=422 if form.errors else 200)
