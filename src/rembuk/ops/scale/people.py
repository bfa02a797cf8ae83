"""Work units, categories, people and the grants of staff."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress

from rembuk.access.models import Grant, Role
from rembuk.accounts.models import Person
from rembuk.ops.actions import ensure_root
from rembuk.ops.scale import places, trail, wording
from rembuk.ops.scale.drawing import Draw
from rembuk.ops.scale.places import Places
from rembuk.ops.scale.rows import Loader
from rembuk.ops.scale.trail import Office
from rembuk.taxonomy import tree as categories
from rembuk.taxonomy.models import Category, ReasonCode
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.tree import path_of

MOST_UNITS = 500
_REASON = "./rembuk seed"
_CATEGORIES = (
    ("infrastruktur", "Infrastruktur", "Infrastructure"), ("kesehatan", "Kesehatan", "Health"),
    ("pendidikan", "Pendidikan", "Education"), ("lingkungan", "Lingkungan hidup", "Environment"),
    ("pertanian", "Pertanian", "Farming"), ("perhubungan", "Perhubungan", "Transport"),
    ("air-bersih", "Air bersih", "Clean water"), ("sosial", "Sosial", "Social affairs"),
    ("ekonomi", "Ekonomi dan pasar", "Economy and markets"), ("permukiman", "Permukiman", "Housing"),
)  # fmt: skip


@dataclass(slots=True)
class Site:
    """Who and what everything else hangs on; numbers of rows."""

    now: datetime
    places: Places
    offices: list[Office] = field(default_factory=list)
    categories: list[int] = field(default_factory=list)
    citizens: list[int] = field(default_factory=list)
    # By what they are offered for.
    reasons: dict[str, list[int]] = field(default_factory=dict)

    @property
    def begun_at(self) -> datetime:
        """When the first of all this happened: within the months that the audit table has partitions for."""
        return self.now - timedelta(days=330)


def settle(loader: Loader, draw: Draw, *, people: int, units: int, now: datetime) -> Site:
    """Load regions; make units, categories, people, and two grants in each unit."""
    site = Site(now, places.load())
    found = _units(loader, draw, min(units, MOST_UNITS), site.places.subdistricts)
    site.categories = _categories()
    site.reasons = _reasons()
    everybody = _people(loader, draw, people, site)
    staff = everybody[: 2 * len(found)]
    site.citizens = everybody[len(staff) :]
    for place, unit in enumerate(found):
        site.offices.append(Office(unit, staff[2 * place], staff[2 * place + 1]))
    _grants(loader, site)
    return site


def _units(loader: Loader, draw: Draw, count: int, subdistricts: list[str]) -> list[WorkUnit]:
    root = ensure_root(code="INSTANSI", name="Pemerintah Kabupaten Ukur")
    WorkUnit.objects.filter(pk=root.pk).update(region=places.REGENCY)
    made, agencies = [root], list[WorkUnit]()
    kinds = WorkUnit.Kind
    for place in range(1, count):
        is_agency = place <= max(3, count // 5)
        parent = root if is_agency else draw.choice(agencies)
        kind = draw.choice([kinds.AGENCY, kinds.SUBDISTRICT]) if is_agency else kinds.DIVISION
        number = loader.number(WorkUnit)
        unit = WorkUnit(
            pk=number, code=f"U{place:03}", name=f"{kind.label} {place}", kind=kind, parent=parent
        )
        unit.path = path_of(number, parent)
        if kind is kinds.SUBDISTRICT:
            unit.region_id = subdistricts[place % len(subdistricts)]
        made.append(unit)
        if is_agency:
            agencies.append(unit)
    loader.copy(WorkUnit, (_columns(unit) for unit in made[1:]))
    return made


def _columns(unit: WorkUnit) -> dict[str, object]:
    return {
        "id": unit.pk,
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "parent_id": unit.parent_id,
        "path": unit.path,
        "region_id": unit.region_id,
    }


def _categories() -> list[int]:
    for position, (slug, name, name_en) in enumerate(_CATEGORIES):
        if not Category.objects.filter(slug=slug).exists():
            categories.plant(slug=slug, name=name, name_en=name_en, position=position)
    return list(Category.objects.filter(is_active=True).values_list("pk", flat=True))


def _reasons() -> dict[str, list[int]]:
    known = list(ReasonCode.objects.filter(is_active=True).order_by("pk"))
    return {use: [one.pk for one in known if use in one.uses] for use in ReasonCode.Use.values}


def _people(loader: Loader, draw: Draw, count: int, site: Site) -> list[int]:
    numbers = [loader.number(Person) for _ in range(count)]
    joined = sorted(draw.between(site.begun_at - timedelta(days=30), site.now) for _ in numbers)
    loader.copy(
        Person,
        (
            {
                "id": number,
                # No password fits: nobody signs in to a made-up account.
                "password": "!",
                "email": f"warga{number:07}@ukur.example",
                "name": wording.person(draw, number),
                "joined_at": at,
                "privacy_version": 1,
                "privacy_acknowledged_at": at,
                "adult_confirmed_at": at,
                "last_active_on": draw.between(at, site.now).date(),
            }
            for number, at in zip(numbers, joined, strict=True)
        ),
    )
    loader.copy(
        EmailAddress,
        (
            {
                "id": loader.number(EmailAddress),
                "user_id": number,
                "email": f"warga{number:07}@ukur.example",
                "verified": True,
                "primary": True,
            }
            for number in numbers
        ),
    )
    return numbers


def _grants(loader: Loader, site: Site) -> None:
    roles = dict(Role.objects.values_list("slug", "pk"))
    rows, deeds = [], list[trail.Deed]()
    for office in site.offices:
        for person in (office.head, office.moderator):
            rows.append(
                {
                    "id": loader.number(Grant),
                    "person_id": person,
                    "role_id": roles[office.role_of(person)],
                    "unit_id": office.unit.pk,
                    "starts_at": site.begun_at,
                    "reason": _REASON,
                    "created_at": site.begun_at,
                }
            )
            deeds.append(_given(office, person, site.begun_at))
    loader.copy(Grant, rows)
    trail.write(loader, deeds)


def _given(office: Office, person: int, at: datetime) -> trail.Deed:
    given: dict[str, object] = {"role": office.role_of(person), "unit": office.unit.code}
    given |= {"starts_at": at, "ends_at": None}
    return trail.Deed(
        at, "grant.given", None, "person", str(person), office.unit, after=given, reason=_REASON
    )
