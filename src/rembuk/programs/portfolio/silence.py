"""Programmes of which an office tells nothing: running, and no news for thirty days since the last or since publication."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q

from rembuk.programs.models import Program, Update
from rembuk.programs.states import State

SILENT_AFTER = timedelta(days=30)


def days_silent(program: Program, last_news: datetime | None, moment: datetime) -> int:
    """Whole days since the last news, or since publication without any; 0 while they are fewer than thirty, and for
    programmes that don't run.
    """
    since = last_news or program.published_at
    if program.state != State.PUBLISHED or since is None or moment - since < SILENT_AFTER:
        return 0
    return (moment - since).days


def silent(moment: datetime) -> Q:
    """Running programmes without news for thirty days at an instant."""
    edge = moment - SILENT_AFTER
    told = Exists(Update.objects.filter(program=OuterRef("pk"), at__gt=edge))
    return Q(state=State.PUBLISHED, published_at__lte=edge) & ~Q(told)


def last_news(program_ids: Collection[int]) -> dict[int, datetime]:
    """When the last news of each programme was posted, in one query; those without any are absent."""
    rows = Update.objects.filter(program__in=program_ids).order_by()
    return dict(rows.values_list("program_id").annotate(last=Max("at")))
