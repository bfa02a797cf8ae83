"""Between opening the setup page and the first right code: the new secret; and the recovery codes that are shown once.

Both lie sealed in the session of this browser until they are used, or a quarter of an hour has passed.
"""

import json

import segno
from django.http import HttpRequest

from rembuk.accounts.models import Person
from rembuk.accounts.second_factor import totp, vault
from rembuk.common.clock import now
from rembuk.siteconfig.selectors import current

LASTS = 15 * 60
_SECRET, _CODES = "second_factor_secret", "recovery_codes"


def secret(request: HttpRequest) -> str:
    """The secret that this browser is setting up; the same one while the page is open."""
    kept = _read(request, _SECRET)
    if not kept:
        kept = totp.new_secret()
    _write(request, _SECRET, kept)
    return kept


def picture(secret: str, person: Person) -> str:
    """The QR code for the app, as the address of an SVG."""
    address = totp.address(secret, issuer=current().site_name, holder=_holder(person))
    return segno.make(address, error="m").svg_data_uri(scale=5, border=3, dark="#111", light="#fff")


def in_groups(secret: str) -> str:
    """The secret in groups of four, to be typed by hand."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def show_once(request: HttpRequest, codes: list[str]) -> None:
    """Keep fresh recovery codes for the page that shows them; the secret is used up."""
    request.session.pop(_SECRET, None)
    _write(request, _CODES, json.dumps(codes))


def codes_to_show(request: HttpRequest) -> list[str]:
    """The recovery codes that this browser may still see; empty after they were put away."""
    kept = _read(request, _CODES)
    return list(json.loads(kept)) if kept else []


def put_away(request: HttpRequest) -> None:
    """The codes are kept elsewhere now."""
    request.session.pop(_CODES, None)


def codes_as_text(codes: list[str], person: Person) -> str:
    """What the file with the codes holds."""
    return "\n".join([current().site_name, _holder(person), "", *codes, ""])


def _holder(person: Person) -> str:
    return person.email or person.sign_in_name or str(person.public_id)


def _read(request: HttpRequest, key: str) -> str:
    sealed, at = request.session.get(key, ("", 0))
    if sealed and now().timestamp() - at > LASTS:
        del request.session[key]
        return ""
    return vault.unseal(sealed) if sealed else ""


def _write(request: HttpRequest, key: str, text: str) -> None:
    request.session[key] = (vault.seal(text), int(now().timestamp()))
