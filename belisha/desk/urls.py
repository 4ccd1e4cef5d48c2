"""Addresses of the desk."""

from django.urls import path

from belisha.desk import views

urlpatterns = [
    path("", views.today, name="today"),
    path("setup/", views.setup, name="setup"),
    path("figures/", views.figures_page, name="figures"),
    path("figures/report/", views.report, name="report"),
    path("child/<int:pk>/", views.about_child, name="about_child"),
    path("me/", views.me, name="me"),
]
