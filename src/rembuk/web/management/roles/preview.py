"""What a change of a role does, for the page before its save: words, permissions, and the people it reaches."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Grant, Role
from rembuk.access.permissions import ALL, Permission
from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.management.roles.effects import Effect, Effects, effects
from rembuk.management.roles.states import RoleState, in_order
from rembuk.web.components.formats import number, short_day, told
from rembuk.web.components.html.tags import tag
from rembuk.web.management.roles.sight import Sight

type Row = dict[str, Any]
# A grant ends at an instant; the last day it holds is the day before midnight.
_MOMENT = timedelta(microseconds=1)


def preview_context(role: Role, sight: Sight, by: Person) -> Row:
    """What changes, what holders gain and lose, and who they are."""
    found = effects(role, sight.seen, sight.wanted)
    return {
        "changes": changed_words(sight),
        "gained": in_order(found.gained),
        "lost": in_order(found.lost),
        # A retired role gives nothing, and still its ticks may move: for the day it is put back into use.
        "added_silently": _labels(_silent(sight.seen, sight.wanted)),
        "taken_silently": _labels(_silent(sight.wanted, sight.seen)),
        "effects": found,
        "reached": _reached(found),
        "more": found.grants - len(found.first),
        "grants_url": _grants_url(role) if rights.can(by, izin.GRANT_MANAGE) else "",
        "table": _table(found),
    }


def changed_meanwhile(between: Sight) -> Row:
    """What somebody else made of the role: words with both sides, permissions added and taken away."""
    before, after = set(between.seen.permissions), set(between.wanted.permissions)
    was, now = between.seen.is_active, between.wanted.is_active
    return {
        "changes": changed_words(between),
        "added": _labels(after - before),
        "taken": _labels(before - after),
        "state": "" if was == now else _("It was put back into use.") if now else _("It was retired."),
    }


def changed_words(between: Sight) -> list[Row]:
    """Names and descriptions that differ, for ``components/changes.html``."""
    pairs = ((label, getattr(between.seen, key), getattr(between.wanted, key)) for key, label in _words())
    return [
        {"field": label, "before": before, "after": after}
        for label, before, after in pairs
        if before != after
    ]


def _words() -> tuple[tuple[str, str], ...]:
    return (
        ("name", _("Name in Indonesian")),
        ("name_en", _("Name in English")),
        ("description", _("What it is for, in Indonesian")),
        ("description_en", _("What it is for, in English")),
    )


def _silent(less: RoleState, more: RoleState) -> set[str]:
    """Ticks of ``more`` that ``less`` lacks, of a role that stays out of use."""
    return set() if less.is_active or more.is_active else set(more.permissions) - set(less.permissions)


def _labels(keys: set[str]) -> list[str]:
    known = [str(one.label) for one in in_order(keys)]
    return known + sorted(keys - set(ALL))


def _reached(found: Effects) -> str:
    if not found.people:
        return _("Nobody holds this role, now or on a day to come.")
    people = ngettext("%(count)s person", "%(count)s people", found.people) % {"count": number(found.people)}
    units = ngettext("%(count)s work unit", "%(count)s work units", found.units) % {
        "count": number(found.units)
    }
    return _("%(people)s in %(units)s hold this role, now or on a day to come.") % {
        "people": people,
        "units": units,
    }


def _grants_url(role: Role) -> str:
    return f"{reverse('desk_management:access')}?peran={role.slug}"


def _table(found: Effects) -> Row | None:
    if not found.first:
        return None
    labels = [_("Person"), _("Work unit"), _("The grant"), _("What it means for this person")]
    return {
        "caption": _("Whom it affects"),
        "caption_hidden": True,
        "columns": [{"label": label} for label in labels],
        "rows": [_row(one, found) for one in found.first],
    }


def _row(effect: Effect, found: Effects) -> list[Any]:
    grant = effect.grant
    return [grant.person.shown_name, grant.unit.name, _standing(grant), _meaning(effect, found)]


def _standing(grant: Grant) -> str | SafeString:
    """Whether the grant holds at this moment, and if not, why."""
    if not grant.person.is_active:
        return tag(_("Account suspended"), "warn", "lock")
    if not grant.unit.is_active:
        return tag(_("Work unit retired"), "mute")
    if grant.starts_at > clock.now():
        return told(_("from %(day)s"), day=short_day(grant.starts_at))
    if grant.ends_at is not None:
        return told(_("in force, ends %(day)s"), day=short_day(grant.ends_at - _MOMENT))
    return _("in force")


def _meaning(effect: Effect, found: Effects) -> str:
    """What this person really gains and loses, beside what she has there by other roles."""
    loses, gains = found.lost - effect.kept, found.gained - effect.had
    said = [_sum(_("loses %(count)s"), loses), _sum(_("gains %(count)s"), gains)]
    if effect.kept:
        said.append(_("keeps by another role: %(names)s") % {"names": _named(in_order(effect.kept))})
    if effect.had:
        said.append(_("had already by another role: %(names)s") % {"names": _named(in_order(effect.had))})
    return "; ".join(part for part in said if part) or _("no right changes")


def _sum(words: str, keys: frozenset[str]) -> str:
    if not keys:
        return ""
    count = ngettext("%(count)s permission", "%(count)s permissions", len(keys)) % {
        "count": number(len(keys))
    }
    return words % {"count": count}


def _named(found: list[Permission]) -> str:
    return ", ".join(str(one.label) for one in found)
