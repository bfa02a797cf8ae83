"""Who sits before a consultation's form: the person or browser, the submission she may write on, and whether she may now.

Drafts of visitors are known by ids in the session, and by a signed key in the form before there is a session. Also how
often somebody may write. Not here: the submissions themselves (``consultations.doors``, ``actions.taking``).
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.http import HttpRequest

from rembuk.accounts import limits
from rembuk.accounts.models import Person
from rembuk.common.clock import now
from rembuk.common.errors import Denied
from rembuk.consultations import doors, rules
from rembuk.consultations.actions.taking import drafts
from rembuk.consultations.actions.taking.drafts import Edit
from rembuk.consultations.choices import Audience
from rembuk.consultations.models import Consultation, Submission
from rembuk.consultations.schedule import Stage, stage
from rembuk.consultations.selectors import heard
from rembuk.consultations.states import SubmissionState
from rembuk.web.accounts.ways import DRAFTS
from rembuk.web.addresses import client_address

KEY_FIELD = "kunci"
MOST = 20
_AGE = timedelta(days=14)
_SIGNER = signing.TimestampSigner(salt="rembuk.consultations.draft")
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(slots=True)
class Seat:
    """``submission`` is the one she writes on (her own, or this browser's draft), ``key`` the id of one to begin."""

    request: HttpRequest
    consultation: Consultation
    person: Person | None
    submission: Submission | None
    # What this browser began before she signed in, beside a submission of her own.
    beside: Submission | None
    key: UUID
    stage: Stage

    @property
    def code(self) -> str:
        """The consultation's code, as addresses have it."""
        return self.consultation.code

    @property
    def is_open(self) -> bool:
        """Whether submissions are taken now."""
        return self.stage is Stage.OPEN

    @property
    def is_sent(self) -> bool:
        """Whether it is a change of what was sent already."""
        return self.submission is not None and self.submission.state != SubmissionState.DRAFT

    @property
    def signed_key(self) -> str:
        """The key for the form: whoever holds it began the draft."""
        return _SIGNER.sign(str(self.key))

    def save(self, edit: Edit) -> Submission:
        """Keep one page, counted against the limits; a visitor's draft is remembered in the session.

        Raises:
            TooMany: when somebody writes faster than people do.
        """
        _count_saving(self.request, self.person)
        self.submission = drafts.save_working(
            self.consultation,
            edit,
            by=self.person,
            public_id=self.key,
            kept=[*kept(self.request), str(self.key)],
        )
        if self.submission.author_id is None:
            remember(self.request, self.submission.public_id)
        return self.submission


def take_seat(request: HttpRequest, code: str) -> Seat:
    """The seat before an announced consultation.

    Raises:
        NotVisible: for drafts of consultations and codes that do not exist.
    """
    consultation = doors.for_public(code)
    person = request.user if isinstance(request.user, Person) else None
    begun = _begun_here(request, consultation)
    own = heard.own_submission(consultation, person) if person else None
    if person is not None and own is None and begun is not None:
        drafts.adopt_drafts([str(begun.public_id)], by=person)
        own = heard.own_submission(consultation, person)
    found = own if person is not None else begun
    return Seat(
        request=request,
        consultation=consultation,
        person=person,
        submission=found,
        beside=begun if own is not None and begun is not None and begun.pk != own.pk else None,
        key=found.public_id if found else _key_to_begin(request),
        stage=stage(consultation, now()),
    )


def claimed(request: HttpRequest) -> UUID | None:
    """The draft whose key came with the form, or ``None`` when there is none or it is not ours."""
    try:
        return UUID(_SIGNER.unsign(request.POST.get(KEY_FIELD, ""), max_age=_AGE))
    except (signing.BadSignature, ValueError):
        return None


def _key_to_begin(request: HttpRequest) -> UUID:
    """The id of a draft to begin: that of the form, pressed twice it is one draft; a new one where that is taken."""
    key = claimed(request)
    return uuid.uuid4() if key is None or Submission.objects.filter(public_id=key).exists() else key


def kept(request: HttpRequest) -> list[str]:
    """Ids of the drafts this browser holds, by its session or by the key in the form."""
    known = list(request.session.get(DRAFTS, ()))
    key = claimed(request)
    return [*known, str(key)] if key else known


def remember(request: HttpRequest, public_id: UUID) -> None:
    """Keep a visitor's draft in the session, until somebody who signs in takes it over."""
    others = [key for key in request.session.get(DRAFTS, ()) if key != str(public_id)]
    request.session[DRAFTS] = [*others, str(public_id)][-MOST:]


def forget(request: HttpRequest, public_id: UUID) -> None:
    """Drop a draft that is gone from the session."""
    if str(public_id) in request.session.get(DRAFTS, ()):
        request.session[DRAFTS] = [key for key in request.session[DRAFTS] if key != str(public_id)]


def refusal(seat: Seat) -> Denied | None:
    """Why this person can't take part here, whatever the clock says; ``None`` when she can, or may after signing in."""
    if seat.person is None:
        return None
    verdict = rules.may_take_part(seat.consultation, seat.person)
    return verdict if isinstance(verdict, Denied) else None


def must_sign_in_first(seat: Seat) -> bool:
    """Where only named organisations answer, nobody writes in vain: the account is asked for before the first page."""
    return seat.person is None and seat.consultation.audience == Audience.ORGANISATIONS


def is_invited_only(seat: Seat) -> bool:
    """Whether the person is kept out because only named organisations answer here."""
    return (
        seat.person is not None
        and seat.consultation.audience == Audience.ORGANISATIONS
        and not rules.is_invited(seat.consultation, seat.person)
    )


def count_sending(person: Person, request: HttpRequest) -> None:
    """Count one sending or change, per account and, generously, per network address.

    Raises:
        TooMany: for more than thirty a day, or a thousand from one address.
    """
    limits.hit(f"submission.send:{person.pk}", allowed=30, window=_DAY)
    limits.hit(f"submission.send:{client_address(request)}", allowed=1000, window=_DAY)


def _count_saving(request: HttpRequest, person: Person | None) -> None:
    """A page saved: five hundred an hour per account are a text of many clauses, thrice over."""
    if person is not None:
        limits.hit(f"submission.save:{person.pk}", allowed=500, window=_HOUR)
    else:
        limits.hit(f"submission.save:{client_address(request)}", allowed=2000, window=_HOUR)


def _begun_here(request: HttpRequest, consultation: Consultation) -> Submission | None:
    """The newest draft of a visitor that this browser holds for this consultation."""
    keys = kept(request)
    if not keys:
        return None
    rows = Submission.objects.filter(
        consultation=consultation, author=None, code=None, state=SubmissionState.DRAFT, public_id__in=keys
    )
    return rows.order_by("-changed_at", "-pk").first()
