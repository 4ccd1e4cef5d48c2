"""Lists for the school's filter, each tried by what reads it."""

import json
import shutil
import subprocess
from datetime import date

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from belisha.channels.blocklists import (
    MOST_IN_BROWSER,
    STOPPED,
    Format,
    Group,
    TooMany,
    is_under,
    stopped,
    written,
)
from belisha.channels.directory import Kind, Service, services

ON = date(2026, 11, 20)


def service(key, kind, *domains):
    return Service(key, key.title(), kind, domains, ON)


SOME = (
    service("chatter", Kind.NETWORK, "chatter.example", "cdn.chatter.example"),
    service("films", Kind.VIDEO, "films.example"),
    service("slate", Kind.SCHOOL, "slate.example"),
    service("helper", Kind.OTHER, "media.films.example"),
)


def test_pupils_reach_nothing_but_what_is_made_for_schools():
    assert stopped(SOME, Group.PUPILS) == ["chatter.example", "films.example"]
    assert stopped(SOME, Group.STAFF) == ["chatter.example"]


def test_what_the_head_approved_is_let_through_with_what_it_needs():
    assert stopped(SOME, Group.PUPILS, approved={"films"}) == [
        "chatter.example",
        "media.films.example",
    ]
    # The helper lies beneath the films, so stopping the films would stop it too.
    assert stopped(SOME, Group.PUPILS, approved={"helper"}) == ["chatter.example"]


@given(st.sets(st.sampled_from([one.key for one in services()])), st.sampled_from(list(Group)))
def test_of_the_whole_directory_nothing_approved_is_stopped_and_all_else_is(approved, group):
    domains = stopped(services(), group, approved=approved)
    needed = {one for each in services() if each.key in approved for one in each.domains}
    assert not any(is_under(one, domain) for one in needed for domain in domains)
    for each in services():
        for one in each.domains:
            if each.kind in STOPPED[group] and each.key not in approved:
                lets_through = any(is_under(open_, one) for open_ in needed)
                assert lets_through or any(is_under(one, domain) for domain in domains)


def text(form, group=Group.PUPILS):
    return written(stopped(services(), group), form, on=ON)


def test_plain_domains_and_hosts_name_each_once():
    domains = text(Format.DOMAINS).splitlines()
    assert len(domains) == len(set(domains)) > 50
    hosts = [line.split() for line in text(Format.HOSTS).splitlines() if line[0] != "#"]
    assert [line[0] for line in hosts] == ["0.0.0.0"] * len(domains)
    assert [line[1] for line in hosts] == domains


def needs(program, package):
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")
    if not found:
        pytest.skip(f"no {program} here (on Debian: apt install {package})")
    return found


def test_a_name_server_takes_the_zone(tmp_path):
    check = needs("named-checkzone", "bind9-utils")
    zone = tmp_path / "zone"
    zone.write_text(text(Format.RPZ))
    done = subprocess.run([check, "rpz.school.example", zone], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    zone.write_text(text(Format.RPZ) + "broken IN CNAME\n")
    assert subprocess.run([check, "rpz.school.example", zone], capture_output=True).returncode


def test_squid_takes_its_file(tmp_path):
    squid = needs("squid", "squid")
    names, settings = tmp_path / "names", tmp_path / "squid.conf"
    names.write_text(text(Format.SQUID))
    settings.write_text(
        f'acl belisha dstdomain "{names}"\nhttp_access deny belisha\nhttp_port 127.0.0.1:3128\n'
        f"visible_hostname school.example\npid_filename {tmp_path}/pid\n"
    )
    done = subprocess.run([squid, "-k", "parse", "-f", settings], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "ERROR" not in done.stderr and "is a subdomain" not in done.stderr, done.stderr


@pytest.mark.parametrize("form", [Format.CHROME, Format.EDGE])
def test_the_policy_of_a_browser_is_a_list_of_hosts(form):
    said = json.loads(text(form))
    assert list(said) == ["URLBlocklist"]
    assert all("/" not in one and "*" not in one for one in said["URLBlocklist"])
    with pytest.raises(TooMany):
        written([f"{n}.example" for n in range(MOST_IN_BROWSER + 1)], form, on=ON)


def test_the_command_needs_no_school(capsys, db):
    call_command("blocklist", group="staff", format="domains")
    staff = capsys.readouterr().out.splitlines()
    call_command("blocklist", group="pupils", format="domains")
    pupils = capsys.readouterr().out.splitlines()
    assert set(staff) < set(pupils)
