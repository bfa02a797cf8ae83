"""Which drafts this browser holds: ids in the session, and a signed key in the form before there is a session.

Also how often somebody may write. Not here: the drafts themselves (``proposals.doors``, ``proposals.actions``).
"""

import uuid
from datetime import timedelta
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest
from django.urls import reverse

from rembuk.accounts import limits
from rembuk.accounts.models import Person
from rembuk.proposals import doors
from rembuk.proposals.models import Proposal
from rembuk.web.addresses import client_address

SESSION_KEY = "drafts"
KEY_FIELD = "kunci"
MOST = 20
_AGE = timedelta(days=14)
_SIGNER = signing.TimestampSigner(salt="rembuk.proposals.draft")
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def writer(request: HttpRequest) -> Person | None:
    """The signed-in person, or ``None`` for a visitor."""
    return request.user if isinstance(request.user, Person) else None


def key_of(public_id: uuid.UUID) -> str:
    """The signed key of a draft: whoever holds it began it, or was let to it."""
    return _SIGNER.sign(str(public_id))


def with_key(route: str, public_id: uuid.UUID, *more: uuid.UUID) -> str:
    """The address of a draft's route with its key."""
    return f"{reverse(route, args=[public_id, *more])}?{urlencode({KEY_FIELD: key_of(public_id)})}"


def claimed(request: HttpRequest) -> uuid.UUID | None:
    """The draft whose key came with the request, or ``None`` when there is none or it is not ours."""
    key = request.POST.get(KEY_FIELD) or request.GET.get(KEY_FIELD) or ""
    try:
        return uuid.UUID(_SIGNER.unsign(key, max_age=_AGE))
    except (signing.BadSignature, ValueError):
        return None


def in_session(request: HttpRequest) -> list[str]:
    """Ids of the drafts that the session of this browser knows."""
    return list(request.session.get(SESSION_KEY, ()))


def kept(request: HttpRequest) -> list[str]:
    """Ids of the drafts this browser holds, by its session or by the key in the form."""
    key = claimed(request)
    return [*in_session(request), str(key)] if key else in_session(request)


def remember(request: HttpRequest, draft: Proposal) -> None:
    """Keep a visitor's draft in the session, until somebody who signs in takes it over."""
    if draft.author_id is None:
        others = [key for key in in_session(request) if key != str(draft.public_id)]
        request.session[SESSION_KEY] = [*others, str(draft.public_id)][-MOST:]


def open_draft(request: HttpRequest, public_id: uuid.UUID) -> Proposal:
    """The draft this browser or person may continue.

    Raises:
        NotVisible: for any other.
    """
    return doors.draft_for(public_id, writer(request), kept(request))


def may_begin(request: HttpRequest, public_id: uuid.UUID) -> bool:
    """Whether the draft does not exist yet and the request carries its key."""
    return claimed(request) == public_id and not Proposal.objects.filter(public_id=public_id).exists()


def count_saving(request: HttpRequest) -> None:
    """Count one saving of a text or file, per account or, generously, per network address.

    Raises:
        TooMany: when somebody writes faster than people do.
    """
    person = writer(request)
    if person is not None:
        limits.hit(f"proposal.save:{person.pk}", allowed=300, window=_HOUR)
    else:
        limits.hit(f"proposal.save:{client_address(request)}", allowed=600, window=_HOUR)


def count_sending(person: Person) -> None:
    """Count one sending: ten proposals a day are enough for anybody.

    Raises:
        TooMany: for the eleventh.
    """
    limits.hit(f"proposal.send:{person.pk}", allowed=10, window=_DAY)
