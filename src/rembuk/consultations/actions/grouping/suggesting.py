"""Suggesting groups of like rows: asked for by staff, made by a job after closing. What people confirmed or dismissed stays.

The reckoning takes seconds and holds no lock; what happened to a row meanwhile is respected when the groups are written.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.audit.actors import SYSTEM
from rembuk.common.clock import instant
from rembuk.common.errors import WrongState, require
from rembuk.common.text import excerpt
from rembuk.consultations import rules, verbs
from rembuk.consultations.actions import steps
from rembuk.consultations.choices import Stance
from rembuk.consultations.likeness.grouping import Item, groups_of, sample_of
from rembuk.consultations.matrix.words import own_words
from rembuk.consultations.models import Consultation, Grouping, MatrixGroup, MatrixRow
from rembuk.consultations.states import ANSWERING, RowState

LONGEST_TITLE = 120
# States of a row that may still come into a group.
GROUPABLE = (RowState.OPEN, RowState.PROPOSED)
_DIRECTIONS = {Stance.AGREE: 1, Stance.DISAGREE: -1}
# Groups nobody has put a hand to.
_UNTOUCHED = Q(is_suggested=True, confirmed_at=None, dismissed_at=None)


@transaction.atomic
def ask_for_groups(consultation: Consultation, *, by: Person, at: datetime | None = None) -> Grouping:
    """Ask for new suggestions; the worker makes them within a minute. Asking again while one waits changes nothing.

    Raises:
        Denied: without the right to answer where the consultation lies.
        WrongState: when the matrix is not being filled.
    """
    require(rules.may_assign(consultation, by))
    check_answering(consultation)
    moment = instant(at)
    found, is_new = Grouping.objects.select_for_update().get_or_create(
        consultation=consultation, defaults={"asked_at": moment}
    )
    if is_new or found.is_waiting:
        return found
    found.asked_at = moment
    found.save(update_fields=["asked_at"])
    return found


def waiting() -> list[Consultation]:
    """Consultations whose groups are to be suggested: closed ones where it was never done, and where staff asked."""
    rows = MatrixRow.objects.filter(consultation=OuterRef("pk"))
    never = Q(grouping=None) | Q(grouping__made_at=None) | Q(grouping__made_at__lt=F("grouping__asked_at"))
    found = Consultation.objects.select_related("unit").filter(never, Exists(rows), state__in=ANSWERING)
    return list(found.order_by("pk"))


def suggest_groups(consultation: Consultation, *, at: datetime | None = None) -> int:
    """Suggest groups among the rows that nobody has grouped; returns how many suggestions stand now.

    Earlier suggestions nobody touched give way, unless they are the same. Confirmed groups, groups put together by
    hand and dismissed sets are left alone; of a dismissed set no two rows meet again. One audit entry.

    Raises:
        WrongState: when the matrix is not being filled.
    """
    check_answering(consultation)
    begun = instant(at)
    items, authors = _items(consultation)
    words = {item.key: item.text for item in items}
    found = [
        (keys, sample_of([words[key] for key in keys]))
        for keys in groups_of(items)
        if len({authors[key] for key in keys}) > 1  # what one person says twice is no group
    ]
    with transaction.atomic():
        locked = steps.lock(consultation)
        check_answering(locked)
        made = _write(locked, found, begun)
        Grouping.objects.update_or_create(
            consultation=locked,
            defaults={"made_at": instant(at), "rows": len(items), "groups": made},
            create_defaults={"asked_at": begun, "made_at": instant(at), "rows": len(items), "groups": made},
        )
        act = steps.Deed(by=SYSTEM, moment=begun)
        steps.record(locked, verbs.GROUPS_SUGGESTED, act, after={"rows": len(items), "groups": made})
    return made


def title_from(text: str) -> str:
    """What a group is called by a text of it: by the author's words, not by a passage she quotes."""
    return excerpt(own_words(text) or text, LONGEST_TITLE).rstrip(" .!")


def check_answering(consultation: Consultation) -> None:
    """Refuse before closing and after the conclusion.

    Raises:
        WrongState: then.
    """
    if consultation.state not in ANSWERING:
        raise WrongState(_("Rows of the matrix are grouped from closing until it is concluded."))


def _items(consultation: Consultation) -> tuple[list[Item], dict[int, int]]:
    """Rows with words that stand in no group, or in one nobody has touched; and the submission of each."""
    rows = MatrixRow.objects.filter(consultation=consultation, state__in=GROUPABLE).exclude(text="")
    free = rows.filter(Q(group=None) | Q(group__in=MatrixGroup.objects.filter(_UNTOUCHED)))
    parted = _parted(consultation)
    fields = ("pk", "text", "clause_id", "remark__stance", "submission__stance", "submission_id")
    values = list(free.order_by("pk").values_list(*fields))
    items = [
        Item(
            key=key,
            text=own,
            clause=clause,
            direction=_DIRECTIONS.get(Stance(stance), 0) if (stance := of_remark or of_whole) else 0,
            parted=parted.get(key, frozenset()),
        )
        for key, text, clause, of_remark, of_whole, _submission in values
        if (own := own_words(text))
    ]
    return items, {one[0]: one[-1] for one in values}


def _parted(consultation: Consultation) -> dict[int, frozenset[int]]:
    """For each row the dismissed sets it stood in."""
    sets = MatrixGroup.objects.filter(consultation=consultation, dismissed_at__isnull=False)
    found: dict[int, frozenset[int]] = {}
    for group, keys in sets.values_list("pk", "parted"):
        for key in keys:
            found[key] = found.get(key, frozenset()) | {group}
    return found


def _write(consultation: Consultation, found: Sequence[tuple[list[int], str]], moment: datetime) -> int:
    """Keep suggestions that are the same, put the others in the place of the old ones; how many stand."""
    old = MatrixGroup.objects.filter(_UNTOUCHED, consultation=consultation)
    members: dict[int, set[int]] = {}
    for group, row in MatrixRow.objects.filter(group__in=old).values_list("group", "pk"):
        members.setdefault(group, set()).add(row)
    same = {frozenset(keys): group for group, keys in members.items()}
    kept = {same[frozenset(keys)] for keys, _title in found if frozenset(keys) in same}
    old.exclude(pk__in=kept).delete()
    new = [(keys, title) for keys, title in found if frozenset(keys) not in same]
    made = MatrixGroup.objects.bulk_create(
        MatrixGroup(
            consultation=consultation,
            title=title_from(title),
            is_suggested=True,
            created_at=moment,
        )
        for _keys, title in new
    )
    pairs = [(key, group.pk) for (keys, _title), group in zip(new, made, strict=True) for key in keys]
    _place(pairs)
    return len(kept) + len(made) - _remove_single(made)


def _place(pairs: Sequence[tuple[int, int]]) -> None:
    """Put rows into their groups in one statement; rows grouped or published meanwhile stay where they are."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, [[row for row, _ in pairs], [group for _, group in pairs], list(GROUPABLE)])


_PLACE = """
    UPDATE consultations_matrixrow row SET group_id = new.group_id
    FROM unnest(%s::bigint[], %s::bigint[]) AS new (row_id, group_id)
    WHERE row.id = new.row_id AND row.group_id IS NULL AND row.state = ANY(%s)
"""


def _remove_single(made: Sequence[MatrixGroup]) -> int:
    """Remove new groups of which others took the rows meanwhile; how many."""
    keys = [group.pk for group in made]
    sizes = Counter(MatrixRow.objects.filter(group__in=keys).values_list("group", flat=True))
    gone = [key for key in keys if sizes[key] < 2]
    MatrixGroup.objects.filter(pk__in=gone).delete()
    return len(gone)
