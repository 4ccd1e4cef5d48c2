"""Posts that are to go: the nearest is asked first, and nothing heavy is done in anger."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from belisha.channels.directory import service_named
from belisha.incidents.actions import handling, removal
from belisha.incidents.models import Case, Measure, Post, WrongLink
from belisha.incidents.removal.brake import PAUSE, Deed, Sort, Weighed, may_go_on
from belisha.incidents.removal.catalogue import Harm, forms, forms_for, helplines
from belisha.incidents.removal.ladder import ORDER, Answer, Rung, Taken, may_step, next_rung
from belisha.incidents.removal.letters import letter_for
from belisha.incidents.removal_todo import removal_for
from belisha.incidents.rules import About, Kind
from belisha.incidents.tests.conftest import enter
from belisha.incidents.working.closing import Outcome, Ready, why_not_close
from belisha.people.calendar import LONDON

AT = datetime(2026, 11, 20, 10, tzinfo=LONDON)
HOUR = timedelta(hours=1)


# --- the ladder --------------------------------------------------------------------------------


def test_the_nearest_comes_first():
    assert next_rung([], at=AT) is Rung.AUTHOR
    assert not may_step(Rung.PLATFORM, [], at=AT)
    assert may_step(Rung.PLATFORM, [], at=AT).reasons[0].clause == "D.v"


def test_one_waits_for_an_answer_until_its_time_is_up():
    asked = [Taken(Rung.AUTHOR, AT + HOUR)]
    assert next_rung(asked, at=AT) is None
    assert next_rung(asked, at=AT + 2 * HOUR) is Rung.ADMINISTRATOR
    refused = [Taken(Rung.AUTHOR, AT + HOUR, answer=Answer.REFUSED)]
    assert next_rung(refused, at=AT) is Rung.ADMINISTRATOR


def test_a_step_is_passed_over_with_a_reason_and_what_is_gone_ends_the_ladder():
    over = [Taken(rung, passed_over=True) for rung in (Rung.AUTHOR, Rung.ADMINISTRATOR)]
    assert next_rung(over, at=AT) is Rung.PLATFORM
    gone = [*over, Taken(Rung.PLATFORM, answer=Answer.GONE)]
    assert next_rung(gone, at=AT) is None
    assert not may_step(Rung.HELPLINE, gone, at=AT)


@given(st.lists(st.tuples(st.sampled_from(ORDER), st.booleans(), st.booleans()), max_size=6))
def test_no_step_is_ever_taken_before_a_nearer_one(steps):
    taken = [
        Taken(rung, AT + HOUR if runs else AT - HOUR, passed_over=over)
        for rung, over, runs in steps
    ]
    for rung in ORDER:
        nearer = {one.rung for one in taken if ORDER.index(one.rung) < ORDER.index(rung)}
        if may_step(rung, taken, at=AT):
            assert len(nearer) == ORDER.index(rung)


# --- the brake ---------------------------------------------------------------------------------

WEIGHED = {"sort": Sort.HARASSMENT, "asked_at": AT, "offered_on": AT.date(), "agrees": True}


def weighed(**changes):
    return Weighed(**(WEIGHED | changes))


@pytest.mark.parametrize("deed", Deed)
def test_whoever_weighed_offered_slept_and_was_read_may_go_on(deed):
    assert may_go_on(deed, weighed(), at=AT + PAUSE)
    assert may_go_on(deed, weighed(offered_on=None, why_not="They moved away."), at=AT + PAUSE)


@pytest.mark.parametrize(
    ("missing", "after"),
    [
        ({"offered_on": None}, PAUSE),
        ({"agrees": None}, PAUSE),
        ({"agrees": False}, PAUSE),
        ({"untried": 1}, PAUSE),
        ({}, PAUSE - timedelta(seconds=1)),
    ],
)
def test_what_is_missing_holds_it(missing, after):
    assert not may_go_on(Deed.POLICE, weighed(**missing), at=AT + after)


@pytest.mark.parametrize("deed", Deed)
def test_an_opinion_is_never_answered_with_a_heavy_means(deed):
    opinion = weighed(sort=Sort.CRITICISM)
    assert may_go_on(deed, opinion, at=AT + 9 * PAUSE).reasons[0].clause == "D.vi"


def test_a_threat_to_life_passes_at_once_and_says_so():
    bare = Weighed(sort=Sort.THREAT, asked_at=AT, threat_to_life=True)
    verdict = may_go_on(Deed.POLICE, bare, at=AT)
    assert verdict
    assert "999" in verdict.reasons[0].ground
    assert not may_go_on(Deed.LEGAL, bare, at=AT)  # a solicitor saves no life


# --- letters and data --------------------------------------------------------------------------


@pytest.mark.parametrize("rung", Rung)
def test_letters_name_what_and_where_and_threaten_nobody(rung):
    letter = letter_for(rung, school="Kerbside", what="the post", where="a group", words="Boo")
    assert "a group" in letter.body
    assert "the post" in letter.body.lower()
    assert not any(word in letter.body.lower() for word in ("police will", "solicitor", "or else"))


def test_no_case_closes_while_somebody_is_asked_to_take_something_down():
    def why_not(asked):
        return why_not_close(Ready(Kind.POST, True, 0, 0, asked=asked), Outcome.DEALT)

    assert why_not(asked=0) == []
    assert "what came of it" in why_not(asked=1)[0]


def test_a_letter_about_a_group_does_not_say_that_it_stands_on_itself():
    said = {"school": "Kerbside", "what": "the group", "where": "Owls", "is_place": True}
    letter = letter_for(Rung.AUTHOR, **said, url="https://x.example/g")
    assert "we have seen the group “Owls” (https://x.example/g)." in letter.body
    assert (
        "you look after the group “Owls”. It should" in letter_for(Rung.ADMINISTRATOR, **said).body
    )


def test_the_catalogue_names_services_of_the_directory_and_says_when_it_was_checked():
    for form in forms():
        assert service_named(form.service), form.service
        assert form.harms
        assert form.how
        assert not form.url or form.url.startswith("https://")
    assert all(line.url or line.phone for line in helplines())
    keys = [one.key for one in forms()] + [one.key for one in helplines()]
    assert len(set(keys)) == len(keys)
    assert forms_for("facebook", frozenset({Harm.BULLYING}))


# --- a case ------------------------------------------------------------------------------------


@pytest.fixture
def case(told, cast):
    return told(kind=Kind.POST, about=About.ADULT).case


POST = {
    "thing": "post",
    "service": "facebook",
    "where": "A group of Year 9 zebras",
    "harms": ["bullying"],
    "words": "Zebras are silly.",
}


def test_a_post_goes_up_the_ladder_until_it_is_gone(case, cast, now):
    head = cast.head.user
    post = removal.add_post(case, POST, by=head, at=now)
    with pytest.raises(ValidationError, match="comes first"):
        removal.take_step(post, Rung.PLATFORM, to="them", words="x", by=head, at=now)
    step = removal.take_step(post, Rung.AUTHOR, to="Mr Stripe", words="Please.", by=head, at=now)
    assert step.due_at > now  # by Tuesday: it is Friday
    assert [one.title for one in removal_for(head, now)] == [f"Look: is it gone? {post}"]
    removal.answer_step(step, Answer.REFUSED, words="No.", by=head, at=now)
    with pytest.raises(ValidationError, match="already"):
        removal.answer_step(step, Answer.GONE, words="", by=head, at=now)
    removal.pass_over(post, Rung.ADMINISTRATOR, why="Nobody knows them.", by=head, at=now)
    assert [one.title for one in removal_for(head, now)] == [f"Report it to the service: {post}"]
    last = removal.take_step(post, Rung.PLATFORM, to="Facebook", words="x", by=head, at=now)
    removal.answer_step(last, Answer.GONE, words="", by=head, at=now)
    assert list(Post.objects.there()) == []
    assert list(removal_for(head, now)) == []
    again = removal.it_is_back(post, words="Seen.", by=head, at=now)
    assert list(Post.objects.there()) == [again]
    said = " ".join(case.happenings.values_list("words", flat=True))
    assert "Mr Stripe" in said
    assert "Nobody knows them." in said


def test_the_police_wait_for_a_day_and_a_second_reader(case, cast, now):
    head, lead = cast.head.user, cast.lead.user
    details = {
        "deed": Deed.POLICE,
        "sort": Sort.HARASSMENT,
        "threat_to_life": False,
        "offered_on": now.date(),
        "why_not": "",
        "why": "It goes on and on.",
    }
    one = removal.weigh(case, details, by=head, at=now)
    with pytest.raises(ValidationError, match="weighed already"):
        removal.weigh(case, details, by=head, at=now)
    with pytest.raises(ValidationError, match="Somebody else reads it"):
        removal.read_second(one, agrees=True, words="Mine.", by=head, at=now)
    handling.hand_over(case, to=cast.lead, why="Second reader", stays=True, by=head, at=now)
    assert [task.title for task in removal_for(lead, now)] == [f"Read as the second: {one}"]
    removal.read_second(one, agrees=True, words="Yes.", by=lead, at=now)
    with pytest.raises(ValidationError, match="A day has not passed"):
        removal.carry_out(one, words="Rang them.", by=head, at=now)
    removal.carry_out(one, words="Rang them.", by=head, at=now + PAUSE)
    with pytest.raises(ValidationError, match="settled already"):
        removal.drop(one, words="x", by=head, at=now + PAUSE)
    assert "slept on" in Measure.objects.get().ground


def test_its_pages_show_the_ladder_and_take_what_is_typed(case, cast, is_now, now):
    client, base = enter(cast.head), f"/cases/{case.ref}/"
    typed = POST | {"harms": ["bullying", "false-account"]}
    assert client.post(f"{base}posts/", typed).status_code == 302
    post = Post.objects.get()
    page = client.get(f"{base}posts/{post.pk}/ask/author/").content.decode()
    assert "Would you please take it down?" in page
    assert "looks like one of ours" in client.get(f"{base}posts/{post.pk}/ask/admin/").text
    early = client.post(
        f"{base}posts/{post.pk}/ask/platform/", {"to": "Facebook", "words": "Zebra letter"}
    )
    assert early.status_code == 422
    assert "Zebra letter" in early.content.decode()  # nothing that was typed is lost
    assert "comes first" in early.content.decode()
    sent = {"to": "Mr Stripe", "words": "Please."}
    assert client.post(f"{base}posts/{post.pk}/ask/author/", sent).status_code == 302
    assert "Mr Stripe" in client.get(base).content.decode()
    assert enter(cast.leader).get(f"{base}posts/").status_code == 404


def test_the_page_says_what_holds_a_heavy_means_and_lets_a_second_read_it(case, cast, is_now, now):
    base = f"/cases/{case.ref}/"
    typed = {
        "deed": "legal",
        "sort": "untrue",
        "why": "It goes on.",
        "why_not": "Nobody knows them.",
    }
    assert enter(cast.head).post(f"{base}weigh/", typed).status_code == 302
    handling.hand_over(case, to=cast.lead, why="", stays=True, by=cast.head.user, at=now)
    for staff, reads in ((cast.head, False), (cast.lead, True)):
        page = enter(staff).get(base).text
        assert "A day has not passed" in page and ">Leave it<" in page
        assert ("Read it as the second" in page) is reads
    read = f"{base}weigh/{Measure.objects.get().pk}/read/"
    assert enter(cast.lead).post(read, {"agrees": "yes", "words": "Yes."}).status_code == 302
    assert Measure.objects.get().agrees


def test_a_colleague_says_that_a_link_is_wrong_and_it_names_no_case(cast, school, is_now):
    client = enter(cast.teacher)
    key = forms()[0].key
    assert client.get(f"/cases/report/wrong/?key={key}").status_code == 200
    client.post(f"/cases/report/wrong/?key={key}", {"words": "It moved"})
    page = client.get("/cases/report/").content.decode()
    assert "It moved" in page
    assert cast.teacher.user.name not in page.split("<main")[1]
    client.post("/cases/report/right/", {"key": key})
    assert WrongLink.objects.get().settled_at
    assert client.get("/cases/report/wrong/?key=nothing").status_code == 404
    assert Case.objects.count() == 0
