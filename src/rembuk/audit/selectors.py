"""Reading the audit trail: filters, keyset pages newest first, rows for an export."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q, QuerySet

from rembuk.common import clock

from .models import AuditEntry, VisibleChange
from .verbs import sentence

EXPORT_HEAD = (
    "id",
    "at",
    "verb",
    "sentence",
    "actor_person_id",
    "actor_label",
    "actor_roles",
    "actor_unit_code",
    "on_behalf_of",
    "channel",
    "address",
    "request_id",
    "target_kind",
    "target_key",
    "target_unit_path",
    "before",
    "after",
    "reason",
    "bulk",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What to look for; everything empty is everything.

    ``unit_paths`` limits to entries on these units and all below them (the reader's own reach).
    """

    target_kind: str = ""
    target_key: str = ""
    verb: str = ""
    verbs: tuple[str, ...] | None = None
    without_verbs: tuple[str, ...] = ()
    person_ids: tuple[int, ...] | None = None
    channel: str = ""
    request_id: str = ""
    bulk: str = ""
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""
    unit_paths: tuple[str, ...] | None = None

    @property
    def is_of_few(self) -> bool:
        """Whether it is about one thing, one request or certain people, whose entries an index leads to."""
        return bool(self.target_key or self.request_id) or self.person_ids is not None


_MONTH = timedelta(days=31)

type Position = tuple[datetime, int]


def entries(wanted: Filter = Filter(), *, after: Position | None = None, limit: int = 50) -> list[AuditEntry]:
    """One page, newest first: at most ``limit`` entries older than the (``at``, id) of the last one shown.

    A month often fills it, and is one or two partitions of many: each of them would be read up to its first entry that fits.
    """
    rows = behind(_filtered(wanted), after).order_by("-at", "-id")
    if wanted.is_of_few:
        return list(rows[:limit])
    begin = _newest(wanted, after) - _MONTH
    newest = list(rows.filter(at__gte=begin)[:limit])
    wanting = limit - len(newest)
    is_all = not wanting or (wanted.since is not None and wanted.since >= begin)
    return newest if is_all else [*newest, *rows.filter(at__lt=begin)[:wanting]]


def _newest(wanted: Filter, after: Position | None) -> datetime:
    """Where the month is counted back from."""
    return min(end for end in (clock.now(), wanted.until, after and after[0]) if end is not None)


def behind(rows: QuerySet[AuditEntry], after: Position | None) -> QuerySet[AuditEntry]:
    """Of these entries those that come after a position, newest first; all without one."""
    if after is None:
        return rows
    return rows.filter(Q(at__lte=after[0]), Q(at__lt=after[0]) | Q(id__lt=after[1]))


def entry(entry_id: int) -> AuditEntry | None:
    """One entry by its number."""
    return AuditEntry.objects.filter(pk=entry_id).first()


def trail_of(kind: str, key: str, limit: int = 100) -> list[AuditEntry]:
    """What was done to one thing, newest first."""
    return entries(Filter(target_kind=kind, target_key=key), limit=limit)


def found(wanted: Filter = Filter()) -> QuerySet[AuditEntry]:
    """Everything that fits, in no order."""
    return _filtered(wanted)


def export_rows(wanted: Filter = Filter()) -> Iterator[Sequence[object]]:
    """Rows in the order of ``EXPORT_HEAD``, oldest first, read in pieces by a cursor of the server."""
    for row in found(wanted).order_by("at", "id").iterator(chunk_size=1000):
        yield _export_row(row)


def _export_row(entry: AuditEntry) -> Sequence[object]:
    row = {name: getattr(entry, name, None) for name in EXPORT_HEAD}
    row["sentence"] = sentence(entry.verb)
    row["actor_roles"] = " ".join(entry.actor_roles)
    return tuple(row.values())


def _filtered(wanted: Filter) -> QuerySet[AuditEntry]:
    conditions: Sequence[tuple[object, Q]] = (
        (wanted.target_kind, Q(target_kind=wanted.target_kind)),
        (wanted.target_key, Q(target_key=wanted.target_key)),
        (wanted.verb, Q(verb=wanted.verb)),
        (wanted.verbs is not None, Q(verb__in=wanted.verbs or ())),
        (wanted.without_verbs, ~Q(verb__in=wanted.without_verbs)),
        (wanted.person_ids is not None, Q(actor_person_id__in=wanted.person_ids or ())),
        (wanted.channel, Q(channel=wanted.channel)),
        (wanted.request_id, Q(request_id=wanted.request_id)),
        (wanted.bulk, Q(bulk=wanted.bulk)),
        (wanted.since, Q(at__gte=wanted.since)),
        (wanted.until, Q(at__lt=wanted.until)),
        (wanted.text, Q(reason__icontains=wanted.text) | Q(target_key__icontains=wanted.text)),
    )
    found = AuditEntry.objects.all()
    for given, condition in conditions:
        if given:
            found = found.filter(condition)
    return found if wanted.unit_paths is None else found.filter(_within(wanted.unit_paths))


def _within(paths: Sequence[str]) -> Q:
    """On one of these units or below: paths end in a dot, so that a prefix is a whole step.

    That no path is empty is said for the index of units, which leaves those out: the database does not conclude it.
    """
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(target_unit_path__startswith=path)
    return condition & ~Q(target_unit_path="")


def visible_changes(since: datetime) -> list[tuple[int, str, str]]:
    """What visitors have to see anew since an instant: (number, kind, key), in one statement.

    Rows of a long transaction appear late with an early instant, so readers ask again for the last minutes and
    remember the numbers they have seen.
    """
    return list(VisibleChange.objects.filter(at__gte=since).order_by("id").values_list("id", "kind", "key"))


_MARK = """
    SELECT extract(epoch FROM date_trunc('hour', now()))::bigint, count(*), coalesce(sum(id), 0) FROM audit_visiblechange
    WHERE at >= date_trunc('hour', now()) - interval '2 hours' AND kind <> ALL(%s) AND (kind <> %s OR key = %s)
"""


def mark_of_changes(kind: str, key: str, *, apart: Sequence[str]) -> str:
    """A word that differs after every visible change that may concern one thing, and never comes again; in one statement.

    Changes of other things of the same kind, and of the kinds ``apart``, don't count. Numbers become readable in any order,
    so all of them go into it, not the last one; and the hour, for they are forgotten when they are older than one.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [list(apart), kind, key])
        return "-".join(str(part) for part in cursor.fetchone())
