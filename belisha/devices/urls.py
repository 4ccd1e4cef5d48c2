"""Addresses of this area. A label leads to ``/devices/<ref>/``."""

from django.urls import path

from belisha.devices.confiscations.urls import urlpatterns as of_confiscations
from belisha.devices.views import board, checks, loans, losses, memory, register, visits

urlpatterns = [
    *of_confiscations,
    path("devices/", register.devices, name="devices"),
    path("devices/csv/", register.devices_csv, name="devices_csv"),
    path("devices/labels/", register.labels, name="devices-labels"),
    path("devices/add/", register.add, name="device-add"),
    path("devices/board/", board.board, name="devices-board"),
    path("devices/board/share/", board.share_screen, name="devices-board-share"),
    path("devices/board/end/", board.end_board, name="devices-board-end"),
    path("devices/wipe/", memory.which, name="device-wipe"),
    path("devices/checks/", checks.checks, name="stock-checks"),
    path("devices/checks/start/", checks.start, name="stock-check-start"),
    path("devices/checks/<str:ref>/", checks.check, name="stock-check"),
    path("devices/checks/<str:ref>/csv/", checks.check_csv, name="stock_check_csv"),
    path("devices/checks/<str:ref>/tick/", checks.tick, name="stock-check-tick"),
    path("devices/checks/<str:ref>/finish/", checks.finish, name="stock-check-finish"),
    path("devices/checks/<str:ref>/give-up/", checks.give_up, name="stock-check-give-up"),
    path("devices/losses/", losses.losses, name="device-losses"),
    path("devices/losses/csv/", losses.losses_csv, name="losses_csv"),
    path("devices/losses/<str:ref>/", losses.loss, name="device-loss"),
    path("devices/losses/<str:ref>/found/", losses.found, name="device-found"),
    path("devices/losses/<str:ref>/done/", losses.follow_up, name="device-loss-done"),
    path("devices/visits/", visits.visits, name="device-visits"),
    path("devices/visits/csv/", visits.visits_csv, name="device_visits_csv"),
    path("devices/visits/plan/", visits.plan, name="device-plan"),
    path("devices/visits/<str:ref>/", visits.visit, name="device-visit"),
    path("devices/visits/<str:ref>/ask/", visits.ask_again, name="device-visit-ask"),
    path("devices/visits/<str:ref>/cancel/", visits.cancel, name="device-visit-cancel"),
    path("devices/<str:ref>/", register.device, name="device"),
    path("devices/<str:ref>/out/", board.sign_out, name="device-out"),
    path("devices/<str:ref>/in/", board.sign_in, name="device-in"),
    path("devices/<str:ref>/wiped/", memory.wipe, name="device-wiped"),
    path("devices/<str:ref>/lost/", losses.report, name="device-lost"),
    path("devices/<str:ref>/change/", register.change, name="device-change"),
    path("devices/<str:ref>/label/", register.label, name="device-label"),
    path("devices/<str:ref>/retire/", register.retire, name="device-retire"),
    path("devices/<str:ref>/use-again/", register.use_again, name="device-use-again"),
    path("loans/", loans.loans, name="loans"),
    path("loans/csv/", loans.loans_csv, name="loans_csv"),
    path("loans/<str:ref>/", loans.loan, name="loan"),
    path("loans/<str:ref>/due/", loans.change_due, name="loan-due"),
]
