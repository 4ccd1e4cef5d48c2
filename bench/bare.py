"""The site with one more view, which does nothing: what the server itself costs."""

from django.http import HttpResponse
from django.urls import path

from belisha.people.access import open_to_signed_in
from config.urls import urlpatterns as site

urlpatterns = [
    path("bare/", open_to_signed_in(lambda request: HttpResponse("yes")), name="bare"),
    *site,
]
