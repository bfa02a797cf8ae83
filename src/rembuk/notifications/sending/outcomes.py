"""What a mail server's answer means for a mail. No database here."""

import smtplib
from dataclasses import dataclass
from datetime import timedelta

from rembuk.notifications.models import DeliveryState

RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
"""How long to wait after the first, second ... failure; after the last one the mail is given up."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state a mail goes to and why.

    ``is_unreachable``: the reader's address is refused for good. ``is_doubtful``: the connection broke after
    the letter was begun, so that it may have arrived.
    """

    state: DeliveryState
    problem: str = ""
    is_unreachable: bool = False
    is_doubtful: bool = False


SENT = Outcome(DeliveryState.SENT)


def outcome_of(error: Exception) -> Outcome:
    """What an error while handing a letter over means: refused for good, worth another try, or unknown.

    ``RecipientsRefused`` with 5xx says that the address is wrong; a 5xx for the letter itself says that it
    is of no use to send it again. Other answers (4xx, our own sign-in refused) may pass.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()), (0, b""))
        return _by_code(code, answer, refuses_address=True)
    if isinstance(error, smtplib.SMTPDataError):
        return _by_code(error.smtp_code, error.smtp_error, refuses_address=False)
    if isinstance(error, ValueError):
        return Outcome(DeliveryState.FAILED, "not a valid letter")
    is_answer = isinstance(error, smtplib.SMTPResponseException)
    return Outcome(DeliveryState.QUEUED, type(error).__name__, is_doubtful=not is_answer)


def not_connected(error: Exception) -> Outcome:
    """What it means that the server could not be reached: nothing was sent, try later."""
    return Outcome(DeliveryState.QUEUED, type(error).__name__)


def _by_code(code: int, answer: bytes | str, *, refuses_address: bool) -> Outcome:
    words = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    problem = f"{code} {' '.join(words.split()[:2])}"[:60]
    if not 500 <= code < 600:
        return Outcome(DeliveryState.QUEUED, problem)
    state = DeliveryState.BOUNCED if refuses_address else DeliveryState.FAILED
    return Outcome(state, problem, is_unreachable=refuses_address)
