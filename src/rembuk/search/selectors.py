"""What somebody typed into the search box, as querysets and codes."""

from django.contrib.postgres.search import SearchRank
from django.db.models import F, QuerySet

from rembuk.common import search
from rembuk.common.codes import read_code
from rembuk.consultations.models import Consultation
from rembuk.consultations.selectors import listing as consultations
from rembuk.programs import selectors as programs
from rembuk.programs.models import Program
from rembuk.proposals import selectors as proposals
from rembuk.proposals.models import Proposal

MOST_TYPED = 200
# So many of the newest are compared; a word that more have tells little apart.
MOST_RANKED = 100


def code_in(text: str) -> str | None:
    """The public code somebody typed, in its proper spelling, whether it exists or not."""
    found = read_code(text[:MOST_TYPED])
    return str(found) if found else None


def matching_proposals(text: str) -> QuerySet[Proposal]:
    """Listed proposals that hold every word typed, as a stem or as written; none for a text without words."""
    wanted = search.query(text[:MOST_TYPED])
    return proposals.listed().filter(search=wanted) if wanted is not None else Proposal.objects.none()


def matching_programs(text: str) -> QuerySet[Program]:
    """Listed programmes that hold every word typed; none for a text without words."""
    wanted = search.query(text[:MOST_TYPED])
    return programs.listed().filter(search=wanted) if wanted is not None else Program.objects.none()


def matching_consultations(text: str) -> QuerySet[Consultation]:
    """Listed consultations that hold every word typed, in their own words or in the published text; none without words."""
    wanted = search.query(text[:MOST_TYPED])
    return consultations.listed().filter(search=wanted) if wanted is not None else Consultation.objects.none()


def best_proposals(text: str, limit: int) -> list[Proposal]:
    """The proposals that fit best, at most ``limit``, with what a card shows."""
    return list(proposals.for_cards(_ranked(matching_proposals(text), text, limit)))


def best_programs(text: str, limit: int) -> list[Program]:
    """The programmes that fit best, at most ``limit``, with what a card shows."""
    found = _ranked(matching_programs(text), text, limit)
    return list(found.select_related("unit").prefetch_related("phases"))


def best_consultations(text: str, limit: int) -> list[Consultation]:
    """The consultations that fit best, at most ``limit``, with what a card shows."""
    found = _ranked(matching_consultations(text), text, limit, newest="-announced_at")
    return list(found.select_related(*consultations.WITH))


def _ranked[Row: (Proposal, Program, Consultation)](
    found: QuerySet[Row], text: str, limit: int, newest: str = "-published_at"
) -> QuerySet[Row]:
    wanted = search.query(text[:MOST_TYPED])
    if wanted is None:
        return found[:0]
    # Normalisation 1 divides by the logarithm of the length: a long text doesn't win by its length.
    rank = SearchRank(F("search"), wanted, normalization=1, cover_density=True)
    order = ("-rank", newest, "-id")
    rows = found.model._default_manager.all()
    compared = rows.filter(pk__in=found.order_by(newest, "-id").values("pk")[:MOST_RANKED])
    # What a card shows is read of the best alone.
    best = compared.annotate(rank=rank).order_by(*order).values("pk")[:limit]
    return rows.filter(pk__in=best).annotate(rank=rank).order_by(*order)
