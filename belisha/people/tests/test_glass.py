"""Signing on the screen: what counts as a signature, and what is sent by somebody up to no good."""

import pytest
from django import forms

from belisha.desk.templatetags.belisha_ui import glass
from belisha.people.glass import LONGEST, GlassField

SIGNED = "M10 20" + "".join(f"L{x} {x % 50}" for x in range(20, 60, 4))


class Form(forms.Form):
    signature = GlassField()


def said(**sent):
    form = Form(sent)
    return form.cleaned_data["signature"] if form.is_valid() else form.errors["signature"][0]


def test_a_line_signs_and_so_does_the_tick():
    assert said(signature=SIGNED) == SIGNED
    assert said(signature=SIGNED + SIGNED) == SIGNED * 2
    assert said(signature_typed="on") == "typed"


def test_a_line_wins_over_a_tick_that_was_forgotten():
    assert said(signature=SIGNED, signature_typed="on") == SIGNED


def test_an_abandoned_signature_is_asked_for_again():
    assert said() == "Sign here, or tick that your typed name signs."
    assert said(signature="M10 10L11 11") == "This is too little for a signature. Sign again."


@pytest.mark.parametrize(
    "line",
    [
        '"/><script>alert(1)</script>',
        SIGNED + "Z",
        SIGNED.replace("L", "l"),
        SIGNED + "L9999 3",
        "typed M1 1",
        SIGNED + "\n",
    ],
)
def test_what_is_no_line_is_refused_and_never_drawn(line):
    form = Form({"signature": line})
    assert not form.is_valid() or form.cleaned_data["signature"] == SIGNED  # spaces are cut off
    assert "<path" not in glass(line, "by Ann Example")
    assert "<script" not in glass(line, "by Ann Example")


def test_a_line_too_long_to_keep_is_refused():
    assert "characters" in said(signature="M1 1" + "L1 1" * LONGEST)


def test_what_was_drawn_stays_when_the_form_comes_back():
    class More(Form):
        name = forms.CharField()

    assert SIGNED in str(More({"signature": SIGNED}))
    assert "checked" in str(More({"signature_typed": "on"}))


def test_a_signature_is_drawn_with_words_for_who_cannot_see_it():
    drawn = glass(SIGNED, "Signed by Ann Example")
    assert 'aria-label="Signed by Ann Example"' in drawn and SIGNED in drawn
    assert "typed name" in glass("typed", "Signed by Ann Example")
