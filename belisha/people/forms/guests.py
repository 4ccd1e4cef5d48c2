"""What the head writes down about a guest."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from belisha.people.access import pages_for_guests
from belisha.people.models import GuestPass


class GuestForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who, what and until when. The address stays as it is once the guest was invited."""

    pages = forms.MultipleChoiceField(
        label="What may they look at?", widget=forms.CheckboxSelectMultiple
    )
    last_day = forms.DateField(
        label="Until the end of which day?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = GuestPass
        fields = ["name", "email"]
        help_texts = {"email": "The code with which they sign in goes there."}

    def __init__(self, data: Any = None, *, today: date, instance: GuestPass | None = None) -> None:
        has = {"pages": instance.pages, "last_day": instance.last_day} if instance else {}
        super().__init__(data, instance=instance, initial=has)
        self.today = today
        pages = self.fields["pages"]
        assert isinstance(pages, forms.MultipleChoiceField)
        pages.choices = list(pages_for_guests().items())
        if instance:
            del self.fields["email"]

    def clean_email(self) -> Any:
        return self.cleaned_data["email"].lower()

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < self.today:
            raise ValidationError("This day is over. Choose today or a later day.")
        if (day - self.today).days > 366:
            raise ValidationError("A year is the longest. Invite them again then.")
        return day
