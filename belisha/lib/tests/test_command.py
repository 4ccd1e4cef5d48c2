"""What a command says when the machine gives way under it."""

import errno

from django.db import OperationalError
from django.db.transaction import TransactionManagementError

from belisha.lib.command import DISK_FULL, cause_of


def test_a_full_disk_is_called_so_whoever_met_it_first():
    assert cause_of(OSError(errno.ENOSPC, "No space left on device")) == DISK_FULL
    later = TransactionManagementError("You can't execute queries until the end")
    later.__context__ = OperationalError("database or disk is full")
    assert cause_of(later) == DISK_FULL
    assert cause_of(OSError(errno.EACCES, "Permission denied")) == "[Errno 13] Permission denied"
