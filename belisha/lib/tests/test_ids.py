"""Row numbers that no two processes make."""

import multiprocessing

from belisha.lib.ids import _TAIL_BITS, new_id


def tails(queue):
    queue.put([new_id() % (1 << _TAIL_BITS) for _ in range(100)])


def test_processes_that_were_forked_do_not_count_alike():
    fork = multiprocessing.get_context("fork")
    queue = fork.Queue()
    children = [fork.Process(target=tails, args=(queue,)) for _ in range(4)]
    for child in children:
        child.start()
    made = [queue.get(timeout=30) for _ in children]
    for child in children:
        child.join()
    assert len({tail for some in made for tail in some}) == 400


def test_numbers_rise_with_time():
    assert new_id() >> _TAIL_BITS <= new_id() >> _TAIL_BITS
