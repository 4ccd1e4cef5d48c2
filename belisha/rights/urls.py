"""Addresses of backups and archives."""

from django.urls import path

from belisha.rights import views

urlpatterns = [
    path("backups/", views.backups, name="backups"),
    path("backups/gone/", views.gone, name="backup-gone"),
    path("backups/looked/", views.looked, name="restores-looked"),
    path("backups/archive/", views.archive, name="archive-ask"),
    path("backups/archive/<str:ref>/", views.fetch, name="archive-fetch"),
]
