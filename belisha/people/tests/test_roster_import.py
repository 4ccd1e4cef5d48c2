"""A list of people is looked at, accepted, and then says nothing new."""

import io
import json
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from belisha.audit.models import Entry
from belisha.people.actions import roster as actions
from belisha.people.actions.protection import protect
from belisha.people.models import Parent, Pupil, Relation, RosterFile, SchoolClass, Staff
from belisha.people.roster import read_roster
from belisha.people.roster.fields import Kind
from belisha.people.roster.planning import Act
from belisha.people.rules import Role
from belisha.people.tests.cast import make_parent, make_pupil, make_staff

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "rosters"
TODAY = date(2026, 11, 20)
HEADER = (
    "pupil_id,first_name,last_name,class,year_group,parent_id,parent_first_name,parent_last_name,"
    "parent_email,relation,parental_responsibility,order_against_contact\n"
)
AMARA = "P1,Amara,Lollipop,Robins,2,A1,Bruna,Lollipop,bruna@kerbside.example,mother,yes,no\n"
LEO = "P2,Leo,Kerbstone,Robins,2,A2,Nils,Kerbstone,nils@kerbside.example,father,yes,no\n"


@pytest.fixture
def office(school):
    return make_staff(school, "Mrs Toucan", Role.OFFICE).user


def roster(*lines, header=HEADER):
    return read_roster({"children.csv": (header + "".join(lines)).encode()})


def take_over(school, read, office, now, *, ticked=(), gone=()):
    seen = actions.plan(read, by=office).digest
    return actions.take_over(
        read, school, seen=seen, ticked=ticked, gone=gone, by=office, at=now, on=TODAY
    )


def warned(read, office):
    return {step.id for step in actions.plan(read, by=office).steps if step.warning}


def test_a_list_makes_classes_children_parents_and_ties(school, office, now):
    done = take_over(school, roster(AMARA, LEO), office, now)
    assert len(done.of(Act.NEW)) == 7
    amara = Pupil.objects.get(key="P1")
    assert (amara.school_class.name, amara.year_group) == ("Robins", 2)
    tie = Relation.objects.get(pupil=amara)
    assert (tie.parent.email, tie.kind) == ("bruna@kerbside.example", "mother")
    assert tie.parental_responsibility
    assert not tie.no_contact


def test_the_same_list_again_changes_nothing(school, office, now):
    take_over(school, roster(AMARA, LEO), office, now)
    again = actions.plan(roster(LEO, AMARA), by=office)
    assert again.steps == ()
    assert again.unchanged == 7


def test_a_plan_alone_changes_nothing(school, office):
    assert actions.plan(roster(AMARA), by=office).steps
    assert not Pupil.objects.exists()


def test_what_changed_is_named_and_what_the_list_does_not_tell_stays(school, office, now):
    take_over(school, roster(AMARA), office, now)
    Parent.objects.update(phone="01632 960 001")
    moved = AMARA.replace("Robins", "Owls").replace("bruna@kerbside.example", "")
    done = take_over(school, roster(moved), office, now)
    assert [change.field for step in done.of(Act.CHANGED) for change in step.changes] == ["class"]
    parent = Parent.objects.get()
    assert (parent.email, parent.phone) == ("bruna@kerbside.example", "01632 960 001")
    assert Pupil.objects.get().school_class.name == "Owls"


def test_who_is_not_listed_leaves_only_when_that_is_ticked(school, office, now):
    take_over(school, roster(AMARA, LEO), office, now)
    assert [step.label for step in actions.plan(roster(AMARA), by=office).of(Act.GONE)] == [
        "Leo Kerbstone"
    ]
    take_over(school, roster(AMARA), office, now)
    assert Pupil.objects.get(key="P2").left_on is None
    take_over(school, roster(AMARA), office, now, gone={Kind.PUPIL})
    assert Pupil.objects.get(key="P2").left_on == TODAY
    take_over(school, roster(AMARA, LEO), office, now)
    assert Pupil.objects.get(key="P2").left_on is None


def test_an_order_is_never_lifted_by_the_way(school, office, now):
    take_over(school, roster(LEO.replace("yes,no", "yes,yes")), office, now)
    assert Relation.objects.get().no_contact
    lifting = warned(roster(LEO), office)
    take_over(school, roster(LEO), office, now)
    assert Relation.objects.get().no_contact
    take_over(school, roster(LEO), office, now, ticked=lifting)
    assert not Relation.objects.get().no_contact


def test_a_list_that_states_no_responsibility_leaves_what_the_office_recorded(school, office, now):
    take_over(school, roster(LEO.replace("yes,no", "no,yes")), office, now)
    other_system = read_roster(
        {
            "users.csv": b"sourcedId,givenName,familyName,username\nP2,Leo,Kerbstone,l\n"
            b"A2,Nils,Kerbstone,n\n",
            "roles.csv": b"userSourcedId,orgSourcedId,role\nP2,1,student\n",
            "orgs.csv": b"sourcedId,name,type\n1,Kerbside,school\n",
            "classes.csv": b"sourcedId,orgSourcedId,title\nc1,1,Robins\n",
            "enrollments.csv": b"classSourcedId,userSourcedId,role\nc1,P2,student\n",
            "relationships.csv": b"userSourcedId,relationshipUserSourcedId,relationshipRole\n"
            b"P2,A2,father\n",
        }
    )
    assert not other_system.states_responsibility
    take_over(school, other_system, office, now)
    tie = Relation.objects.get()
    assert (tie.parental_responsibility, tie.no_contact) == (False, True)


def test_a_child_without_a_number_is_the_one_of_the_same_name(school, office, now):
    make_pupil(school, "Amara", "Lollipop")
    take_over(school, roster(AMARA), office, now)
    assert Pupil.objects.get().key == "P1"


def test_two_children_of_one_name_are_never_taken_for_each_other(school, office, now):
    make_pupil(school, "Amara", "Lollipop")
    make_pupil(school, "Amara", "Lollipop")
    another = warned(roster(AMARA), office)
    take_over(school, roster(AMARA), office, now)
    assert Pupil.objects.count() == 2
    take_over(school, roster(AMARA), office, now, ticked=another)
    assert Pupil.objects.count() == 3


def test_a_list_makes_no_head(school, office, now):
    lines = (
        "S1,Ada,Zebrahart,ada@kerbside.example,head,\n"
        "S2,Bo,Puffin,bo@kerbside.example,teacher,Robins\n"
    )
    take_over(school, roster(AMARA), office, now)
    take_over(school, roster(lines, header=STAFF_HEADER), office, now)
    roles = {staff.name: [role.role for role in staff.roles.all()] for staff in Staff.objects.all()}
    assert Role.HEAD not in roles["Ada Zebrahart"]
    assert roles["Bo Puffin"] == [Role.TEACHER]
    assert [one.name for one in Staff.objects.get(key="S2").classes.all()] == ["Robins"]


STAFF_HEADER = "staff_id,first_name,last_name,email,role,class\n"
BO = "S2,Bo,Puffin,bo@kerbside.example,teacher,\n"


def test_who_brings_in_a_list_does_not_leave_by_it_and_no_head_does(school, office, now):
    make_staff(school, "Mrs Belisha", Role.HEAD)
    make_staff(school, "Mr Amber", Role.TEACHER)
    for number, staff in enumerate(Staff.objects.all()):
        Staff.objects.filter(pk=staff.pk).update(key=f"S9{number}")
    only_bo = roster(BO, header=STAFF_HEADER)
    assert any("Neither leaves" in note for note in actions.plan(only_bo, by=office).notes)
    take_over(school, only_bo, office, now, gone={Kind.STAFF})
    left = Staff.objects.exclude(left_on=None)
    assert [staff.name for staff in left] == ["Mr Amber"]


def test_the_office_cannot_change_the_head_by_a_list(school, office, now):
    head = make_staff(school, "Mrs Belisha", Role.HEAD)
    line = f"S1,Some,Body,{head.email},teacher,\n"
    take_over(school, roster(line, header=STAFF_HEADER), office, now)
    head.refresh_from_db()
    assert (head.name, head.key) == ("Mrs Belisha", "")
    take_over(school, roster(line, header=STAFF_HEADER), head.user, now)
    head.refresh_from_db()
    assert (head.name, head.user.name, head.key) == ("Some Body", "Some Body", "S1")


def test_the_office_cannot_change_the_sign_in_of_a_head_who_is_a_parent(school, office, now):
    head = make_staff(school, "Mrs Belisha", Role.HEAD)
    take_over(school, roster(AMARA), office, now)
    Parent.objects.update(user=head.user)
    take_over(school, roster(AMARA.replace("bruna@", "other@")), office, now)
    assert Parent.objects.get().email == "bruna@kerbside.example"


def test_a_new_address_of_a_parent_is_the_one_they_sign_in_with(school, office, now):
    amara = make_pupil(school, "Amara", "Lollipop")
    bruna = make_parent(school, amara, "Bruna", "Lollipop")
    take_over(school, roster(AMARA), office, now)
    bruna.user.refresh_from_db()
    assert bruna.user.email == "bruna@kerbside.example"


def test_a_name_that_fits_nowhere_is_a_line_left_out(school, office):
    plan = actions.plan(roster(AMARA.replace("Amara", "A" * 101), LEO), by=office)
    assert [line.line for line in plan.bad_lines] == [2]


# The pages


def send(client, *files):
    return client.post(
        "/people/import/",
        {"lists": [SimpleUploadedFile(name, data) for name, data in files]},
        follow=True,
    )


def seen(page):
    return page.context["plan"].digest


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_page_shows_first_and_changes_on_acceptance(client, school, office, encoding):
    client.force_login(office)
    text = HEADER + AMARA.replace("Amara", "Zoë")
    page = send(client, ("children.csv", text.encode(encoding)))
    assert "Zoë Lollipop" in page.text
    assert not Pupil.objects.exists()
    address = page.redirect_chain[-1][0]
    done = client.post(address, {"seen": seen(page)}, follow=True)
    assert "4 new, 0 changed, 0 gone" in done.text
    assert Pupil.objects.get().first_name == "Zoë"
    assert not RosterFile.objects.exists()


def test_stopping_leaves_nothing(client, school, office):
    client.force_login(office)
    page = send(client, ("children.csv", (HEADER + AMARA).encode()))
    client.post(page.redirect_chain[-1][0], {"stop": "1"})
    assert not RosterFile.objects.exists()
    assert not Pupil.objects.exists()


def test_a_school_that_changed_meanwhile_is_shown_again(client, school, office):
    client.force_login(office)
    page = send(client, ("children.csv", (HEADER + AMARA).encode()))
    SchoolClass.objects.create(school=school, name="Robins")
    again = client.post(page.redirect_chain[-1][0], {"seen": seen(page)}, follow=True)
    assert "Look once more" in again.text
    assert not Pupil.objects.exists()


def test_bad_lines_are_named_with_their_reason(client, school, office):
    client.force_login(office)
    page = send(client, ("children.csv", (HEADER + AMARA + ",Nobody,,,,,,,,,,\n").encode()))
    assert page.context["plan"].bad_lines[0].line == 3
    assert page.context["plan"].bad_lines[0].reason in page.text


def test_a_file_of_another_kind_is_refused_in_plain_words(client, school, office):
    client.force_login(office)
    page = send(client, ("children.csv", b"\x89PNG\r\n\x1a\n\0\0\0\0"))
    assert page.status_code == 422
    assert not RosterFile.objects.exists()


@pytest.mark.parametrize("role", [Role.TEACHER, Role.GOVERNOR, Role.SAFEGUARDING_LEAD])
def test_only_those_who_keep_the_lists_bring_them_in(client, school, role):
    client.force_login(make_staff(school, "Mr Pelican", role).user)
    assert client.get("/people/import/").status_code == 404


def test_another_persons_list_is_not_to_be_seen(client, school, office, now):
    kept = actions.keep(b"", "children.csv", school=school, by=office, at=now)
    client.force_login(make_staff(school, "Mr Stopline", Role.OFFICE).user)
    page = client.get(f"/people/import/{kept.ref}/", follow=True)
    assert "no longer here" in page.text


def test_a_list_that_nobody_accepted_is_gone_after_a_day(school, office, now):
    kept = actions.keep(b"", "children.csv", school=school, by=office, at=now)
    day_later = now + timedelta(hours=24, seconds=1)
    assert actions.kept_by(office, at=now).get() == kept
    assert not actions.kept_by(office, at=day_later).exists()
    actions.keep(b"", "again.csv", school=school, by=office, at=day_later)
    assert RosterFile.objects.get().name == "again.csv"


def test_our_own_lists_can_be_read_back(client, school, office):
    client.force_login(office)
    for which in ("children", "staff"):
        data = client.get(f"/people/template/{which}.csv").content
        assert read_roster({f"{which}.csv": data}).bad_lines == ()
    assert client.get("/people/template/other.csv").status_code == 404


@pytest.mark.parametrize(
    "folder", ["oneroster", "sds/SDS_v2.1", "sds/SDS_v2", "sds/UK_Format/25_Users"]
)
def test_what_real_systems_export_is_taken_over_once(school, office, now, folder):
    if not REAL.is_dir():
        pytest.skip("the sample rosters are not beside the project")
    files = {path.name: path.read_bytes() for path in (REAL / folder).glob("*.csv")}
    take_over(school, read_roster(files), office, now)
    assert Pupil.objects.exists()
    assert actions.plan(read_roster(files), by=office).steps == ()


def test_a_parent_found_in_a_list_is_not_made_twice(school, office, now):
    amara = make_pupil(school, "Amara", "Lollipop")
    make_parent(school, amara, "Bruna", "Lollipop")
    take_over(school, roster(AMARA), office, now)
    assert Parent.objects.get().key == "A1"
    assert Relation.objects.count() == 1


# Where a list could do harm


def test_a_class_ends_in_the_same_list_that_moves_its_children(school, office, now):
    take_over(school, roster(AMARA), office, now)
    moved = AMARA.replace("Robins", "Owls")
    take_over(school, roster(moved), office, now, gone={Kind.CLASS})
    assert SchoolClass.objects.get(name="Robins").ended_on == TODAY
    assert actions.plan(roster(moved), by=office).steps == ()


def test_parents_of_one_name_in_two_families_stay_two(school, office, now):
    make_parent(school, make_pupil(school, "Leo", "Kerbstone"), "Bruna", "Lollipop")
    take_over(school, roster(AMARA), office, now)
    assert sorted(Parent.objects.values_list("key", flat=True)) == ["", "A1"]
    assert Relation.objects.count() == 2


def test_an_order_holds_against_the_same_person_under_another_number(school, office, now):
    take_over(school, roster(LEO.replace("yes,no", "no,yes")), office, now)
    renumbered = roster(LEO.replace("A2", "A77"))
    take_over(school, renumbered, office, now)
    assert not Relation.objects.open().exists()
    assert any("An order forbids" in step.warning for step in plan_of(renumbered, office))


def plan_of(read, office):
    return actions.plan(read, by=office).steps


def test_the_ties_of_a_child_who_was_not_ticked_wait_too(school, office, now):
    take_over(school, roster(AMARA), office, now)
    take_over(school, roster(AMARA.replace("P1", "P9")), office, now)
    assert Pupil.objects.count() == Relation.objects.count() == 1


def test_losing_parental_responsibility_needs_a_tick_of_its_own(school, office, now):
    take_over(school, roster(LEO), office, now)
    take_over(school, roster(LEO.replace("yes,no", "no,no")), office, now)
    assert Relation.objects.get().parental_responsibility


def test_the_class_that_the_school_made_by_hand_keeps_its_teacher(school, office, now):
    take_over(school, roster(AMARA), office, now)
    take_over(school, roster(BO, header=STAFF_HEADER), office, now)
    bo = Staff.objects.get(key="S2")
    choir = SchoolClass.objects.create(school=school, name="Choir")
    choir.teachers.set([bo], through_defaults={"school": school})
    read = roster(BO.replace("teacher,", "teacher,Robins"), header=STAFF_HEADER)
    take_over(school, read, office, now)
    assert {one.name for one in bo.classes.all()} == {"Choir", "Robins"}


def test_the_head_gives_a_role_by_our_own_list_and_the_office_does_not(school, office, now):
    head = make_staff(school, "Mrs Belisha", Role.HEAD).user
    lead = BO.replace("teacher", "safeguarding lead")
    assert any(
        "only the head" in note
        for note in actions.plan(roster(lead, header=STAFF_HEADER), by=office).notes
    )
    take_over(school, roster(lead, header=STAFF_HEADER), head, now)
    assert [role.role for role in Staff.objects.get(key="S2").roles.all()] == [
        Role.SAFEGUARDING_LEAD
    ]


def test_nothing_in_a_preview_tells_of_a_protected_child(client, school, office, now):
    lead = make_staff(school, "Mr Pellow", Role.SAFEGUARDING_LEAD).user
    take_over(school, roster(AMARA, LEO), office, now)
    changed = roster(AMARA.replace("Robins", "Owls"))
    before = actions.plan(changed, by=office)
    protect(Pupil.objects.get(key="P1"), why="moved in secret", by=lead, at=now)
    protect(Pupil.objects.get(key="P2"), why="moved in secret", by=lead, at=now)
    assert actions.plan(changed, by=office) == before


def test_the_record_names_who_by_number_only(school, office, now):
    take_over(school, roster(AMARA), office, now)
    facts = Entry.objects.get(verb="roster.taken-over").facts
    assert facts["new_pupil"] == [Pupil.objects.get().pk]
    assert "Amara" not in str(facts)


def test_bad_lines_can_be_taken_along(client, school, office):
    client.force_login(office)
    page = send(client, ("=cmd.csv", (HEADER + AMARA + ",Nobody,,,,,,,,,,\n").encode()))
    answer = client.get(page.redirect_chain[-1][0] + "wrong.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "file,line,why"
    assert lines[1].startswith("'=cmd.csv,3,")


@pytest.mark.parametrize("name", ["children", "a:b.csv", ".children.csv", "lists.xlsx"])
def test_the_name_of_a_file_stops_nothing(client, school, office, name):
    client.force_login(office)
    page = send(client, (name, (HEADER + AMARA).encode()))
    assert "Amara Lollipop" in page.text


def test_a_sheet_with_many_empty_lines_is_read(client, school, office):
    client.force_login(office)
    empty = (",,,,,,,,,,,\n" * 50_000).encode()
    assert "Amara Lollipop" in send(client, ("c.csv", (HEADER + AMARA).encode() + empty)).text


def test_a_zip_may_have_any_name(client, school, office):
    client.force_login(office)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("children.csv", HEADER + AMARA)
    assert "Amara Lollipop" in send(client, ("export", buffer.getvalue())).text


def test_two_classes_of_one_name_are_refused_in_words_and_nothing_is_done(school, office, now):
    take_over(school, roster(AMARA), office, now)
    SchoolClass.objects.update(key="c1")
    SchoolClass.objects.create(school=school, name="Owls", key="c2")
    swapped = {
        "users.csv": b"sourcedId,givenName,familyName,username\nP1,Amara,Lollipop,l\n",
        "roles.csv": b"userSourcedId,orgSourcedId,role\nP1,1,student\n",
        "orgs.csv": b"sourcedId,name,type\n1,Kerbside,school\n",
        "classes.csv": b"sourcedId,orgSourcedId,title\nc1,1,Owls\nc2,1,Robins\n",
        "enrollments.csv": b"classSourcedId,userSourcedId,role\nc1,P1,student\n",
    }
    with pytest.raises(ValidationError, match="the same name"):
        take_over(school, read_roster(swapped), office, now)
    assert SchoolClass.objects.get(key="c1").name == "Robins"


# The command


@pytest.fixture
def lists(tmp_path):
    file = tmp_path / "children.csv"
    file.write_text(HEADER + AMARA)
    return file


def test_the_command_says_what_it_would_do_and_does_it_when_told(school, lists, capsys):
    make_staff(school, "Mrs Belisha", Role.HEAD)
    call_command("import_roster", lists)
    assert "new, child: Amara Lollipop" in capsys.readouterr().out
    assert not Pupil.objects.exists()
    call_command("import_roster", lists, accept=True, json=True)
    assert json.loads(capsys.readouterr().out)["new"] == 4
    lists.write_text(HEADER + LEO)
    call_command("import_roster", lists, accept=True)
    assert Pupil.objects.get(key="P1").left_on is None
    call_command("import_roster", lists, accept=True, gone=True)
    assert Pupil.objects.get(key="P1").left_on is not None


def test_the_command_names_what_it_leaves_for_a_tick(school, office, lists, now, capsys):
    make_staff(school, "Mrs Belisha", Role.HEAD)
    take_over(school, roster(AMARA.replace("yes,no", "yes,yes")), office, now)
    call_command("import_roster", lists, accept=True, gone=True)
    assert "lifts an order" in capsys.readouterr().err
    assert Relation.objects.get().no_contact


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n\0\0", b"a,b\n1,2\n"])
def test_the_command_refuses_what_is_no_list_with_2(school, tmp_path, data):
    file = tmp_path / "children.csv"
    file.write_bytes(data)
    with pytest.raises(CommandError, match=r"children\.csv") as refused:
        call_command("import_roster", file)
    assert refused.value.returncode == 2
