"""Passwords that are known, or guessed first, are refused."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command

from belisha.lib import breached
from belisha.people.models import School, User


def refusals(password, name="Miss Raman", school="Zebra Lane Primary"):
    user = User(name=name, email="raman@people.example", school=School(name=school))
    try:
        validate_password(password, user)
    except ValidationError as reason:
        return {error.code for error in reason.error_list}
    return set()


@pytest.mark.parametrize(
    "known",
    """passwordpassword PasswordPassword monkeymonkeymonkey password12345678 qwertyuiop123456789
    qwertyuiopasdfghjkl 1qaz2wsx3edc4rfv liverpoolliverpool footballfootball123 letmeinletmein123
    sunshineprincess abcdefghijklmnop aaaaaaaaaaaaaaa manchester12345 charlie123456789
    """.split(),
)
def test_a_known_password_of_fifteen_letters_is_refused(known):
    assert len(known) >= 15
    assert "breached" in refusals(known)


@pytest.mark.parametrize(
    "good",
    [
        "lantern otter crossing kerb",
        "four words that fit",
        "Zebrafinken fliegen weit",
        "đường phố 12345 xanh",
    ],
)
def test_words_that_do_not_belong_together_are_taken(good):
    assert refusals(good) == set()


@pytest.mark.parametrize(
    "named", ["zebralane2026-2027", "Raman-raman-raman", "missraman12345678", "RamanAtZebraLane!"]
)
def test_the_names_of_person_and_school_do_not_count(named):
    assert "names" in refusals(named)


def test_a_name_in_a_password_that_is_long_without_it_does_no_harm():
    assert refusals("zebra crossing otters in lanterns") == set()


def test_the_shipped_list_is_what_its_recipe_makes(tmp_path):
    breached.write(tmp_path / "made", breached.djangos_words())
    assert (tmp_path / "made").read_bytes() == breached.SHIPPED.read_bytes()
    assert len(breached.SHIPPED.read_bytes()) % breached.WIDTH == 0


@pytest.fixture
def own_list(tmp_path, settings, capsys):
    """A list of the operator, as `belisha breached` writes it."""
    words = [f"known to the world {number}" for number in range(500)]
    (tmp_path / "words.txt").write_text("\n".join(words))
    call_command("breached", str(tmp_path / "words.txt"))
    settings.BREACHED = str(tmp_path / "hashes.txt")
    (tmp_path / "hashes.txt").write_text(capsys.readouterr().out)
    return tmp_path / "hashes.txt"


def test_the_operators_own_list_counts_too(own_list):
    for number in (0, 1, 250, 499):
        assert "breached" in refusals(f"known to the world {number}")
    assert refusals("known to the world 500") == set()


def test_every_line_of_a_list_is_found_and_nothing_else(own_list):
    words = [f"known to the world {number}" for number in range(500)]
    assert all(breached.is_in_hashes(word, own_list) for word in words)
    assert not any(breached.is_in_hashes(f"{word}!", own_list) for word in words)


def test_a_list_with_counts_and_other_line_ends_is_read(own_list):
    counted = [f"{line}:17" for line in own_list.read_text().split()]
    own_list.write_bytes("\r\n".join(counted).lower().encode())
    assert breached.is_in_hashes("known to the world 7", own_list)
    own_list.write_text("")
    assert not breached.is_in_hashes("known to the world 7", own_list)


def test_a_list_that_cannot_be_read_lets_no_password_through(settings, tmp_path):
    settings.BREACHED = str(tmp_path / "nowhere.txt")
    assert refusals("lantern otter crossing kerb") == {"unread"}
