"""Expected errors: raised by rules, doors and actions, translated to HTTP once in ``web.guards``.

Unexpected errors are never caught to go on.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Words = str | Promise


class DomainError(Exception):
    """An expected refusal: a stable ``code`` for machines and a sentence for people."""

    code: str = "error"

    def __init__(self, message: Words, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return str(self.message)


class Denied(DomainError):
    """The person may not do this (403). Rules return it, ``require`` raises it."""

    code = "denied"
    ok: Final = False


class Allowed:
    """What a rule returns when the person may."""

    ok: Final = True

    def __bool__(self) -> bool:
        return True


ALLOWED: Final = Allowed()
type Verdict = Allowed | Denied


class WrongState(DomainError):
    """The thing is in a state that has no such step (409); ``is_overtaken`` where that is because somebody was faster."""

    code = "wrong_state"
    is_overtaken: bool = False


class Invalid(DomainError):
    """The input breaks a rule (422); ``fields`` maps a field name to its messages."""

    code = "invalid"

    def __init__(self, message: Words, *, fields: Mapping[str, Sequence[Words]] | None = None) -> None:
        super().__init__(message)
        self.fields: dict[str, list[Words]] = {name: list(texts) for name, texts in (fields or {}).items()}


class TooMany(DomainError):
    """A limit is used up (429); ``retry_after`` is in seconds.

    ``is_of_network`` says that everybody at the same network address would be refused.
    """

    code = "too_many"

    def __init__(
        self, message: Words | None = None, *, retry_after: int = 60, is_of_network: bool = False
    ) -> None:
        super().__init__(message or _("That was too many times in a short while. Please wait and try again."))
        self.retry_after, self.is_of_network = retry_after, is_of_network


class Busy(TooMany):
    """The site has too much to do at this moment (503); ``retry_after`` is in seconds."""

    code = "busy"


class NotVisible(DomainError):
    """There is no such thing for this person (404): absent and forbidden look the same."""

    code = "not_found"

    def __init__(self, message: Words | None = None) -> None:
        super().__init__(message or _("This page was not found."))


def require(verdict: Verdict) -> None:
    """Return when a rule allowed; raise its refusal otherwise.

    Raises:
        Denied: the rule's own refusal, with its reason.
    """
    if isinstance(verdict, Denied):
        raise verdict
