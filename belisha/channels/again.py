"""What of this area is done again after a restore: an account that was closed stays closed."""

from belisha.audit.journal import Line
from belisha.channels.actions import accounts
from belisha.channels.models import Account, Closing
from belisha.people.again import who

WHY = "Closed before a restore. The words are lost."


def _closed(line: Line) -> bool:
    account = Account.objects.get(pk=line.about_id)
    if Closing.objects.open().filter(account=account).exists():
        return False
    accounts.close(account, why=WHY, by=who(line), at=line.at)
    return True


AGAIN = {"account.closed": _closed}
