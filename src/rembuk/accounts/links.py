"""The links that letters carry: to confirm an address, to choose a password, to change the address.

Each is signed, ends by itself, and names nobody by number. Pages read them back here.
"""

from urllib.parse import urlencode
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.urls import reverse

from rembuk.accounts.models import Person

DAYS = 3
"""How long the links work; Django's own default for those that choose a password."""
_CONFIRM_SALT = "rembuk.accounts.confirmation"
_CHANGE_SALT = "rembuk.accounts.address"


def confirmation_path(address: EmailAddress, way_back: str = "") -> str:
    """The page that confirms an address, in the active language; ``way_back`` is where the person was."""
    key = signing.dumps([address.user.public_id.hex, address.email], salt=_CONFIRM_SALT)
    path = reverse("account_confirm_email", args=[key])
    return f"{path}?{urlencode({'next': way_back})}" if way_back else path


def address_of(key: str) -> EmailAddress | None:
    """The still unconfirmed address of a confirmation link; ``None`` when it ended, is used, or is not ours."""
    try:
        public_id, email = signing.loads(key, salt=_CONFIRM_SALT, max_age=DAYS * 86400)
    except (signing.BadSignature, ValueError):
        return None
    mine = EmailAddress.objects.select_related("user")
    found: EmailAddress | None = mine.filter(
        user__public_id=UUID(public_id), email=email, verified=False
    ).first()
    return found


def password_path(person: Person) -> str:
    """The page where the person chooses a password, in the active language. Dead once used or signed in."""
    key = f"{person.public_id.hex}-{default_token_generator.make_token(person)}"
    return reverse("account_reset_password_from_key", args=[key])


def person_of(key: str) -> Person | None:
    """The person whose password link this is; ``None`` when it ended, is used, or is not ours."""
    public_id, _, token = key.partition("-")
    try:
        person = Person.objects.filter(public_id=UUID(public_id), is_active=True, deleted_at=None).first()
    except ValueError:
        return None
    return person if person and default_token_generator.check_token(person, token) else None


def change_path(person: Person, email: str) -> str:
    """The page that makes ``email`` the person's address, in the active language. Dead once the address changed."""
    token = signing.dumps([person.public_id.hex, person.email, email], salt=_CHANGE_SALT)
    return reverse("accounts:confirm_address", args=[token])


def change_of(token: str) -> tuple[Person, str] | None:
    """The person and the new address of such a link; ``None`` when it ended, is used, or is not ours."""
    try:
        public_id, old, new = signing.loads(token, salt=_CHANGE_SALT, max_age=DAYS * 86400)
    except (signing.BadSignature, ValueError):
        return None
    person = Person.objects.filter(public_id=UUID(public_id), email=old, is_active=True).first()
    return (person, new) if person else None
