"""What people do to groups of like rows: put together, put in, take out, rename, merge, split, confirm, dismiss.

Each act locks the consultation, so that two never sort the same rows. A group somebody put a hand to is no suggestion any more.
Answering a confirmed group: ``answering``.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, NotVisible, WrongState, require
from rembuk.common.text import clean_line, excerpt
from rembuk.consultations import rules, verbs
from rembuk.consultations.actions import steps
from rembuk.consultations.actions.answering.deciding import watch_copies
from rembuk.consultations.actions.grouping.suggesting import (
    GROUPABLE,
    LONGEST_TITLE,
    check_answering,
    title_from,
)
from rembuk.consultations.models import Consultation, MatrixGroup, MatrixRow

LEAST = 2


@transaction.atomic
def create_group(
    rows: Sequence[MatrixRow], *, by: Person, title: str = "", at: datetime | None = None
) -> MatrixGroup:
    """Put rows together by hand, out of the suggestions they stood in; not confirmed yet. One audit entry.

    Raises:
        Invalid: for fewer than two rows, or rows of several consultations.
        WrongState: when one of them is published or stands in a confirmed group, or the matrix is not being filled.
        Denied: without the right to answer where the consultation lies.
    """
    if len({row.consultation_id for row in rows}) != 1 or len(rows) < LEAST:
        raise Invalid(_("Select at least two rows of this consultation."))
    consultation = _hold(rows[0].consultation, by)
    keys = _free_rows(consultation, rows)
    made = MatrixGroup.objects.create(
        consultation=consultation, title=title_from(clean_line(title) or rows[0].text), created_at=instant(at)
    )
    _move(keys, made)
    _record(made, verbs.GROUP_SAVED, by, at, {"rows": len(keys)})
    return made


@transaction.atomic
def add_rows(
    group: MatrixGroup, rows: Sequence[MatrixRow], *, by: Person, at: datetime | None = None
) -> MatrixGroup:
    """Put rows into a group, confirmed or not. One audit entry.

    Raises:
        Invalid: for no rows, or rows of another consultation.
        WrongState: when one is published or stands in a confirmed group; NotVisible, Denied as for the others.
    """
    found = _held(group, by)
    keys = _free_rows(found.consultation, rows, besides=found)
    _move(keys, found)
    _touch(found)
    _record(found, verbs.GROUP_SAVED, by, at, {"added": len(keys)})
    return found


@transaction.atomic
def remove_rows(
    group: MatrixGroup, rows: Sequence[MatrixRow], *, by: Person, at: datetime | None = None
) -> MatrixGroup | None:
    """Take rows out of a group; a group of which fewer than two are left goes away, and ``None`` is returned.

    Raises:
        Invalid: when none of them stands in it.
        WrongState: when one of them is published, for it was answered with the group; NotVisible, Denied as for the others.
    """
    found = _held(group, by)
    keys, reasons = _members(found, rows), _reasons(found)
    _move(keys, None)
    _record(found, verbs.GROUP_SAVED, by, at, {"removed": len(keys)})
    left = _touch(found)
    _watch(reasons, at)
    return left


@transaction.atomic
def rename_group(group: MatrixGroup, *, title: str, by: Person, at: datetime | None = None) -> MatrixGroup:
    """Call a group by other words; staff see them, the public does not.

    Raises:
        Invalid: without words.
        NotVisible, Denied, WrongState: as for the others.
    """
    found, words = _held(group, by), clean_line(title)
    if not words:
        sentence = _("Write what the group is about.")
        raise Invalid(sentence, fields={"title": [sentence]})
    found.title = excerpt(words, LONGEST_TITLE)
    found.is_suggested = False
    found.save(update_fields=["title", "is_suggested"])
    _record(found, verbs.GROUP_SAVED, by, at, {"renamed": True})
    return found


@transaction.atomic
def merge_groups(
    group: MatrixGroup, other: MatrixGroup, *, by: Person, at: datetime | None = None
) -> MatrixGroup:
    """Put all rows of the other group into this one; the other goes away. A confirmed group takes in only a confirmed one.

    Raises:
        Invalid: for a group and itself.
        WrongState: when one is confirmed and the other is not; NotVisible, Denied as for the others.
    """
    if group.pk == other.pk:
        raise Invalid(_("Choose another group."), fields={"other": [_("Choose another group.")]})
    found = _held(group, by)
    second = _same(other, found.consultation)
    if (found.confirmed_at is None) != (second.confirmed_at is None):
        raise WrongState(
            _("One of the two groups is confirmed and the other is not. Confirm that one first.")
        )
    number = MatrixRow.objects.filter(group=second).update(group=found)
    second.delete()
    _touch(found)
    _record(found, verbs.GROUP_SAVED, by, at, {"merged": number})
    return found


@transaction.atomic
def split_group(
    group: MatrixGroup, rows: Sequence[MatrixRow], *, by: Person, at: datetime | None = None
) -> MatrixGroup:
    """Put some rows of a group into a new one of their own, which is not confirmed; returns the new one.

    Raises:
        Invalid: for fewer than two rows, or all of them.
        WrongState: when one of them is published; NotVisible, Denied as for the others.
    """
    found = _held(group, by)
    keys, reasons = _members(found, rows), _reasons(found)
    if len(keys) < LEAST or len(keys) == found.rows.count():
        raise Invalid(_("Select at least two rows, and not all of them."))
    first = min((row for row in rows if row.pk in keys), key=lambda row: row.pk)
    made = MatrixGroup.objects.create(
        consultation=found.consultation, title=title_from(first.text), created_at=instant(at)
    )
    _move(keys, made)
    _touch(found)
    _record(made, verbs.GROUP_SAVED, by, at, {"rows": len(keys)})
    _watch(reasons, at)
    return made


@transaction.atomic
def confirm_group(
    group: MatrixGroup, rows: Sequence[MatrixRow], *, by: Person, at: datetime | None = None
) -> MatrixGroup:
    """Confirm that these rows say the same; the others of the group leave it. It is answered once from then on.

    Raises:
        Invalid: for fewer than two rows.
        WrongState: when it is confirmed already; NotVisible, Denied as for the others.
    """
    found = _held(group, by)
    _check_not_confirmed(found)
    keys = _members(found, rows)
    if len(keys) < LEAST:
        raise Invalid(_("Select at least two rows that belong together."))
    left = MatrixRow.objects.filter(group=found).exclude(pk__in=keys).update(group=None)
    found.confirmed_by, found.confirmed_at, found.is_suggested = by, instant(at), False
    found.save(update_fields=["confirmed_by", "confirmed_at", "is_suggested"])
    _record(found, verbs.GROUP_CONFIRMED, by, at, {"rows": len(keys), "left_out": left})
    return found


@transaction.atomic
def dismiss_group(group: MatrixGroup, *, by: Person, at: datetime | None = None) -> MatrixGroup:
    """Say that these rows do not belong together: they leave the group and no two of them are suggested together again.

    Raises:
        WrongState: when it is confirmed; NotVisible, Denied as for the others.
    """
    found = _held(group, by)
    _check_not_confirmed(found)
    keys = list(MatrixRow.objects.filter(group=found).order_by("pk").values_list("pk", flat=True))
    MatrixRow.objects.filter(pk__in=keys).update(group=None)
    found.parted, found.dismissed_at = keys, instant(at)
    found.save(update_fields=["parted", "dismissed_at"])
    _record(found, verbs.GROUP_DISMISSED, by, at, {"rows": len(keys)})
    return found


def _hold(consultation: Consultation, by: Person) -> Consultation:
    require(rules.may_assign(consultation, by))
    locked = steps.lock(consultation)
    check_answering(locked)
    return locked


def _held(group: MatrixGroup, by: Person) -> MatrixGroup:
    """The group as it is now, its consultation locked."""
    return _same(group, _hold(group.consultation, by))


def _same(group: MatrixGroup, consultation: Consultation) -> MatrixGroup:
    """The group as it is now; one that others removed meanwhile is gone, one they dismissed takes no act."""
    found = MatrixGroup.objects.filter(pk=group.pk, consultation=consultation).first()
    if found is None:
        raise NotVisible
    if found.dismissed_at is not None:
        raise WrongState(_("This group was dismissed. Its rows stand by themselves again."))
    found.consultation = consultation
    return found


def _check_not_confirmed(group: MatrixGroup) -> None:
    if group.confirmed_at is not None:
        raise WrongState(_("This group is confirmed already."))


def _free_rows(
    consultation: Consultation, rows: Iterable[MatrixRow], besides: MatrixGroup | None = None
) -> list[int]:
    """The keys of rows that may come into a group."""
    wanted = [row.pk for row in rows]
    now = MatrixRow.objects.filter(pk__in=wanted, consultation=consultation).select_related("group")
    found = [row for row in now if besides is None or row.group_id != besides.pk]
    if not found:
        raise Invalid(_("Select at least one row."))
    for row in found:
        if row.state not in GROUPABLE:
            raise WrongState(_("Rows whose answer is approved or published come into no group."))
        if row.group is not None and row.group.confirmed_at is not None:
            raise WrongState(_("One of the rows stands in a confirmed group. Take it out there first."))
    return [row.pk for row in found]


def _members(group: MatrixGroup, rows: Iterable[MatrixRow]) -> list[int]:
    """The keys of those rows that stand in the group and may still leave it."""
    now = MatrixRow.objects.filter(pk__in=[row.pk for row in rows], group=group)
    states = dict(now.values_list("pk", "state"))
    if not states:
        raise Invalid(_("Select at least one row of this group."))
    if any(state not in GROUPABLE for state in states.values()):
        raise WrongState(_("Rows whose answer is approved or published stay in their group."))
    return list(states)


def _move(keys: Sequence[int], to: MatrixGroup | None) -> None:
    """Put rows into a group or out of any; suggestions of which fewer than two are left go away."""
    rows = MatrixRow.objects.filter(pk__in=keys)
    before = set(rows.exclude(group=None).values_list("group", flat=True))
    rows.update(group=to)
    for group in MatrixGroup.objects.filter(pk__in=before, is_suggested=True):
        if group.rows.count() < LEAST:
            group.delete()


def _touch(group: MatrixGroup) -> MatrixGroup | None:
    """A group somebody put a hand to; without two rows it goes away."""
    if group.rows.count() < LEAST:
        MatrixGroup.objects.filter(pk=group.pk).delete()
        return None
    MatrixGroup.objects.filter(pk=group.pk).update(is_suggested=False)
    group.is_suggested = False
    return group


def _reasons(group: MatrixGroup) -> list[MatrixRow]:
    """One row for each reason that a confirmed group gives; rows that leave it may copy it."""
    rows = MatrixRow.objects.filter(group=group, group__confirmed_at__isnull=False).exclude(reason_digest="")
    found = rows.select_related("consultation__unit").order_by("reason_digest", "id")
    return list(found.distinct("reason_digest"))


def _watch(reasons: Iterable[MatrixRow], at: datetime | None) -> None:
    for row in reasons:
        watch_copies(row, instant(at))


def _record(group: MatrixGroup, verb: Verb, by: Person, at: datetime | None, after: dict[str, Any]) -> None:
    key = f"{group.consultation.code}/{str(group.public_id)[:8]}"
    audit.record(
        verb,
        by=actor_of(by),
        target=steps.target_of(group.consultation, kind="matrix_group", key=key),
        after=after,
        at=instant(at),
    )
