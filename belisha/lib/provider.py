"""The school's own sign-in, at Google, Microsoft or any other OpenID Connect provider."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class OpenIdProvider:
    """Where the school signs in, and whose accounts of that provider are the school's own."""

    issuer: str
    client: str
    secret: str
    name: str  # stands on the button
    tenants: frozenset[str]  # `tid` of Microsoft
    hosted_domains: frozenset[str]  # `hd` of Google
    domains: frozenset[str]  # of email addresses, at any provider
    second_factor: bool  # the provider asks for one

    def for_allauth(self) -> dict[str, Any]:
        """The provider as SOCIALACCOUNT_PROVIDERS has it. An account is known by issuer and
        subject, so another issuer cannot bring the accounts of this one."""
        app = {
            "provider_id": self.issuer,
            "name": self.name,
            "client_id": self.client,
            "secret": self.secret,
            "settings": {
                "server_url": self.issuer,
                "fetch_userinfo": False,
                "oauth_pkce_enabled": True,
            },
        }
        return {"openid_connect": {"APPS": [app]}}


def provider(environment: Mapping[str, str]) -> OpenIdProvider | None:
    """Read the provider from the environment; None where no BELISHA_OIDC_ISSUER is set.

    Raises `ValueError` when something is missing, above all the list of whose accounts may come in:
    without one any account of Google or Microsoft could claim a teacher's address.
    """
    issuer = environment.get("BELISHA_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return None
    client = environment.get("BELISHA_OIDC_CLIENT", "")
    file = environment.get("BELISHA_OIDC_SECRET_FILE", "")
    if not client or not file:
        raise ValueError("BELISHA_OIDC_CLIENT and BELISHA_OIDC_SECRET_FILE must be set too")
    tenants, hosted, domains = (
        frozenset(environment.get(f"BELISHA_OIDC_{name}", "").lower().replace(",", " ").split())
        for name in ("TENANTS", "HOSTED_DOMAINS", "DOMAINS")
    )
    if not tenants | hosted | domains:
        raise ValueError(
            "one of BELISHA_OIDC_TENANTS, BELISHA_OIDC_HOSTED_DOMAINS and BELISHA_OIDC_DOMAINS "
            "must say whose accounts are the school's own"
        )
    return OpenIdProvider(
        issuer=issuer,
        client=client,
        secret=Path(file).read_text().strip(),
        name=environment.get("BELISHA_OIDC_NAME", "") or "your school account",
        tenants=tenants,
        hosted_domains=hosted,
        domains=domains,
        second_factor=environment.get("BELISHA_OIDC_SECOND_FACTOR", "yes") != "no",
    )
