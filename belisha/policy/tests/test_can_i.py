"""The page "Can I…?": open to anyone, knowing nothing but the rule."""

import re

import pytest
from django.test import Client

from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff
from belisha.policy import replies
from belisha.policy.asking import Asker, Deed, Of, On, Question
from belisha.policy.models import Binding, Clause, Document, Purpose, Version

POST = {"as": "teacher", "do": "post-picture", "of": "class", "on": "website"}


def page(client, **said):
    response = client.get("/can-i/", said)
    assert response.status_code == 200
    return response.content.decode()


def without_key(text):
    """A page without the key of its forms, which differs each time."""
    return re.sub(r"\w{64}", "", text)


def first_words(text):
    found = re.search(r'<h2 id="verdict"[^>]*>([^<]*)</h2>', text)
    return found and found[1]


@pytest.fixture
def client(school):
    return Client()


def test_before_a_deed_is_named_there_is_no_answer(client):
    text = page(client)
    assert first_words(text) is None
    assert 'id="answer" role="status"' in text
    assert text.count('class="eg"') == 1
    assert len(re.findall(r'href="/can-i/\?as=', text)) == 8


def test_the_answer_is_that_of_the_address(client):
    assert first_words(page(client, **POST)) == "Ask first"
    assert first_words(page(client, **POST | {"on": "personal"})) == "No"
    phone = {"as": "pupil", "do": "use-phone", "when": "event"}
    assert first_words(page(client, **phone)) == "No"
    assert first_words(page(client, **phone, supervised="yes")) == "Yes"
    depends = {"as": "parent", "do": "film", "of": "own-child"}
    assert first_words(page(client, **depends)) == "It depends"


def test_every_commonest_question_leads_to_its_own_answer(client, school):
    shown = replies.Replies(school.created_at, None)
    for asker in Asker:
        for example in shown.examples(asker):
            text = client.get(example.link.url).content.decode()
            assert first_words(text) == example.heading


@pytest.mark.parametrize("word", ["", "nobody", "Head", "of-class", "<b>"])
def test_words_that_are_no_value_say_nothing(client, word):
    text = page(client, **{"as": word, "do": word, "of": word, "where": word})
    assert first_words(text) is None
    assert "&lt;b&gt;" not in text and "<b>" not in re.sub(r"<b>[A-Z]", "", text)


def test_who_asks_is_known_of_whoever_has_signed_in(school):
    robins = make_class(school, "Robins")
    people = {
        make_staff(school, "Mrs Heron", Role.HEAD).user: "head",
        make_staff(school, "Miss Puffin", Role.TEACHER).user: "teacher",
        make_staff(school, "Mr Toucan", Role.OFFICE).user: "staff",
        make_staff(school, "Ms Tern", Role.CHAIR).user: "governor",
        make_parent(
            school, make_pupil(school, "Leo", "Kerb", robins), "Ana", "Kerb"
        ).user: "parent",
    }
    for user, who in people.items():
        client = Client()
        client.force_login(user)
        assert f'value="{who}" selected' in page(client)
        assert 'value="visitor" selected' in page(client, **{"as": "visitor"})


def test_only_staff_are_led_to_the_albums(client, school):
    assert "Go to the albums" not in page(client, **POST)
    client.force_login(make_staff(school, "Miss Puffin", Role.TEACHER).user)
    assert "Go to the albums" in page(client, **POST)


def test_who_may_not_apply_for_an_account_is_not_led_there(client, school):
    association = {"as": "pta", "do": "open-account"}
    assert "/accounts/apply/" not in page(client, **association)
    client.force_login(make_staff(school, "Ms Tern", Role.CHAIR).user)
    assert "/accounts/apply/" not in page(client, **association)
    client.force_login(make_staff(school, "Mr Dunlin", Role.PARENTS_ASSOCIATION).user)
    assert "/accounts/apply/" in page(client, **association)


def test_nothing_on_the_page_depends_on_a_child(client, school):
    before = without_key(page(client, **POST))
    make_pupil(school, "Leo", "Kerb", make_class(school, "Robins"))
    assert without_key(page(client, **POST)) == before


def test_what_asks_each_family_is_what_the_school_has_chosen(client):
    assert "this very picture" not in page(client, **POST)
    Purpose.objects.filter(key="website").update(each_picture=True)
    assert "this very picture" in page(client, **POST)
    Purpose.objects.filter(key="website").update(in_use=False)
    assert first_words(page(client, **POST)) == "No"


def test_the_number_shown_is_that_of_the_schools_own_document(client, school, now):
    assert "Clause B.ii" in page(client, **POST)
    head = make_staff(school, "Mrs Heron", Role.HEAD).user
    document = Document.objects.create(school=school, key="social-media", title="Ours")
    version = Version.objects.create(
        school=school, document=document, major=1, made_at=now, made_by=head
    )
    clause = Clause.objects.create(
        school=school, version=version, position=1, number="3.2", text="…", address="3.2"
    )
    Binding.objects.create(
        school=school, clause=clause, control="B.ii", decided_at=now, decided_by=head
    )
    assert "Clause B.ii" in page(client, **POST), "a draft binds nobody"
    version.issued_at = now
    version.save()
    assert "Clause 3.2" in page(client, **POST)
    assert "Clause P.i" in page(client, **POST), "what is not bound is the model's"


def test_looking_is_all_that_one_can_do(client):
    assert client.post("/can-i/", POST).status_code == 405


def test_a_question_has_one_address(school):
    question = Question(Asker.PARENT, Deed.POST_PICTURE, of=Of.CLASS, on=On.SOCIAL)
    address = "/can-i/?as=parent&do=post-picture&of=class&on=social"
    assert replies.address_of(question) == address
