"""The pages of devices: scanned, shared on one screen, planned, wiped, checked, saved."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from belisha.devices.actions import losses
from belisha.devices.leaving import visits_from
from belisha.devices.models import Device, Loan, Loss, Plan, StockCheck
from belisha.devices.tests.conftest import enter
from belisha.events.models import Event, Kind
from belisha.policy.actions.approvals import answer
from belisha.policy.models import HeadRequest

SIGNED = "M10 20" + "".join(f"L{x} {x % 50}" for x in range(20, 60, 4))


def taken(client, device, **typed):
    return client.post(reverse("device-out", args=[device.ref]), {"signed": SIGNED} | typed)


def brought(client, device, **typed):
    said = {"signed": SIGNED, "memory": "wiped", "condition": "good"} | typed
    return client.post(reverse("device-in", args=[device.ref]), said)


def test_a_scanned_label_leads_to_signing_out_and_then_in(cast, camera, is_now):
    teacher = enter(cast.teacher)
    page = teacher.get(camera.url)
    assert reverse("device-out", args=[camera.ref]) in page.text
    form = teacher.get(reverse("device-out", args=[camera.ref])).context["form"]
    assert form["holder"].value() == cast.teacher.pk, (
        "who has signed in is taken to be who takes it"
    )
    assert taken(teacher, camera, holder=cast.teacher.pk).url == camera.url
    assert "Miss Puffin has it" in enter(cast.colleague).get(camera.url).text
    assert taken(teacher, camera, holder=cast.teacher.pk).url.endswith("/in/")
    brought(teacher, camera, brought_by=cast.teacher.pk)
    page = teacher.get(reverse("loan", args=[Loan.objects.get().ref]))
    assert page.text.count('<svg class="signed"') == 2, "both legs are signed"


def test_who_was_slower_keeps_what_they_drew_and_is_told_who_has_it(cast, camera, out, is_now):
    out(camera)
    page = taken(enter(cast.colleague), camera, holder=cast.colleague.pk, purpose="Owls")
    assert page.status_code == 422
    assert "Miss Puffin has it" in page.text and "Ask them, or take another one" in page.text
    assert SIGNED in page.text and 'value="Owls"' in page.text


def test_a_typed_name_signs_only_when_it_is_theirs(cast, camera, is_now):
    teacher = enter(cast.teacher)
    typed = {"signed": "", "signed_typed": "on", "holder": cast.teacher.pk}
    page = taken(teacher, camera, **typed, typed_name="Mr Tactile")
    assert "Type your name as it stands above: Miss Puffin." in page.text
    assert taken(teacher, camera, **typed, typed_name="miss  puffin").status_code == 302


def test_a_shared_screen_shows_the_board_alone_and_lasts_while_nobody_taps(
    cast, camera, monkeypatch, now
):
    monkeypatch.setattr(timezone, "now", lambda: now)
    tablet = enter(cast.office)
    tablet.post(reverse("devices-board-share"))
    board = reverse("devices-board")
    for url in ("/", "/people/", reverse("devices"), reverse("device-change", args=[camera.ref])):
        assert tablet.get(url).url == board, url
    assert tablet.post(reverse("device-lost", args=[camera.ref])).url == board
    page = tablet.get(board)
    assert "Hall camera" in page.text and 'href="/people/"' not in page.text
    assert tablet.get(camera.url).url == reverse("device-out", args=[camera.ref])
    page = tablet.get(reverse("device-out", args=[camera.ref]))
    assert page.context["form"]["holder"].value() is None, "nobody is taken to be who takes it"
    assert taken(tablet, camera, holder=cast.teacher.pk).url == board
    later = now + timedelta(hours=3)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert brought(tablet, camera, brought_by=cast.teacher.pk).url == board
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=13))
    assert "/login/" in tablet.get(board).url, "it ends with the day"


def test_ending_the_board_leaves_nobody_signed_in(cast, camera):
    tablet = enter(cast.office)
    tablet.post(reverse("devices-board-share"))
    tablet.post(reverse("devices-board-end"))
    assert "/login/" in tablet.get("/").url


def test_a_visit_is_planned_agreed_to_and_the_camera_signed_out_for_it(cast, camera, now, is_now):
    teacher, head, today = enter(cast.teacher), enter(cast.head), now.date()
    typed = {
        "device": camera.pk,
        "holder": cast.teacher.pk,
        "title": "Walk to the canal",
        "leaves_on": today,
        "back_on": today - timedelta(days=1),
        "purpose": "The locks",
    }
    page = teacher.post(reverse("device-plan"), typed)
    assert "This is before it leaves." in page.text and 'value="The locks"' in page.text
    page = teacher.post(reverse("device-plan"), typed | {"back_on": today}, follow=True)
    assert "The head has not answered yet" in page.text
    plan = Plan.objects.get()
    assert (
        "plan" not in teacher.get(reverse("device-out", args=[camera.ref])).context["form"].fields
    )
    request = HeadRequest.objects.get()
    page = head.get(reverse("approval", args=[request.ref]))
    assert "It is kept in Safe." in page.text and "not among our events" in page.text
    assert not page.context["why_no_yes"]
    answer(request, yes=True, digest=request.digest, by=cast.head.user, at=now)
    page = teacher.get(reverse("device-out", args=[camera.ref]))
    assert page.context["form"]["plan"].value() == plan.pk
    page = taken(teacher, camera, holder=cast.colleague.pk, plan=plan.pk)
    assert "The head agreed that Miss Puffin takes it." in page.text
    taken(teacher, camera, holder=cast.teacher.pk, plan=plan.pk)
    assert Loan.objects.get().plan == plan
    page = teacher.post(reverse("device-visit-cancel", args=[plan.ref]), follow=True)
    assert "Sign it in first" in page.text


def test_the_office_writes_devices_down_labels_them_and_takes_them_out_of_use(cast, is_now):
    office = enter(cast.office)
    typed = {"name": "Owls", "kind": "tablet", "lives_in": "Trolley", "users": "named"}
    typed |= {"condition": "good", "takes_pictures": "on"}
    page = office.post(reverse("device-add"), typed)
    assert "Tick whoever may use it." in page.text
    office.post(reverse("device-add"), typed | {"people": [cast.colleague.pk]})
    device = Device.objects.get()
    assert device.kept_for == "Mr Tactile"
    page = office.post(reverse("device-add"), typed | {"people": [cast.colleague.pk]})
    assert "Another device has this name on its label." in page.text
    for url in (reverse("devices-labels"), reverse("device-label", args=[device.ref])):
        assert office.get(url).content.startswith(b"%PDF-")
    assert enter(cast.teacher).get(reverse("device-add")).status_code == 404
    office.post(reverse("device-change", args=[device.ref]), typed | {"users": "all"})
    assert Device.objects.get().kept_for == "all staff"
    office.post(reverse("device-retire", args=[device.ref]), {"wiped": "on"})
    assert list(office.get(reverse("devices")).context["entries"]) == []
    page = office.get(reverse("devices"), {"shown": "retired", "q": "owl"})
    assert "Owls" in page.text
    office.post(reverse("device-use-again", args=[device.ref]))
    assert Device.objects.in_use().exists()


def test_the_register_and_the_loans_are_saved_as_sheets(cast, camera, out, is_now):
    out(camera, purpose="=1+1")
    office = enter(cast.office)
    sheet = office.get(reverse("devices_csv"), {"shown": "out"}).text
    assert "Hall camera" in sheet and "Miss Puffin" in sheet
    assert "'=1+1" in office.get(reverse("loans_csv"), {"q": "puffin"}).text
    assert "Hall camera" not in office.get(reverse("loans_csv"), {"last": "2026-01-01"}).text


def test_losses_and_visits_are_saved_as_sheets_with_what_the_head_said(
    cast, camera, planned, now, is_now
):
    office = enter(cast.office)
    planned(yes=True)
    assert "Walk to the canal, Lockside" in office.get(reverse("device_visits_csv")).text
    assert ",yes" in office.get(reverse("device_visits_csv")).text
    losses.report(camera, held="unknown", last_seen="=2+2", by=cast.teacher.user, at=now)
    assert "'=2+2" in office.get(reverse("losses_csv")).text


def test_a_device_is_taken_on_a_visit_and_not_to_what_happens_in_school(visit, now):
    assert list(visits_from(now)) == [visit]
    Event.objects.update(kind=Kind.IN_SCHOOL)
    assert not visits_from(now).exists()


def test_whoever_brings_a_device_back_finds_its_holder_first_and_nobody_is_chosen(
    cast, camera, out, is_now
):
    out(camera, who=cast.colleague)
    form = enter(cast.office).get(reverse("device-in", args=[camera.ref])).context["form"]
    first, second, *_ = form["brought_by"].field.choices
    assert (first[0], str(second[1])) == ("", "Mr Tactile")
    assert form["brought_by"].value() is None


def test_a_loss_is_reported_found_and_followed_up(cast, camera, is_now):
    teacher, head = enter(cast.teacher), enter(cast.head)
    teacher.post(reverse("device-lost", args=[camera.ref]), {"held": "children"})
    loss = Loss.objects.get()
    here = reverse("device-loss", args=[loss.ref])
    assert "may be a breach" in teacher.get(here).text
    done = reverse("device-loss-done", args=[loss.ref])
    assert teacher.post(done, {"words": "Nothing"}).status_code == 404
    assert head.post(done, {"words": ""}).status_code == 422
    teacher.post(reverse("device-found", args=[loss.ref]), {"where": "The bus"})
    head.post(done, {"words": "The families were told"})
    page = teacher.get(here)
    assert "The bus" in page.text and "The families were told" in page.text


def test_the_office_looks_for_each_device_and_governors_see_what_differed(cast, camera, is_now):
    office = enter(cast.office)
    check = office.post(reverse("stock-check-start")).url
    office.post(f"{check}finish/")
    assert "1 is still to be looked for." in office.get(check).text
    office.post(f"{check}tick/", {"device": camera.pk, "seen": "no"})
    office.post(f"{check}finish/")
    page = enter(cast.governor).get(check)
    assert "not there" in page.text and "Finished on" in page.text
    assert StockCheck.objects.get().finished_by == cast.office.user
    assert "Hall camera,,Safe,not there,Good" in office.get(f"{check}csv/").text


def test_its_holder_says_that_it_comes_back_later(cast, camera, out, is_now):
    loan = out(camera)
    url = reverse("loan-due", args=[loan.ref])
    assert (
        "This moment is past" in enter(cast.teacher).post(url, {"due_at": "2026-11-01T09:00"}).text
    )
    enter(cast.teacher).post(url, {"due_at": "2026-11-25T15:00"})
    loan.refresh_from_db()
    assert loan.due_at.day == 25
    assert enter(cast.colleague).get(url).status_code == 404
