"""The answers in words: yes or no, the grants it comes through, and what keeps others from counting."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rembuk.access.explain import Explanation, Hurdle, Strand, roles_with
from rembuk.access.models import Grant
from rembuk.access.permissions import Permission
from rembuk.accounts.models import Person
from rembuk.management.why.places import Place
from rembuk.web.components.formats import ending, short_day, told
from rembuk.web.management.roles.rows import page_of_role

type Row = dict[str, Any]
# A grant ends at an instant; the last day it holds is the day before midnight.
_MOMENT = timedelta(microseconds=1)


def why_address(**asked: str) -> str:
    """The page with a question."""
    return (
        f"{reverse('desk_management:why')}?{urlencode({key: value for key, value in asked.items() if value})}"
    )


def answer_context(person: Person, permission: Permission, place: Place | None, found: Explanation) -> Row:
    """Everything the answer about one person shows."""
    return {
        "sentence": _sentence(person, permission, place, is_allowed=found.is_allowed),
        "is_allowed": found.is_allowed,
        "closed": _closed(person) if found.is_closed else "",
        "through": _table(_("Through these grants"), found.through, found.is_allowed),
        "near": _near(found.near, place),
        "without": [{"role": grant.role.label, "unit": grant.unit.name} for grant in found.without],
        "has_none": not found.through and not found.near,
        "roles": [{"label": role.label, "url": page_of_role(role)} for role in roles_with(permission)],
    }


def where(place: Place | None) -> str:
    """The place as a sentence ends with it."""
    if place is None:
        return _("in any work unit")
    if place.code:
        return _("for %(code)s, which lies in %(unit)s") % {"code": place.code, "unit": place.unit.name}
    return _("in %(unit)s") % {"unit": place.unit.name}


def notes_of(place: Place | None, asked: Permission) -> list[str]:
    """What is to be known of the place beside the answer."""
    if place is None:
        return []
    said = []
    if place.permission != asked:
        told = {"code": place.code, "unit": place.unit.name, "izin": place.permission.label}
        said.append(
            _("%(code)s is an own entry of %(unit)s, so the rules ask for another permission: “%(izin)s”.")
            % told
        )
    if place.exact:
        said.append(_("Only a grant in this very work unit counts for this permission, none from above."))
    if not place.unit.is_active:
        said.append(
            _("This work unit is retired. Grants in itself give nothing; those from above still hold.")
        )
    return said


def _sentence(person: Person, permission: Permission, place: Place | None, *, is_allowed: bool) -> str:
    words = {"name": person.shown_name, "izin": permission.label, "where": where(place)}
    if is_allowed:
        return _("Yes. %(name)s may do this %(where)s: “%(izin)s”.") % words
    return _("No. %(name)s may not do this %(where)s: “%(izin)s”.") % words


def _closed(person: Person) -> str:
    if person.suspended_until:
        words = _("The account is suspended until %(moment)s. Until then no grant counts.")
        return told(words, moment=ending(person.suspended_until))
    return _("The account is suspended. No grant counts until the suspension is lifted.")


def _table(caption: str, grants: Iterable[Grant], is_allowed: bool) -> Row | None:
    rows = [
        [
            {"value": grant.role.label, "url": page_of_role(grant.role)},
            grant.unit.name,
            short_day(grant.starts_at),
            until(grant),
            grant.reason or "–",
        ]
        for grant in grants
    ]
    if not rows:
        return None
    labels = (_("Role"), _("Work unit"), _("From"), _("Until"), _("Reason"))
    title = caption if is_allowed else _("Grants that would count")
    return {"caption": title, "columns": [{"label": label} for label in labels], "rows": rows}


def until(grant: Grant) -> str | SafeString:
    """The last day a grant holds."""
    return short_day(grant.ends_at - _MOMENT) if grant.ends_at else _("Until ended")


def _near(strands: Iterable[Strand], place: Place | None) -> Row | None:
    rows = [
        [
            {"value": one.grant.role.label, "url": page_of_role(one.grant.role)},
            one.grant.unit.name,
            format_html_join(" ", "{}", ((_hurdle(hurdle, one.grant, place),) for hurdle in one.hurdles)),
        ]
        for one in strands
    ]
    if not rows:
        return None
    labels = (_("Role"), _("Work unit"), _("Why it does not count"))
    caption = _("Grants with this permission that don't count here")
    return {"caption": caption, "columns": [{"label": label} for label in labels], "rows": rows}


def _hurdle(hurdle: Hurdle, grant: Grant, place: Place | None) -> SafeString:
    """One thing that stands in the way, as a sentence."""
    words = {"unit": grant.unit.name, "asked": place.unit.name if place else "", "role": grant.role.label}
    ends_at = grant.ends_at
    sentences = {
        Hurdle.ELSEWHERE: _("It holds in %(unit)s and below, and %(asked)s lies elsewhere."),
        Hurdle.NOT_EXACT: _("It was given above, and here only a grant in %(asked)s itself counts."),
        Hurdle.NOT_BEGUN: _("It begins on %(day)s."),
        Hurdle.ENDED: _("It ended on %(day)s."),
        Hurdle.ROLE_RETIRED: _("The role %(role)s is retired."),
        Hurdle.UNIT_RETIRED: _("The work unit %(unit)s is retired."),
    }
    day = ends_at if hurdle is Hurdle.ENDED and ends_at else grant.starts_at
    return told(sentences[hurdle], **words, day=short_day(day))
