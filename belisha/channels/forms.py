"""What may be typed in about accounts, who looks after them, and those that are not ours."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from belisha.channels.access import runs_association_only, staff_to_choose
from belisha.channels.actions.accounts import People
from belisha.channels.directory import Service, service_named, services
from belisha.channels.models import Account, AccountPerson, FoundAccount
from belisha.channels.rules import RunBy, host_of, is_under, why_not_recovery
from belisha.people.models import SchoolClass, Staff, User
from belisha.people.rules import year_name

_WHOLE_ADDRESS = _("Write the whole address, with https:// before it.")
_YEARS = [("", "Not for pupils"), *((year, year_name(year)) for year in range(-1, 7))]


def _services_by_kind() -> list[Any]:
    """Every service of the directory, with the age that it asks for."""
    grouped = groupby(services(), key=lambda one: one.kind)
    return [(kind.label, [(one.key, _with_age(one)) for one in some]) for kind, some in grouped]


def _with_age(service: Service) -> str:
    return f"{service} (from {service.minimum_age} years)" if service.minimum_age else str(service)


def _address(label: Any, help_text: Any = "") -> forms.URLField:
    return forms.URLField(
        label=label,
        help_text=help_text,
        max_length=300,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _WHOLE_ADDRESS},
    )


class _ServiceForm(forms.ModelForm):  # type: ignore[type-arg]
    """The part that names a service and an account on it."""

    service = forms.ChoiceField(label=_("Service"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        service: Any = self.fields["service"]
        service.choices = [("", _("Choose one, or name it below")), *self.services()]

    def services(self) -> list[Any]:
        """What can be chosen."""
        return _services_by_kind()

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("service"):
            typed["other_service"] = ""
        elif not typed.get("other_service"):
            self.add_error("other_service", _("Choose a service, or write its name here."))
        return typed


class AccountForm(_ServiceForm):
    """What an account is. Who looks after it is asked beside it, by `PeopleForm`."""

    url = _address("Its address", "You can write it down later, when the account is there.")
    school_class = forms.ModelChoiceField(
        SchoolClass.objects.none(), label="Which class?", required=False, empty_label="No class"
    )
    owned = forms.BooleanField(
        label="The recovery address is the school’s, and no person’s own",
        required=False,
        help_text="A new address is confirmed anew.",
    )

    class Meta:
        model = Account
        fields = (
            *("service", "other_service", "name", "url", "purpose", "audience", "pupils_from"),
            *("comments", "run_by", "school_class", "recovery", "review_every", "public"),
        )
        labels = {
            "name": "Name of the account",
            "purpose": "What is it for?",
            "audience": "Who sees it?",
            "pupils_from": "The youngest pupils who use it",
            "comments": "Comments of others",
            "run_by": "Who runs it?",
            "recovery": "Recovery address",
            "review_every": "Looked at again",
            "public": "Show it on our public page of accounts",
        }
        help_texts = {
            "other_service": "Only if it is not in the list.",
            "name": "As it stands there, such as @kerbside.",
            "recovery": "A mailbox of the school, such as office@ours.example. "
            "Whoever has it can get the account back.",
            "review_every": "The head is asked again after this time. "
            "An association’s account is renewed each September.",
        }
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 3}),
            "audience": forms.RadioSelect,
            "comments": forms.RadioSelect,
            "run_by": forms.RadioSelect,
            "recovery": forms.EmailInput(attrs={"autocomplete": "off"}),
            "pupils_from": forms.Select(choices=_YEARS),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        classes: Any = self.fields["school_class"]
        classes.queryset = SchoolClass.objects.current()
        self.order_fields([*self.Meta.fields[:-2], "owned"])
        for name in ("audience", "run_by"):  # no empty choice among the buttons
            choices: Any = self.fields[name]
            choices.choices = [choice for choice in choices.choices if choice[0]]
        if runs_association_only(user):
            del self.fields["school_class"]
            association: Any = self.fields["run_by"]
            association.choices = [(RunBy.ASSOCIATION.value, RunBy.ASSOCIATION.label)]
            association.initial = RunBy.ASSOCIATION.value

    def clean_url(self) -> str:
        """An address of the very service, so that our register leads nobody elsewhere."""
        url: str = self.cleaned_data["url"]
        service = service_named(self.data.get(self.add_prefix("service"), ""))
        if url and service and not is_under(host_of(url), service.domains):
            known = ", ".join(service.domains[:3])
            raise forms.ValidationError(f"This is no address of {service.name}: {known}.")
        return url

    def clean_recovery(self) -> str:
        recovery: str = self.cleaned_data["recovery"].lower()
        of_people = Staff.objects.filter(email__iexact=recovery).values_list("email", flat=True)
        domains = settings.PROVIDER.domains if settings.PROVIDER else ()
        if recovery and (
            why_not := why_not_recovery(recovery, domains=domains, of_people=of_people)
        ):
            raise forms.ValidationError(why_not)
        return recovery

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("audience") == Account.Audience.PUPILS and typed.get("pupils_from") is None:
            self.add_error("pupils_from", "Say which pupils are the youngest.")
        if typed.get("run_by") == RunBy.CLASS and not typed.get("school_class"):
            self.add_error("school_class", "Say which class.")
        return typed

    @property
    def details(self) -> dict[str, Any]:
        """The fields of `Account` as they were typed, cleared of what does not belong together."""
        typed = {name: self.cleaned_data.get(name) for name in self.Meta.fields}
        if typed["audience"] != Account.Audience.PUPILS:
            typed["pupils_from"] = None
        if typed["run_by"] != RunBy.CLASS:
            typed["school_class"] = None
        return typed

    @property
    def is_owned(self) -> bool:
        return bool(self.cleaned_data["owned"])


class PeopleForm(forms.Form):
    """Who looks after an account, and who posts there."""

    first = forms.ModelChoiceField(
        Staff.objects.none(), label="Looks after it", required=False, empty_label="Nobody yet"
    )
    second = forms.ModelChoiceField(
        Staff.objects.none(), label="And", required=False, empty_label="Nobody yet"
    )
    names = forms.CharField(
        label="People of the parents’ association who look after it",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One to a line. Only for an account of the association.",
    )
    posters = forms.ModelMultipleChoiceField(
        Staff.objects.none(),
        label="Who else posts there?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, user: User, account: Account | None = None, **kwargs: Any
    ) -> None:
        of_account = AccountPerson.objects.current().filter(account=account)
        people = list(of_account.select_related("staff")) if account else []
        part = AccountPerson.Part
        of_staff = [one.staff for one in people if one.staff and one.part == part.ADMINISTRATOR]
        names = [one.called for one in people if one.called]
        kwargs["initial"] = {
            "first": of_staff[0] if of_staff else None,
            "second": of_staff[1] if len(of_staff) > 1 else None,
            "names": "\n".join(names),
            "posters": [one.staff for one in people if one.part == part.POSTS],
        }
        super().__init__(*args, **kwargs)
        here = staff_to_choose(user, account)
        for name in ("first", "second", "posters"):
            field: Any = self.fields[name]
            field.queryset = here
        if runs_association_only(user):
            del self.fields["posters"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("first") and typed.get("first") == typed.get("second"):
            self.add_error("second", "Choose somebody else: two people look after it.")
        return typed

    @property
    def people(self) -> People:
        typed = self.cleaned_data
        staff = [one for one in (typed["first"], typed["second"]) if one]
        names = [" ".join(line.split()) for line in typed["names"].splitlines() if line.strip()]
        return People(staff, names, list(typed.get("posters", ())))


class KeysForm(forms.Form):
    """When the keys of an account were changed, because somebody goes."""

    password_changed_on = forms.DateField(
        label="The password was changed on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    factor_moved_on = forms.DateField(
        label="The second step was moved on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="To a device or an app of whoever looks after it from now on.",
    )


class ChangePeopleForm(PeopleForm, KeysForm):
    """Who looks after it from now on; and the keys, if somebody goes."""

    def __init__(self, *args: Any, in_use: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("password_changed_on", "factor_moved_on"):
            self.fields[name].required = False
            if not in_use:
                del self.fields[name]

    @property
    def keys(self) -> dict[str, date | None]:
        names = ("password_changed_on", "factor_moved_on")
        return {name: self.cleaned_data.get(name) for name in names}


class HandOverForm(KeysForm):
    """Who takes over from one person, and when the keys were changed."""

    to = forms.ModelChoiceField(
        Staff.objects.none(), label="Who takes over?", required=False, empty_label="Nobody"
    )
    to_name = forms.CharField(
        label="Or somebody of the parents’ association", required=False, max_length=120
    )
    field_order = ("to", "to_name")

    def __init__(self, *args: Any, user: User, person: AccountPerson, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset = staff_to_choose(user, person.account)
        if person.account.run_by != RunBy.ASSOCIATION or person.part == AccountPerson.Part.POSTS:
            del self.fields["to_name"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("to") and typed.get("to_name"):
            self.add_error("to_name", "Choose one of the two.")
        return typed


class DueForm(forms.Form):
    """By when somebody hands over."""

    due_on = forms.DateField(
        label="By", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class CloseForm(forms.Form):
    """Why an account is closed."""

    why = forms.CharField(
        label="Why, and what became of it?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Such as: nobody used it. It was deleted on Facebook the same day.",
    )


class WhyForm(forms.Form):
    """A word to the head."""

    why = forms.CharField(
        label="A word to the head",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class FoundForm(_ServiceForm):
    """An account that is perhaps not ours, as staff write it down."""

    url = _address("Its address")

    class Meta:
        model = FoundAccount
        fields = ("service", "other_service", "name", "url", "seen", "seen_on", "told_by")
        labels = {
            "name": "Name of the account",
            "seen": "What was seen?",
            "seen_on": "When?",
            "told_by": "Who told us?",
        }
        help_texts = {
            "seen": "What makes it look like ours. Write no names of children or parents.",
        }
        widgets = {
            "seen": forms.Textarea(attrs={"rows": 3}),
            "seen_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "told_by": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told_by: Any = self.fields["told_by"]
        page = FoundAccount.ToldBy.PAGE
        told_by.choices = [one for one in FoundAccount.ToldBy.choices if one[0] != page]


class TellForm(_ServiceForm):
    """The same as anyone tells it from the public page, in few words."""

    url = _address(_("Its web address"), _("You can copy it from your phone."))

    class Meta:
        model = FoundAccount
        fields = ("service", "other_service", "name", "url", "seen")
        labels = {
            "other_service": _("Name of the service"),
            "name": _("Name of the account"),
            "seen": _("What did you see?"),
        }
        help_texts = {
            "other_service": _("Only if it is not in the list."),
            "seen": _("Write no names of children."),
        }
        widgets = {"seen": forms.Textarea(attrs={"rows": 3, "maxlength": 1000})}

    def services(self) -> list[Any]:
        """Names alone: nothing that would have to be translated."""
        return sorted(((one.key, one.name) for one in services()), key=lambda one: one[1].lower())


class DecideForm(forms.Form):
    """The head's word on an account that somebody found."""

    ours = forms.ChoiceField(
        label="Is it ours?",
        choices=[("no", "No, it is not ours"), ("yes", "Yes, it is ours after all")],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="What is done about it, or why it is ours",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Such as: I wrote to whoever runs it, and asked them to take our name off.",
    )
    seen = forms.ChoiceField(
        choices=[("", ""), ("True", ""), ("False", "")], required=False, widget=forms.HiddenInput
    )

    @property
    def decision(self) -> dict[str, Any]:
        typed = self.cleaned_data
        seen = {"": None, "True": True, "False": False}[typed["seen"]]
        return {"ours": typed["ours"] == "yes", "words": typed["words"], "seen": seen}


class StepForm(forms.Form):
    """What was done."""

    words = forms.CharField(
        label="What was done?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    closes = forms.BooleanField(label="Nothing more is to be done", required=False)


class RegisterForm(forms.Form):
    """Which accounts to show."""

    q = forms.CharField(label="Name or service", required=False, max_length=100)
    stage = forms.ChoiceField(label="How it stands", required=False)

    def __init__(self, *args: Any, stages: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stage: Any = self.fields["stage"]
        stage.choices = [("", "Any"), *stages]
