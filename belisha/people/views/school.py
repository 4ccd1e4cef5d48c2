"""The page of the school's own name and telephone."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from belisha.people import actions
from belisha.people.access import SignedIn, open_to_keepers
from belisha.people.forms.founding import SchoolForm
from belisha.people.models import School
from belisha.people.views.asking import Back, ask, asks, done, posted


@open_to_keepers
@asks
def school(request: SignedIn) -> HttpResponse:
    # Another copy than that of the page's head, which a wrong name must not change.
    row = School.objects.get(pk=request.school.pk)
    form = SchoolForm(posted(request), instance=row)
    if done(
        request,
        form,
        lambda typed: actions.change_school(
            request.school, **typed, by=request.user, at=timezone.now()
        ),
    ):
        return redirect("people")
    back = Back("People", reverse("people"))
    return ask(request, form, title="The school", act="Save", back=back)
