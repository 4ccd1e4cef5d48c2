"""Row numbers that no two processes make."""

import subprocess
import sys

from belisha.lib.ids import new_id

FORKED = """
import os
from belisha.lib.ids import new_id
children = []
for _ in range(4):
    child = os.fork()
    if not child:
        os.write(1, "".join(f"{new_id() % (1 << 22)}\\n" for _ in range(100)).encode())
        os._exit(0)
    children.append(child)
for child in children:
    os.waitpid(child, 0)
"""


def test_processes_that_were_forked_do_not_count_alike():
    done = subprocess.run(
        [sys.executable, "-c", FORKED], check=True, text=True, stdout=subprocess.PIPE
    )
    assert len(set(done.stdout.split())) == 400


def test_numbers_rise():
    assert new_id() < new_id()
