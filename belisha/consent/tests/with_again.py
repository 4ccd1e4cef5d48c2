"""The site's addresses with a page that asks who it is once more, where there is none yet."""

from importlib import import_module

from django.conf import settings
from django.http import HttpResponse
from django.urls import path

from belisha.people.access import open_to_signed_in

urlpatterns = [
    *import_module(settings.ROOT_URLCONF).urlpatterns,
    path("again/", open_to_signed_in(lambda request: HttpResponse("Who is it?")), name="again"),
]
