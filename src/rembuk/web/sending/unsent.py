"""What a form sent that met no database, or a limit: kept in the page of the error, so that one press sends it again."""

from dataclasses import dataclass

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.utils.http import escape_leading_slashes

from rembuk.web.sending.keys import NOT_CONTENT

ACCOUNTS = ("/akun/", "/en/akun/")
MOST_CHARACTERS = 200_000
HOLDS_WORDS = "Holds-Words"
"""The header of a refusal with a text in it, which answers no other request."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """Where the form goes, and its fields in their order, with token and key: nothing is done twice by sending it again."""

    address: str
    fields: tuple[tuple[str, str], ...]

    @property
    def has_words(self) -> bool:
        """Whether it holds more than the number of a button, as a vote has."""
        return any(
            value.strip() and not value.strip().lstrip("-").isdecimal()
            for name, value in self.fields
            if name not in NOT_CONTENT and name != "next"
        )


def unsent(request: HttpRequest) -> Unsent | None:
    """The form of a request that failed; ``None`` where there is none, and for what a page must not or cannot hold:
    passwords and codes, files, very long texts.
    """
    if request.method != "POST" or request.path.startswith(ACCOUNTS):
        return None
    try:
        given, files = request.POST, request.FILES
    except (BadRequest, SuspiciousOperation, UnreadablePostError):
        return None
    fields = tuple((name, str(value)) for name, values in given.lists() for value in values)
    is_secret = any("password" in name for name in given)
    if not fields or files or is_secret or sum(len(value) for _name, value in fields) > MOST_CHARACTERS:
        return None
    return Unsent(escape_leading_slashes(request.get_full_path()), fields)
