"""Letters are put into the job queue, in the transaction of what they tell."""

from rembuk.accounts.letters import jobs
from rembuk.accounts.models import Person


def post(kind: str, person: Person, *, to: str = "", way_back: str = "") -> None:
    """Queue a letter to a person, in the caller's transaction; ``to`` is an address other than the person's own.

    Nothing is queued for somebody without an email address.
    """
    if not (to or person.email):
        return

    jobs.send_letter.defer(
        kind=kind,
        person_id=person.pk,
        name=person.name,
        email=to or person.email or "",
        language=person.language,
        way_back=way_back,
    )


def post_reset(email: str) -> None:
    """Queue the answer to somebody who asks for a new password. Whether there is an account is found out later."""
    jobs.answer_reset_request.defer(email=email.strip().lower())
