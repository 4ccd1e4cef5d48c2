"""Words that parents may meet, of rules and of others, said once more for translators."""

from django.utils.translation import gettext_noop as _

WORDS = (
    # What rules call a parent.
    _("Parent"),
    # What django-allauth asks and answers at the way in.
    _("Email"),
    _("Email address"),
    _("Password"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("You have signed out."),
)
