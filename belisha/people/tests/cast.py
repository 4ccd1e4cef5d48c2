"""People for tests: every test names its own, so that it reads as a story."""

import hashlib
import json
import os

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.contrib.auth.signals import user_logged_in
from django.http import HttpResponse
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from belisha.people.actions import add_user
from belisha.people.models import (
    Parent,
    Pupil,
    Relation,
    School,
    SchoolClass,
    Staff,
    StaffRole,
    Teaching,
    User,
)
from belisha.people.rules import Role


def make_staff(school: School, name: str, *roles: Role) -> Staff:
    """Someone who works at the school and can sign in: ``client.force_login(staff.user)``."""
    email = _email(name)
    user = add_user(school, email=email, name=name, password=None)
    give_second_factor(user)
    staff = Staff.objects.create(school=school, name=name, email=email, user=user)
    for role in roles:
        StaffRole.objects.create(school=school, staff=staff, role=role)
    return staff


def give_second_factor(user: User) -> str:
    """An app with codes, as all staff have one; returns what the app is told."""
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def give_passkey(
    user: User, name: str, key: ec.EllipticCurvePrivateKey | None = None
) -> Authenticator:
    """A passkey in somebody's list, made as a browser makes one; `key` is the device's half."""
    public = (key or ec.generate_private_key(ec.SECP256R1())).public_key()
    made = AttestedCredentialData.create(
        Aaguid(bytes(16)), os.urandom(16), ES256.from_cryptography_key(public)
    )
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(hashlib.sha256(b"localhost").digest(), flags, 0, made)
    told = CollectedClientData.create("webauthn.create", b"asked", "http://localhost")
    credential = {
        "type": "public-key",
        "id": websafe_encode(made.credential_id),
        "rawId": websafe_encode(made.credential_id),
        "clientExtensionResults": {},
        "response": {
            "clientDataJSON": websafe_encode(told),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
    }
    found: Authenticator = WebAuthn.add(user, name, credential).instance
    return found


def show_passkey(
    browser: Client, passkey: Authenticator, key: ec.EllipticCurvePrivateKey, **fields: str
) -> HttpResponse:
    """Sign in by a passkey alone, as a browser does at http://localhost."""
    door = "/account/login/passkey/"
    asked = browser.get(door, headers={"Accept": "application/json"}).json()["request_options"]
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
    data = AuthenticatorData.create(hashlib.sha256(b"localhost").digest(), flags, 1)
    challenge = websafe_decode(asked["publicKey"]["challenge"])
    told = CollectedClientData.create("webauthn.get", challenge, "http://localhost")
    made = passkey.wrap().authenticator_data.credential_data
    credential = {
        "type": "public-key",
        "id": websafe_encode(made.credential_id),
        "rawId": websafe_encode(made.credential_id),
        "clientExtensionResults": {},
        "response": {
            "clientDataJSON": websafe_encode(told),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(key.sign(data + told.hash, ec.ECDSA(SHA256()))),
            "userHandle": websafe_encode(user_pk_to_url_str(passkey.user).encode()),
        },
    }
    return browser.post(door, {"credential": json.dumps(credential), **fields})


def _whole_sign_in(request, user, **kwargs):
    """`force_login` stands for a whole sign-in, with the second factor where there is one."""
    if request.method is None and Authenticator.objects.filter(user=user).exists():
        record_authentication(request, user, "mfa", type="totp")


# A request of a browser has a method; that of `force_login` has none.
user_logged_in.connect(_whole_sign_in, dispatch_uid="belisha.people.tests.whole_sign_in")


def make_class(school: School, name: str, *teachers: Staff, year: int | None = None) -> SchoolClass:
    """A class and who teaches it."""
    school_class = SchoolClass.objects.create(school=school, name=name, year_group=year)
    for staff in teachers:
        Teaching.objects.create(school=school, staff=staff, school_class=school_class)
    return school_class


def make_pupil(
    school: School, first: str, last: str, school_class: SchoolClass | None = None
) -> Pupil:
    """A child at the school, in the year group of the class."""
    return Pupil.objects.create(
        school=school,
        first_name=first,
        last_name=last,
        school_class=school_class,
        year_group=school_class.year_group if school_class else None,
    )


def make_parent(
    school: School, pupil: Pupil, first: str, last: str, pr: bool = True, no_contact: bool = False
) -> Parent:
    """A parent who can sign in. For a second child of the same parent see `join`."""
    name = f"{first} {last}"
    user = add_user(school, email=_email(name), name=name, password=None)
    parent = Parent.objects.create(
        school=school, first_name=first, last_name=last, email=user.email, user=user
    )
    join(parent, pupil, pr=pr, no_contact=no_contact)
    return parent


def join(parent: Parent, pupil: Pupil, pr: bool = True, no_contact: bool = False) -> Relation:
    """Make this parent a parent of this child too."""
    return Relation.objects.create(
        school=pupil.school,
        pupil=pupil,
        parent=parent,
        parental_responsibility=pr,
        no_contact=no_contact,
    )


def _email(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@people.example"
