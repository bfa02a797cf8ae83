"""Who hears of grants: both people of a request, those who can decide it, and everybody whom an end comes near."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access.holders import grants_in_force
from rembuk.access.models import Grant, GrantRequest
from rembuk.accounts.models import Person
from rembuk.common.clock import local_date
from rembuk.management import rules
from rembuk.management.granting.selectors import approvers
from rembuk.notifications import outbox
from rembuk.notifications.kinds import ACCOUNT, DUTY, Kind, register
from rembuk.siteconfig.selectors import current

REQUESTS = "/kelola/hak-akses/permintaan/"
_MOMENT = timedelta(microseconds=1)

ASKED = Kind(
    key="grant.asked",
    label=_("Somebody asks for a role that takes two people"),
    subject=_("A second person is needed: %(role)s for %(name)s"),
    body=_(
        "%(asker)s asks to give %(name)s the role %(role)s in %(unit)s. Two people make an administrator: look at the "
        "request, and approve or refuse it."
    ),
    category=DUTY,
    is_optional=False,
)
DECIDED = Kind(
    key="grant.decided",
    label=_("A role I asked for was approved or refused"),
    subject=_("Decided: %(role)s for %(name)s"),
    body=_(
        "Your request to give %(name)s the role %(role)s in %(unit)s was decided by %(decider)s. The page of requests says "
        "how, and why."
    ),
    category=DUTY,
)
ENDING = Kind(
    key="grant.ending",
    label=_("A role of mine ends in two weeks"),
    subject=_("Your role %(role)s ends on %(day)s"),
    body=_(
        "Your role %(role)s in %(unit)s ends on %(day)s. If your task goes on, ask those who manage access rights to give "
        "it a later end."
    ),
    category=ACCOUNT,
)
ENDING_OFFICE = Kind(
    key="grant.ending_office",
    label=_("Roles I manage end in two weeks"),
    subject=_("Roles that end on %(day)s: %(count)s"),
    body=_(
        "%(count)s roles that you can give end on %(day)s. Look through them: whoever goes on with the task needs a later "
        "end."
    ),
    category=DUTY,
)
register(ASKED, DECIDED, ENDING, ENDING_OFFICE)


def asked(request: GrantRequest, *, by: Person, at: datetime) -> None:
    """Tell those who can approve a request."""
    outbox.enqueue(
        f"{ASKED.key}:{request.public_id}",
        kind=ASKED.key,
        recipients=[person.pk for person in approvers(request, at)],
        params={**_words(request), "asker": by.shown_name},
        url=REQUESTS,
        at=at,
    )


def decided(request: GrantRequest, *, by: Person, at: datetime) -> None:
    """Tell who asked."""
    outbox.enqueue(
        f"{DECIDED.key}:{request.public_id}",
        kind=DECIDED.key,
        recipients=[] if request.asked_by_id is None else [request.asked_by_id],
        params={**_words(request), "decider": by.shown_name},
        url=REQUESTS,
        at=at,
    )


def ending(grants: Sequence[Grant], at: datetime) -> int:
    """Tell holders of grants (with role and unit) that end soon, and once per day of ending those who may give them."""
    letters = [
        outbox.Letter(
            key=f"{ENDING.key}:{grant.pk}:{last_day(grant).isoformat()}",
            person_id=grant.person_id,
            params={
                "role": grant.role.name,
                "unit": grant.unit.name,
                "day": _written(last_day(grant)),
            },
            url="/akun/",
        )
        for grant in grants
    ]
    told = outbox.enqueue_each(letters, kind=ENDING.key, at=at)
    counts = _managers(grants, at)
    office = [
        outbox.Letter(
            key=f"{ENDING_OFFICE.key}:{manager}:{day.isoformat()}",
            person_id=manager,
            params={"count": count, "day": _written(day)},
            url="/kelola/hak-akses/?waktu=berakhir",
        )
        for (manager, day), count in sorted(counts.items())
    ]
    return told + outbox.enqueue_each(office, kind=ENDING_OFFICE.key, at=at)


def last_day(grant: Grant) -> date:
    """The last day on which a grant with an end holds, in the zone of the office."""
    assert grant.ends_at is not None
    return local_date(grant.ends_at - _MOMENT, zone=current().tz)


def _managers(grants: Sequence[Grant], at: datetime) -> Counter[tuple[int, date]]:
    """How many grants end on a day, by those nearest to the unit who may give them a later end."""
    rows = grants_in_force(at).filter(role__permissions__contains=[izin.GRANT_MANAGE.key])
    places = set(rows.values_list("unit__path", "person_id"))
    people = Person.objects.in_bulk({number for _path, number in places})
    counts: Counter[tuple[int, date]] = Counter()
    for grant in grants:
        levels: dict[str, set[int]] = defaultdict(set)
        for path, number in places:
            if grant.unit.path.startswith(path) and rules.may_change_grant(people[number], grant).ok:
                levels[path].add(number)
        if levels:
            counts.update((number, last_day(grant)) for number in levels[max(levels, key=len)])
    return counts


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _words(request: GrantRequest) -> dict[str, str]:
    return {"name": request.person.shown_name, "role": request.role.name, "unit": request.unit.name}
