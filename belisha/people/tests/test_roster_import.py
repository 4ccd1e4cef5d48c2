"""A list of people is looked at, accepted, and then says nothing new."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from belisha.people.actions import roster as actions
from belisha.people.models import Parent, Pupil, Relation, RosterFile, SchoolClass, Staff
from belisha.people.roster import read_roster
from belisha.people.roster.planning import Act, Kind
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
    return actions.take_over(read, school, ticked=ticked, gone=gone, by=office, at=now, on=TODAY)


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
    again = actions.plan(roster(LEO, AMARA))
    assert again.steps == ()
    assert again.unchanged == 7


def test_a_plan_alone_changes_nothing(school):
    assert actions.plan(roster(AMARA)).steps
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
    assert [step.label for step in actions.plan(roster(AMARA)).of(Act.GONE)] == ["Leo Kerbstone"]
    take_over(school, roster(AMARA), office, now)
    assert Pupil.objects.get(key="P2").left_on is None
    take_over(school, roster(AMARA), office, now, gone={Kind.PUPIL})
    assert Pupil.objects.get(key="P2").left_on == TODAY
    take_over(school, roster(AMARA, LEO), office, now)
    assert Pupil.objects.get(key="P2").left_on is None


def test_an_order_is_never_lifted_by_the_way(school, office, now):
    take_over(school, roster(LEO.replace("yes,no", "yes,yes")), office, now)
    assert Relation.objects.get().no_contact
    step = next(step for step in actions.plan(roster(LEO)).steps if step.careful)
    take_over(school, roster(LEO), office, now)
    assert Relation.objects.get().no_contact
    take_over(school, roster(LEO), office, now, ticked={step.id})
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
    take_over(school, roster(AMARA), office, now)
    assert Pupil.objects.count() == 3


def test_a_list_makes_no_head(school, office, now):
    header = "staff_id,first_name,last_name,email,role,class\n"
    lines = (
        "S1,Ada,Zebrahart,ada@kerbside.example,head,\n"
        "S2,Bo,Puffin,bo@kerbside.example,teacher,Robins\n"
    )
    take_over(school, roster(AMARA), office, now)
    take_over(school, roster(lines, header=header), office, now)
    roles = {staff.name: [role.role for role in staff.roles.all()] for staff in Staff.objects.all()}
    assert Role.HEAD not in roles["Ada Zebrahart"]
    assert roles["Bo Puffin"] == [Role.TEACHER]
    assert [one.name for one in Staff.objects.get(key="S2").classes.all()] == ["Robins"]


def test_who_brings_in_a_list_does_not_leave_by_it(school, office, now):
    Staff.objects.update(key="S9")
    header = "staff_id,first_name,last_name,email,role,class\n"
    only_bo = roster("S2,Bo,Puffin,bo@kerbside.example,teacher,\n", header=header)
    with pytest.raises(Exception, match="You cannot leave by a list"):
        take_over(school, only_bo, office, now, gone={Kind.STAFF})


def test_a_name_that_fits_nowhere_is_a_line_left_out(school):
    plan = actions.plan(roster(AMARA.replace("Amara", "A" * 101), LEO))
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
    assert actions.plan(read_roster(files)).steps == ()


def test_a_parent_found_in_a_list_is_not_made_twice(school, office, now):
    amara = make_pupil(school, "Amara", "Lollipop")
    make_parent(school, amara, "Bruna", "Lollipop")
    take_over(school, roster(AMARA), office, now)
    assert Parent.objects.get().key == "A1"
    assert Relation.objects.count() == 1
