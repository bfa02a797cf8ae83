"""Finding groups: reads new and changed proposals, lets go of those that left, and reckons the neighbourhoods they touch anew.

A neighbourhood is what groups are made of: one area and theme, or one region and subject. Nothing else is looked at, so the
work for a proposal does not grow with all proposals, and what comes out is what reading everything from scratch would give.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from rembuk.common.clock import instant
from rembuk.programs.actions.suggestions.write import write_groups
from rembuk.programs.choices import Likeness
from rembuk.programs.models import Fingerprint, Touched
from rembuk.programs.suggested import suggestable
from rembuk.programs.suggestions.grouping import Group, Item, like_groups, same_groups
from rembuk.programs.suggestions.places import Place, place_in, place_of
from rembuk.programs.suggestions.themes import theme_of, version
from rembuk.proposals.models import Proposal

BATCH, MOST_PORTIONS = 500, 1_000
_DISTRICT = 3
# Of what was read with other words.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def refresh_suggestions(
    *, at: datetime | None = None, most: int = BATCH, portions: int = MOST_PORTIONS
) -> int:
    """Bring groups up to date; how many proposals were read or let go. In portions, each a transaction of its own.

    All is read before anything is grouped, so that a large import reckons each neighbourhood once. What a run leaves
    (after so many portions, or when it is cut off) the next takes up. No audit entry: nothing is decided here.
    """
    moment, total, last = instant(at), 0, 0
    Fingerprint.objects.exclude(text_hash__startswith=version()).update(read_at=_NEVER)
    for _ in range(portions):
        number, last = _read_some(most, last)
        total += number
        if not number and not _group_some(most, moment):
            break
    return total


@transaction.atomic
def _read_some(most: int, after: int) -> tuple[int, int]:
    """Read so many new and changed proposals behind an id, let go of so many that left, and remember what this touches.

    How many there were, and the id of the last, so that a long run does not pass over the same ones again and again.
    """
    fresh = list(_unread().filter(pk__gt=after)[:most])
    gone = list(_gone()[:most]) if len(fresh) < most else []
    near = {name for row in gone for name in _near(row)}
    Fingerprint.objects.filter(pk__in=[row.pk for row in gone]).delete()
    near |= _read(fresh)
    Touched.objects.bulk_create([Touched(near=name) for name in sorted(near)], ignore_conflicts=True)
    return len(gone) + len(fresh), fresh[-1].pk if fresh else after


@transaction.atomic
def _group_some(most: int, moment: datetime) -> int:
    """Reckon so many touched neighbourhoods anew."""
    names = list(Touched.objects.order_by("near").values_list("near", flat=True)[:most])
    for name in names:
        write_groups(name, groups_near(name), moment)
    Touched.objects.filter(near__in=names).delete()
    return len(names)


def groups_near(name: str) -> list[Group]:
    """The groups of one neighbourhood as the fingerprints have them."""
    kind, where, what = name.split(":", 2)
    rows = Fingerprint.objects.order_by("pk")
    if kind == Likeness.LIKE:
        return like_groups(map(_item, rows.filter(area=where, theme=what)))
    return same_groups(map(_item, rows.filter(region=where, subject=what)))


def _gone() -> QuerySet[Fingerprint]:
    """What was read of proposals that are no longer to be grouped: withdrawn, hidden, answered, taken up."""
    return Fingerprint.objects.filter(~Exists(suggestable().filter(pk=OuterRef("pk")))).order_by("pk")


def _unread() -> QuerySet[Proposal]:
    """Proposals that were never read or were changed since, the oldest first."""
    read = Fingerprint.objects.filter(proposal=OuterRef("pk"), read_at__gte=OuterRef("changed_at"))
    return suggestable().filter(~Exists(read)).select_related("region").order_by("pk")


def _read(proposals: Iterable[Proposal]) -> set[str]:
    """Keep what they say; the neighbourhoods of those that say something else than before."""
    near: set[str] = set()
    rows = list(proposals)
    known = Fingerprint.objects.in_bulk([row.pk for row in rows])
    made = []
    for row in rows:
        new, old = _fingerprint(row), known.get(row.pk)
        made.append(new)
        if old is None or old.text_hash != new.text_hash:
            near |= {*_near(new), *(_near(old) if old else ())}
    fields = ["text_hash", "area", "region", "theme", "subject", "terms", "place_terms", "read_at"]
    Fingerprint.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["proposal"], update_fields=fields
    )
    return near


def _fingerprint(proposal: Proposal) -> Fingerprint:
    text = f"{proposal.title}\n{proposal.body}"
    # A title says what is asked for; a long text speaks of many things.
    reading = theme_of(proposal.title)
    reading = reading if reading.theme else theme_of(text)
    around = _names_around(proposal)
    place = place_of(proposal.place, around)
    place = place_in(text, around) if place.is_empty else place
    office = f"unit:{proposal.executing_unit_id}" if proposal.executing_unit_id else ""
    told = (text, proposal.place, proposal.region_id or "", office)
    return Fingerprint(
        proposal=proposal,
        text_hash=version() + sha256("\0".join(told).encode()).hexdigest()[:56],
        area=".".join((proposal.region_id or "").split(".")[:_DISTRICT]),
        region=proposal.region,
        theme=reading.theme,
        subject=f"theme:{reading.theme}" if reading.theme else office,
        terms=list(reading.cues),
        place_terms={"names": place.names, "numbers": place.numbers},
        read_at=proposal.changed_at,
    )


def _names_around(proposal: Proposal) -> list[str]:
    """«Desa Sukamaju, Kec. Ciawi, ...» as names without what kind of region they are."""
    parts = proposal.region.full_name.split(", ") if proposal.region else []
    return [part.partition(" ")[2] or part for part in parts]


def _near(row: Fingerprint) -> list[str]:
    names = []
    if row.area and row.theme:
        names.append(f"{Likeness.LIKE}:{row.area}:{row.theme}")
    if row.region_id and row.subject and any(row.place_terms.values()):
        names.append(f"{Likeness.SAME}:{row.region_id}:{row.subject}")
    return names


def _item(row: Fingerprint) -> Item:
    place = Place(tuple(row.place_terms["names"]), tuple(row.place_terms["numbers"]))
    return Item(
        key=row.pk,
        area=row.area,
        region=row.region_id or "",
        theme=row.theme,
        subject=row.subject,
        cues=tuple(row.terms),
        place=place,
    )
