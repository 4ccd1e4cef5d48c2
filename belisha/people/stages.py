"""The second step of signing in."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest
from django_scopes import scope

from belisha.people.access import by_provider
from belisha.people.models import Staff


class SecondStep(AuthenticateStage):  # type: ignore[misc] # allauth has no types
    """Asked of everyone on the staff who has a second factor and has not shown it by coming in.

    Whoever has none yet is led to set one up by the doorkeeper.
    """

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        with scope(school=user.school):
            if not Staff.objects.current().filter(user=user).exists():
                return False
        shown = {record["method"] for record in get_authentication_records(request, user)}
        if shown & by_provider():
            return False
        return bool(super()._should_handle(request))
