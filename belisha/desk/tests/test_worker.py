"""The background work goes on, whatever happens to one job."""

from itertools import pairwise
from threading import Event

import pytest

from belisha.desk import worker
from belisha.desk.worker import Turn, work

pytestmark = pytest.mark.django_db  # the loop lets go of idle connections


END = Event()


@pytest.fixture(autouse=True)
def begin():
    END.clear()


def run_until_told(*jobs):
    """Work with the jobs until one of them sets the event."""
    work(jobs, until=END)


def test_a_job_with_work_left_runs_again_at_once(monkeypatch):
    monkeypatch.setattr(END, "wait", lambda seconds: pytest.fail("it rested with work waiting"))
    waiting = ["first picture", "second picture", "third picture"]

    def job(at):
        waiting.pop()
        if not waiting:
            END.set()
        return True

    run_until_told(job)
    assert waiting == []


def test_a_worker_without_work_rests_about_a_second(monkeypatch):
    rests = []
    monkeypatch.setattr(END, "wait", lambda seconds: (rests.append(seconds), END.set()))
    run_until_told(lambda at: False)
    assert 0.5 < rests[0] < 1.5


def test_a_job_that_fails_does_not_end_the_work_of_the_others(caplog):
    def fails(at):
        raise ValueError

    def ends(at):
        END.set()
        return True

    run_until_told(fails, ends)
    assert "fails failed" in caplog.text


def test_what_is_logged_of_a_failure_names_the_place_and_no_child(caplog):
    child = "Aaliyah"

    def fails(at):
        raise ValueError(child)

    Turn(fails).take()
    assert "ValueError" in caplog.text
    assert "test_worker.py" in caplog.text
    assert "Aaliyah" not in caplog.text


def test_a_job_that_fails_again_and_again_rests_longer_each_time(monkeypatch):
    now = 1000.0
    monkeypatch.setattr(worker.time, "monotonic", lambda: now)
    tries = []

    def fails(at):
        tries.append(now)
        raise ValueError

    turn = Turn(fails)
    for _ in range(300):
        turn.take()
        now += 1
    pauses = [later - earlier for earlier, later in pairwise(tries)]
    assert pauses == sorted(pauses)
    assert pauses[0] == 2
    assert pauses[-1] == worker.LONGEST_REST


def test_the_worker_sends_mail_and_reminders_and_forgets_what_is_old():
    assert {job.__name__ for job in worker.JOBS} >= {"send_mail", "remind", "forget_mail"}
