"""Pages on which the head says who decides while the head is away."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from belisha.people.access import SignedIn, open_to
from belisha.people.acting import acted, asks, done, posted
from belisha.people.actions import standing_in as acts
from belisha.people.forms.standing_in import StandInForm
from belisha.people.models import StandIn
from belisha.people.rules import LEADERS, Role

AT_ONCE = 30


@open_to(*LEADERS)
@asks
def stand_ins(request: SignedIn) -> HttpResponse:
    """Who stands in now and when, who did before; the head names one."""
    user, now, on = request.user, timezone.now(), timezone.localdate()
    names = user.has_role(Role.HEAD)
    form = StandInForm(posted(request), initial={"first_day": on, "last_day": on})
    named = done(
        request,
        form,
        lambda: acts.name_stand_in(**form.cleaned_data, by=user, at=now),
        "They decide for you on these days.",
    )
    if named:
        return redirect("stand_ins")
    rows = StandIn.objects.select_related("staff", "named_by", "ended_by")
    context = {
        "form": form if names else None,
        "now": StandIn.objects.counting(on),
        "to_come": rows.to_come(on).order_by("first_day", "id"),
        "page": Paginator(rows, AT_ONCE).get_page(request.GET.get("page")),
        "today": on,
    }
    return render(request, "people/stand_ins.html", context, status=422 if form.errors else 200)


@open_to(Role.HEAD)
@require_POST
def stand_in_end(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(StandIn, pk=pk)
    return acted(
        request,
        lambda: acts.end_stand_in(row, by=request.user, at=timezone.now()),
        reverse("stand_ins"),
        f"{row.staff} decides no more from now on.",
    )
