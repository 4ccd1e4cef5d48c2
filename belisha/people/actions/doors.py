"""Ways in: who can sign in, and a demonstration's addresses that sign people in."""

from django.core import signing

from belisha.people.models import School, User

_DOOR = "belisha.demonstration"


def add_user(school: School, *, email: str, name: str, password: str | None) -> User:
    """Make someone who can sign in; without a password only a demonstration's address lets them."""
    user = User(school=school, email=email.lower(), name=name)
    user.set_password(password)
    user.save(force_insert=True)
    return user


def demonstration_pass(user: User) -> str:
    """Return what signs this person in, in a demonstration only. Raises `ValueError` elsewhere."""
    if not user.school.demonstration:
        raise ValueError("Only a demonstration has such addresses.")
    return signing.dumps(user.pk, salt=_DOOR)


def bearer_of(demonstration_pass: str) -> User | None:
    """Return whom a pass signs in, or None when it is wrong or the school is a real one."""
    try:
        pk = signing.loads(demonstration_pass, salt=_DOOR)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk, school__demonstration=True, is_active=True).first()
