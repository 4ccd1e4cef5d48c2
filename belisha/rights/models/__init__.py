"""What this area remembers."""

from belisha.rights.models.backups import Backup, Restore, Takeaway
from belisha.rights.models.requests import Handing, Item, Request, Statement, leavers_with_a_file

__all__ = [
    "Backup",
    "Handing",
    "Item",
    "Request",
    "Restore",
    "Statement",
    "Takeaway",
    "leavers_with_a_file",
]
