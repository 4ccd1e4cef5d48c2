"""`belisha consent verify` finds what does not follow from the ledger, and mends it."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from belisha.consent.models import Answer, Standing


def run(*words):
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command("consent_verify", *words, stdout=out, stderr=err)
    except SystemExit as ended:
        code = ended.code
    return code, out.getvalue() + err.getvalue()


@pytest.fixture
def ledger(family, say):
    say(family.leo, family.mum, "given")
    say(family.leo, family.dad, "refused")
    return family


def test_a_whole_ledger_ends_with_0(ledger):
    assert run() == (0, "What counts follows from the ledger.\n")


PLANTED = {
    "a no turned into a yes": lambda: Standing.objects.filter(kind="refused").update(kind="given"),
    "a lost row": lambda: Standing.objects.filter(kind="refused").delete(),
    "a lost answer": lambda: _lose_an_answer(),
    "an end that nobody gave": lambda: Standing.objects.update(expires_on="2030-01-01"),
}


def _lose_an_answer():
    row = Standing.objects.get(kind="refused")
    row.answer = Standing.objects.get(kind="given").answer
    row.save()
    Answer.objects.filter(kind="refused").delete()


@pytest.mark.parametrize("plant", PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_difference_is_found_named_and_mended(ledger, plant):
    plant()
    code, said = run()
    assert code == 1
    assert f"pupil {ledger.leo.pk}" in said
    assert run("--repair")[0] == 0
    assert run()[0] == 0


def test_scripts_get_one_line(ledger):
    Standing.objects.filter(kind="refused").delete()
    code, said = run("--json")
    first = json.loads(said.splitlines()[0])
    assert (code, first["ok"], first["mended"], len(first["wrong"])) == (1, False, False, 1)
