"""The directory of services can be relied on, and a school can put it right by a file."""

from collections import Counter

import pytest

from belisha.channels.directory import Kind, WrongEntry, known, service_named, services


@pytest.fixture
def own(settings, tmp_path):
    """The school's own file, to be written by the test."""
    settings.DATA = tmp_path
    return tmp_path / "services.toml"


def test_it_knows_what_matters_to_a_primary_school(own):
    keys = {service.key for service in services()}
    assert len(keys) >= 60
    assert {"facebook", "whatsapp", "youtube", "roblox", "tapestry", "class-dojo"} <= keys
    assert {service.kind for service in services()} == set(Kind) - {Kind.OTHER}


def test_no_domain_belongs_to_two_services(own):
    counted = Counter(domain for service in services() for domain in service.domains)
    assert [domain for domain, number in counted.items() if number > 1] == []


def test_each_says_how_to_report_and_that_nobody_opened_its_addresses(own):
    for service in services():
        assert service.report_url.startswith("https://")
        assert service.report_how.endswith(".")
        assert not service.opened


def test_the_schools_file_puts_an_entry_right_and_adds_one(own):
    own.write_text(
        "checked_on = 2026-12-01\n"
        '[facebook]\nreport = "https://facebook.example/report"\nopened = true\n'
        '[kites]\nname = "Kites"\nkind = "network"\ndomains = ["kites.example"]\n'
    )
    facebook, kites = service_named("facebook"), service_named("kites")
    assert facebook.name == "Facebook"
    assert facebook.report_url == "https://facebook.example/report"
    assert (facebook.opened, facebook.own, facebook.checked_on.isoformat()) == (
        *(True, True),
        "2026-12-01",
    )
    assert kites.domains == ("kites.example",)
    assert not service_named("instagram").own


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[kites", "services.toml cannot be read"),
        ("kites = 3", "kites is no entry"),
        ('[kites]\nname = "Kites"', "kites: kind is missing"),
        ('[facebook]\nreport = "javascript:alert(1)"', "facebook: the address of report"),
        ('[facebook]\ndomains = ["bad host"]', "facebook: bad host is no domain"),
        ('[facebook]\ncolour = "blue"', "facebook: colour is not right"),
        ('[facebook]\nage = "old"', "facebook: age is not right"),
        ('[facebook]\nkind = "tea"', "facebook: there is no kind tea"),
        ('["Not This"]\nname = "x"\nkind = "network"\ndomains = ["x.example"]', "Not This"),
    ],
)
def test_a_file_that_is_not_right_says_what_is_wrong_with_it(own, text, said):
    own.write_text("checked_on = 2026-12-01\n" + text)
    with pytest.raises(WrongEntry, match=said):
        known()
    assert service_named("facebook").report_url.startswith("https://")  # pages go on meanwhile
    assert not service_named("kites")
