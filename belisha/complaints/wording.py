"""The words of families for stages, people and outcomes; staff read the labels of `rules`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from belisha.complaints.rules import Outcome, Rung, Stage, Subject

STAGES: dict[Stage, Promise] = {
    Stage.CONCERN: _("Your concern"),
    Stage.ONE: _("Formal complaint"),
    Stage.TWO: _("Second look"),
    Stage.PANEL: _("Panel of governors"),
}
PEOPLE: dict[Rung, Promise] = {
    Rung.TEACHER: _("the class teacher"),
    Rung.HEAD: _("the head"),
    Rung.LEADER: _("a senior leader"),
    Rung.CHAIR: _("the chair of governors"),
    Rung.GOVERNOR: _("a governor"),
}
OUTCOMES: dict[Outcome, Promise] = {
    Outcome.UPHELD: _("We agree with you."),
    Outcome.PARTLY: _("We agree with some of it."),
    Outcome.NOT_UPHELD: _("We do not agree."),
}
# What it is about, and to whom it goes first.
SUBJECTS: dict[Subject, Promise] = {
    Subject.CLASS: _("Something in class (the class teacher reads it)"),
    Subject.SCHOOL: _("The school, or its rules (the head reads it)"),
    Subject.STAFF: _("Someone who works here (the head reads it)"),
    Subject.HEAD: _("The head (the chair of governors reads it)"),
    Subject.GOVERNOR: _("A governor (the chair of governors reads it)"),
    Subject.CHAIR: _("The chair of governors (another governor reads it)"),
}
# A plain reply to a post. `%(link)s` is the address of the form.
REPLY = (
    "Thank you for telling us. We would like to hear what happened and to put it right. "
    "Please write to us here, where we can answer you: %(link)s. "
    "You can also ring the school office."
)
# Where a family can go when the panel has answered. England; elsewhere the local authority knows.
AFTER_THE_PANEL = _(
    "This was the last stage at school. You can write to the Department for Education."
)
