"""Beside a case: that the way of complaints was offered about one of its posts (D.ii)."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from belisha.complaints.actions.offers import offered
from belisha.incidents.models import Case, Post
from belisha.lib.task import Task
from belisha.people.models import User


def beside(case: Case, user: User, at: datetime) -> Iterator[Task]:
    for post in Post.objects.standing().filter(case=case) if user.is_staff_member else ():
        on = localdate(at)
        if offer := offered(post.url, on=on) or offered(post.where, on=on):
            words = f"{post}. On {offer.offered_on:%-d %B %Y}, by {offer.by.name}."
            title = "The way to complain was offered"
            yield Task(title, words, reverse("complaint_offers"), "See the reply", "share", None)
