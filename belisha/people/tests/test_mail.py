"""Mail goes out over a real connection, once; and the office learns when it does not arrive."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from datetime import date, timedelta
from email import message_from_bytes, policy
from threading import Event

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from django.urls import reverse
from django.utils import timezone

from belisha.audit.models import Entry
from belisha.lib.mail_server import MailServer, mail_server
from belisha.people import jobs, todo
from belisha.people.actions import mail as acts
from belisha.people.actions import parents
from belisha.people.models import Fate, Mail, Relation, bounced, held_up
from belisha.people.notices import read_notice
from belisha.people.rules import rest_after

TODAY = date(2026, 11, 20)
SENDER = "office@kerbside.example"


class Mailbox:
    """A mail server on this machine. `answers`: what it says to RCPT and DATA, by turn."""

    def __init__(self):
        self.messages, self.envelopes = [], []
        self.to_address, self.to_message = "250 OK", "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.to_address.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_address

    async def handle_DATA(self, server, session, envelope):
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.to_message == "dies":
            server.transport.abort()
        return self.to_message


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(box, port, **options):
    controller = Controller(box, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def box(port, settings):
    """A server that takes everything, unless the test says otherwise."""
    box = Mailbox()
    settings.MAIL = MailServer(host="127.0.0.1", port=port, sender=SENDER)
    settings.DEFAULT_FROM_EMAIL = SENDER
    with running(box, port):
        yield box


@pytest.fixture
def down(port, settings):
    """No server listens where there should be one."""
    settings.MAIL = MailServer(host="127.0.0.1", port=port, sender=SENDER)
    settings.DEFAULT_FROM_EMAIL = SENDER


@pytest.fixture
def at():
    return timezone.now()


def posted(school, at, to="dana.tarmac@people.example", **more):
    words = {"subject": "Grüße: pictures", "body": "Dzień dobry, مرحبا.\n", "kind": "campaign"}
    return acts.post(school, to=to, at=at, **(words | more))


def fate(mail):
    mail.refresh_from_db()
    return mail.fate


def test_a_message_is_sent_once_with_its_own_number_and_its_words_are_blanked(school, box, at):
    mail = posted(school, at, language="pl")
    assert jobs.send_mail(at)
    assert not jobs.send_mail(at), "nothing waits any more"
    (message,) = box.messages
    assert box.envelopes == [(SENDER, ["dana.tarmac@people.example"])]
    assert message["Message-ID"] == mail.message_id
    assert message["Message-ID"].endswith("@kerbside.example>")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "pl"
    assert message["Subject"] == "Grüße: pictures"
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    assert message.get_content().strip() == "Dzień dobry, مرحبا."
    assert fate(mail) is Fate.SENT
    assert mail.body == ""


def test_nobody_breaks_out_of_a_header(school, box, at):
    mail = posted(school, at, subject="Hello\r\nBcc: thief@people.example")
    jobs.send_mail(at)
    assert fate(mail) is Fate.SENT
    assert [tos for _, tos in box.envelopes] == [["dana.tarmac@people.example"]]
    assert box.messages[0]["Bcc"] is None


def test_what_cannot_be_written_as_mail_does_not_hold_up_the_rest(school, box, at):
    mail = posted(school, at, to="dana.tarmac@people.example\nBcc: thief@people.example")
    jobs.send_mail(at)
    assert fate(mail) is Fate.GIVEN_UP
    assert box.messages == []


def test_a_server_that_asks_to_wait_is_asked_again_later_and_later(school, box, at):
    box.to_address = "450 4.2.0 Greylisted"
    mail = posted(school, at)
    rests = []
    for _ in range(7):
        mail.refresh_from_db()
        now = mail.next_try_at
        before = timezone.now()
        assert jobs.send_mail(now)
        assert fate(mail) is Fate.TROUBLED
        rests.append(round((mail.next_try_at - before).total_seconds() / 60))
    assert rests == [1, 2, 5, 15, 60, 60, 60]
    assert mail.trouble == "The mail server asks to wait (450)."
    box.to_address = "250 OK"
    assert not jobs.send_mail(at), "not before its time"
    assert jobs.send_mail(mail.next_try_at)
    assert fate(mail) is Fate.SENT
    assert mail.trouble == ""


def test_an_address_that_does_not_exist_is_told_at_once(school, box, at, dana, staff, enter):
    box.to_address = "550 5.1.1 No such user"
    mail = posted(school, at, to=dana.email)
    jobs.send_mail(at)
    assert fate(mail) is Fate.BOUNCED
    assert bounced([dana.email.upper()]) == {dana.email: "There is no such address."}
    assert not jobs.send_mail(at + timedelta(days=1)), "it is not tried again by itself"
    page = enter(staff.office).get(reverse("parent", args=[dana.pk])).text
    assert "Mail to this address does not arrive." in page
    assert "There is no such address." in page
    assert "1 address does not work" in [task.title for task in todo.todo(staff.office.user, TODAY)]


def test_a_later_message_that_arrives_clears_the_address(school, box, at, dana):
    box.to_address = "550 5.2.2 Full"
    posted(school, at, to=dana.email)
    jobs.send_mail(at)
    assert bounced([dana.email]) == {dana.email: "The mailbox is full."}
    box.to_address = "250 OK"
    posted(school, at + timedelta(minutes=1), to=dana.email)
    jobs.send_mail(at + timedelta(minutes=1))
    assert bounced([dana.email]) == {}


def test_a_message_that_the_server_refuses_is_given_up_but_the_address_is_not_blamed(
    school, box, at
):
    box.to_message = "554 5.7.1 Not wanted"
    mail = posted(school, at)
    jobs.send_mail(at)
    assert fate(mail) is Fate.GIVEN_UP
    assert mail.trouble == "The mail server refuses the message (554)."
    assert bounced([mail.to]) == {}


def test_a_line_that_dies_before_the_last_word_sends_the_same_number_again(school, box, at):
    box.to_message = "dies"
    mail = posted(school, at)
    jobs.send_mail(at)
    assert fate(mail) is Fate.TROUBLED
    assert mail.trouble == "The mail server hung up."
    box.to_message = "250 OK"
    jobs.send_mail(mail.next_try_at)
    assert fate(mail) is Fate.SENT
    first, second = box.messages
    assert first["Message-ID"] == second["Message-ID"]


def test_a_server_that_is_down_lets_everything_wait_and_the_office_knows(
    school, down, at, staff, enter
):
    mails = [posted(school, at, to=f"p{number}@people.example") for number in range(3)]
    assert jobs.send_mail(at)
    assert not jobs.send_mail(at), "the others do not ask a server that is down"
    assert {fate(mail) for mail in mails} == {Fate.TROUBLED}
    assert held_up() == "The mail server cannot be reached."
    tasks = {task.title: task.words for task in todo.todo(staff.head.user, TODAY)}
    assert tasks["Mail is held up"] == "The mail server cannot be reached."
    assert "Mail is held up." in enter(staff.office).get(reverse("mail")).text


def test_after_three_days_in_vain_a_message_is_given_up(school, down, at):
    mail = posted(school, at)
    jobs.send_mail(at)
    jobs.send_mail(at + timedelta(days=2, hours=23))
    assert fate(mail) is Fate.TROUBLED
    jobs.send_mail(at + timedelta(days=3, hours=1))
    assert fate(mail) is Fate.GIVEN_UP
    assert mail.body, "the office may still try it again"


def test_a_code_that_would_come_too_late_is_given_up_and_its_words_go(school, down, at):
    mail = posted(school, at, kind="sign-in", lasts=timedelta(minutes=10))
    jobs.send_mail(at + timedelta(minutes=11))
    assert fate(mail) is Fate.GIVEN_UP
    assert mail.body == ""


def test_without_a_mail_server_mail_waits_and_today_says_how_to_set_it(school, settings, at, staff):
    settings.MAIL = mail_server({})
    mail = posted(school, at)
    assert not jobs.send_mail(at + timedelta(days=30))
    assert fate(mail) is Fate.WAITING
    (task, *_) = todo.todo(staff.office.user, TODAY)
    assert task.title == "Mail is not set up yet"
    assert "BELISHA_MAIL" in task.words
    assert not list(todo.todo(staff.teacher.user, TODAY))


def test_mail_that_waited_for_a_server_is_sent_once_there_is_one(school, box, at, settings):
    server, settings.MAIL = settings.MAIL, mail_server({})
    mail = posted(school, at)
    jobs.send_mail(at)
    settings.MAIL = server
    jobs.send_mail(at + timedelta(days=30))
    assert fate(mail) is Fate.SENT


def test_a_dead_worker_is_replaced_and_a_slow_one_keeps_nothing(school, box, at):
    mail = posted(school, at)
    slow = jobs._lease(at)
    assert not jobs.send_mail(at + timedelta(minutes=1)), "one works on it"
    assert jobs.send_mail(at + jobs.LEASE + timedelta(seconds=1))
    assert fate(mail) is Fate.SENT
    jobs._keep_if_mine(slow, given_up_at=at, trouble="late")
    assert fate(mail) is Fate.SENT
    assert mail.trouble == ""


class SlowMailbox(Mailbox):
    """Takes a message whole, then says nothing until it is told to."""

    def __init__(self):
        super().__init__()
        self.has_it, self.may_go_on = Event(), Event()

    async def handle_DATA(self, server, session, envelope):
        answer = await super().handle_DATA(server, session, envelope)
        self.has_it.set()
        while not self.may_go_on.is_set():
            await asyncio.sleep(0.01)
        return answer


def test_a_sender_that_is_killed_before_the_last_word_is_replaced(tmp_path, port):
    box = SlowMailbox()
    ours = {"DJANGO_SETTINGS_MODULE", "BELISHA_DATABASE"}
    environment = {name: value for name, value in os.environ.items() if name not in ours} | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "BELISHA_DATA": str(tmp_path),
        "BELISHA_MAIL": f"smtp://127.0.0.1:{port}",
        "BELISHA_MAIL_FROM": SENDER,
    }

    def sender(*words):
        command = [sys.executable, "-m", "belisha.people.tests.trials.sender", *words]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)

    with sender("make") as making:
        assert making.wait() == 0
    with running(box, port):
        with sender("send", "0") as first:
            assert box.has_it.wait(30)
            first.kill()
        box.may_go_on.set()
        with sender("send", "60") as too_early:
            assert json.loads(too_early.communicate()[0])["worked"] is False
        with sender("send", "301") as second:
            assert json.loads(second.communicate()[0]) == {
                "worked": True,
                "fate": "sent",
                "tries": 2,
            }
    numbers = [message["Message-ID"] for message in box.messages]
    assert len(numbers) == 2
    assert len(set(numbers)) == 1, "a mailbox recognises the second copy"


def test_rests_grow():
    assert [rest_after(tries).total_seconds() / 60 for tries in (1, 2, 3, 4, 5, 9)] == [
        *(1, 2, 5, 15, 60, 60),
    ]


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # by the server of this test
def test_user_and_password_are_used_and_a_wrong_one_is_told(school, port, settings, at):
    def check(server, session, envelope, mechanism, data):
        right = data.password == b"four words that fit"
        return AuthResult(success=right, handled=right)

    box = Mailbox()
    right = {"host": "127.0.0.1", "port": port, "user": "kerbside", "sender": SENDER}
    settings.DEFAULT_FROM_EMAIL = SENDER
    mail = posted(school, at)
    with running(box, port, authenticator=check, auth_required=True, auth_require_tls=False):
        settings.MAIL = MailServer(**right, password="wrong")
        jobs.send_mail(at)
        assert fate(mail) is Fate.TROUBLED
        assert mail.trouble == "The mail server does not take our user name and password."
        settings.MAIL = MailServer(**right, password="four words that fit")
        jobs.send_mail(mail.next_try_at)
    assert fate(mail) is Fate.SENT


# --- where mail goes, as the environment says -------------------------------------------------


def test_the_address_of_the_mail_server_is_read():
    read = mail_server(
        {
            "BELISHA_MAIL": "smtp://office%40kerbside:p%40ss@mail.example:2525?tls=starttls",
            "BELISHA_MAIL_FROM": SENDER,
        }
    )
    assert (read.host, read.port, read.user, read.password) == (
        "mail.example",
        2525,
        "office@kerbside",
        "p@ss",
    )
    assert (read.starttls, read.implicit_tls, read.wrong) == (True, False, "")


@pytest.mark.parametrize(
    ("address", "port", "starttls", "implicit", "in_the_open"),
    [
        ("smtp://mail.example", 587, True, False, False),
        ("smtps://mail.example", 465, False, True, False),
        ("smtp://localhost", 25, False, False, False),
        ("smtp://mail.example:25?tls=none", 25, False, False, True),
    ],
)
def test_mail_is_encrypted_unless_someone_says_no(address, port, starttls, implicit, in_the_open):
    read = mail_server({"BELISHA_MAIL": address, "BELISHA_MAIL_FROM": SENDER})
    found = (read.port, read.starttls, read.implicit_tls, read.in_the_open)
    assert found == (port, starttls, implicit, in_the_open)


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"BELISHA_MAIL": "mail.example", "BELISHA_MAIL_FROM": SENDER},
        {"BELISHA_MAIL": "smtp://mail.example:many", "BELISHA_MAIL_FROM": SENDER},
        {"BELISHA_MAIL": "smtp://mail.example?tls=maybe", "BELISHA_MAIL_FROM": SENDER},
        {"BELISHA_MAIL": "smtp://mail.example"},
        {
            "BELISHA_MAIL": "smtp://mail.example",
            "BELISHA_MAIL_FROM": SENDER,
            "BELISHA_MAIL_PASSWORD_FILE": "/nowhere/at/all",
        },
    ],
)
def test_what_is_wrong_with_the_settings_is_said_and_nothing_breaks(environment):
    assert "BELISHA_MAIL" in mail_server(environment).wrong


def test_the_password_comes_from_a_file(tmp_path):
    (tmp_path / "password").write_text("four words that fit\n")
    read = mail_server(
        {
            "BELISHA_MAIL": "smtp://kerbside@mail.example",
            "BELISHA_MAIL_FROM": SENDER,
            "BELISHA_MAIL_PASSWORD_FILE": str(tmp_path / "password"),
        }
    )
    assert read.password == "four words that fit"


# --- the page ---------------------------------------------------------------------------------


def test_the_office_tries_again_and_gives_up(school, box, at, staff, enter):
    box.to_address = "550 5.1.1 No"
    mail = posted(school, at)
    jobs.send_mail(at)
    office = enter(staff.office)
    assert "Did not arrive (1)" in office.get(reverse("mail")).text
    assert mail.to in office.get(reverse("mail") + "?fate=bounced").text
    assert mail.to not in office.get(reverse("mail") + "?fate=sent").text
    office.post(reverse("mail_again", args=[mail.pk]))
    assert fate(mail) is Fate.WAITING
    office.post(reverse("mail_give_up", args=[mail.pk]))
    assert fate(mail) is Fate.GIVEN_UP
    assert mail.body == ""
    page = office.post(reverse("mail_again", args=[mail.pk]), follow=True)
    assert "This message is gone already." in page.text


def test_what_is_sent_cannot_be_given_up(school, box, at, staff):
    mail = posted(school, at)
    jobs.send_mail(at)
    with pytest.raises(Exception, match="gone already"):
        acts.give_up(mail, by=staff.office.user, at=at)


@pytest.mark.parametrize("kind", ["reminder", "sign-in", "something new"])
def test_mail_that_follows_from_what_a_family_did_is_in_no_list(
    school, down, at, staff, enter, kind
):
    mail = posted(school, at, kind=kind)
    page = enter(staff.head).get(reverse("mail")).text
    assert mail.to not in page
    assert "Waits (0)" in page
    assert enter(staff.head).post(reverse("mail_again", args=[mail.pk])).status_code == 404


@pytest.mark.parametrize("who", ["teacher", "lead", "governor"])
def test_the_mail_is_for_the_head_and_the_office(staff, enter, who):
    assert enter(getattr(staff, who)).get(reverse("mail")).status_code == 404


# --- what comes back later --------------------------------------------------------------------

NOTICE = """\
From: MAILER-DAEMON@mail.example
To: office@kerbside.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <notice@mail.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
Arrival-Date: Fri, 20 Nov 2026 09:00:00 +0000

Final-Recipient: rfc822; dana.tarmac@people.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} No such user

--b
Content-Type: {returned}

From: office@kerbside.example
Message-ID:
 {message_id}
Subject: Pictures

--b--
"""


def notice(message_id, action="failed", status="5.1.1", returned="text/rfc822-headers"):
    written = NOTICE.format(message_id=message_id, action=action, status=status, returned=returned)
    return written.replace("\n", "\r\n").encode()


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_a_notice_tells_which_message_did_not_arrive_and_why(returned):
    read = read_notice(notice("<a.b@kerbside.example>", status="5.2.2", returned=returned))
    assert read.message_id == "<a.b@kerbside.example>"
    assert read.why == "The mailbox is full."


@pytest.mark.parametrize(
    "data",
    [
        notice("<a@b>", action="delayed"),
        b"Subject: I am on holiday\r\n\r\nUntil Monday.",
        b"",
        b"\xff\x00\xfe" * 1000,
        NOTICE.encode()[:600],
    ],
)
def test_other_mail_is_no_notice(data):
    assert read_notice(data) is None


def test_what_came_back_is_kept_with_the_reason(school, box, at, dana):
    mail = posted(school, at, to=dana.email)
    jobs.send_mail(at)
    acts.came_back(mail.message_id, why="The mailbox is full.", at=at)
    assert fate(mail) is Fate.BOUNCED
    assert bounced([dana.email]) == {dana.email: "The mailbox is full."}
    assert acts.came_back("<unknown@kerbside.example>", why="x", at=at) is None


def test_the_record_does_not_tell_that_mail_about_a_case_came_back(school, box, at):
    mail = posted(school, at, kind="case")
    jobs.send_mail(at)
    before = Entry.objects.count()
    assert acts.came_back(mail.message_id, why="The mailbox is full.", at=at) == mail
    assert Entry.objects.count() == before and fate(mail) is Fate.BOUNCED


def command(folder, *words, data=b"", **environment):
    ours = {"DJANGO_SETTINGS_MODULE", "BELISHA_DATABASE", "BELISHA_MAIL", "BELISHA_MAIL_FROM"}
    rest = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        [sys.executable, "-m", "belisha.cli", *words, "--data", str(folder)],
        input=data,
        capture_output=True,
        env=rest | environment,
        check=False,
    )


def test_the_command_takes_a_notice_from_standard_input(tmp_path):
    done = command(tmp_path, "mail", "bounce", "--json", data=notice("<unknown@kerbside.example>"))
    assert json.loads(done.stdout) == {"known": False}
    assert done.returncode == 0
    done = command(tmp_path, "mail", "bounce", data=b"\xff\xfe nonsense")
    assert b"no notice" in done.stdout
    assert done.returncode == 0


def test_the_command_sends_a_test(tmp_path, port):
    box = Mailbox()
    address = {"BELISHA_MAIL": f"smtp://127.0.0.1:{port}", "BELISHA_MAIL_FROM": SENDER}
    with running(box, port):
        done = command(tmp_path, "mail", "test", "me@people.example", **address)
    assert done.returncode == 0, done.stderr
    assert box.envelopes == [(SENDER, ["me@people.example"])]
    done = command(tmp_path, "mail", "test", "me@people.example", **address)
    assert done.returncode == 1
    assert b"The mail server cannot be reached." in done.stderr
    done = command(tmp_path, "mail", "test", "me@people.example")
    assert b"BELISHA_MAIL is not set" in done.stderr


# --- how long it is kept ----------------------------------------------------------------------


def test_mail_is_forgotten_ninety_days_after_the_last_thing_happened(school, box, at, monkeypatch):
    old, waiting = posted(school, at), posted(school, at + timedelta(days=89))
    jobs.send_mail(at)
    for days, left in ((89, {old.pk, waiting.pk}), (91, {waiting.pk})):
        monkeypatch.setattr(jobs, "_forgot_at", None)
        jobs.forget_mail(timezone.now() + timedelta(days=days))
        assert set(Mail.objects.values_list("pk", flat=True)) == left


def test_who_is_erased_leaves_no_mail(school, at, dana, staff):
    posted(school, at, to=dana.email)
    posted(school, at, to="old.address@people.example", about=dana)
    other = posted(school, at, to="someone.else@people.example")
    Relation.objects.filter(parent=dana).update(ended_on=at.date())
    parents.erase(dana, by=staff.head.user, at=at)
    assert list(Mail.objects.all()) == [other]


def test_an_address_that_two_share_keeps_the_others_mail(school, at, dana, staff):
    shared = posted(school, at, to=dana.email)
    staff.office.email = dana.email
    staff.office.save()
    Relation.objects.filter(parent=dana).update(ended_on=at.date())
    parents.erase(dana, by=staff.head.user, at=at)
    assert list(Mail.objects.all()) == [shared]
