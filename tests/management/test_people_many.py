"""Acts on many accounts: the rules asked for many agree with the single ones; all or none; exports in the trail."""

from collections.abc import Iterator
from typing import Any

import pytest

from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, DomainError, Invalid
from rembuk.management import rules
from rembuk.management.actions import people as single
from rembuk.management.actions.people_many import NotAll, Terms, act_on_many, note_export
from rembuk.management.people.together import Step, is_answerable, refusals
from tests import people, scenes

pytestmark = pytest.mark.django_db
WHY = Terms(reason="Pindah tugas ke instansi lain")


def everybody(place: scenes.Regency) -> dict[str, Person]:
    """Accounts in every state, with roles inside and outside of the works."""
    mixed = people.staff("moderator", place.works, "Dua tempat")
    people.grant(mixed, "moderator", place.health)
    past = people.citizen("Dulu di sini")
    people.grant(past, "moderator", place.works, ends_at=people.LONG_AGO.replace(year=2025))
    closed = people.staff("moderator", place.works, "Ditutup")
    Person.objects.filter(pk=closed.pk).update(is_active=False, suspended_at=people.LONG_AGO)
    gone = people.citizen("Lenyap")
    Person.objects.filter(pk=gone.pk).update(
        is_active=False, suspended_at=people.LONG_AGO, deleted_at=people.LONG_AGO
    )
    waiting = people.staff("moderator", place.works, "Diundang")
    waiting.set_unusable_password()
    waiting.invited_at = people.LONG_AGO
    waiting.save()
    found = {
        "inside": people.staff("moderator", place.roads, "Di dalam"),
        "outside": people.staff("moderator", place.health, "Di luar"),
        "citizen": people.citizen("Warga"),
        "mixed": mixed,
        "past": past,
        "closed": closed,
        "gone": gone,
        "waiting": waiting,
        "admin": people.staff("administrator", place.root, "Admin"),
    }
    return {name: Person.objects.get(pk=person.pk) for name, person in found.items()}


def singly(step: Step, person: Person, by: Person) -> str:
    """What the single act says; what it did is taken back."""
    try:
        act_on_many(step, [person], WHY, by=by)
    except NotAll as stopped:
        return stopped.refused[person.pk]
    return ""


def cases() -> Iterator[Any]:
    """Every step by whoever may do most and by whoever may do little."""
    for step in Step:
        for who in ("root", "works"):
            yield pytest.param(step, who, id=f"{step.name}-{who}")


@pytest.mark.parametrize(("step", "who"), list(cases()))
def test_rules_asked_for_many_say_what_the_single_acts_say(step: Step, who: str) -> None:
    place = scenes.regency()
    cast = everybody(place)
    by = people.staff("unit-admin", getattr(place, who), "Ratna")
    reach = [one for one in [*cast.values(), by] if rules.may_see_person(by, one).ok]
    many = refusals(step, reach, by)
    for person in reach:
        assert bool(many.get(person.pk)) == bool(singly(step, person, by)), (person.name, many.get(person.pk))


def test_whole_account_is_in_the_hands_of_who_covers_all_its_roles() -> None:
    place = scenes.regency()
    cast = everybody(place)
    by, chief = people.staff("unit-admin", place.works), people.staff("unit-admin", place.root)
    assert [name for name, one in cast.items() if is_answerable(by, one)] == ["inside", "closed", "waiting"]
    assert all(is_answerable(chief, one) for one in cast.values())
    assert is_answerable(cast["citizen"], cast["citizen"])


def test_act_on_many_leaves_all_when_one_is_refused() -> None:
    place = scenes.regency()
    by = people.staff("administrator", place.root)
    first, last = people.citizen("Satu"), people.citizen("Dua", is_active=False)
    with pytest.raises(NotAll) as stopped:
        act_on_many(Step.SUSPEND, [first, last], WHY, by=by)
    assert list(stopped.value.refused) == [last.pk]
    assert Person.objects.get(pk=first.pk).is_active
    assert not AuditEntry.objects.filter(verb="person.suspended").exists()


def test_act_on_many_takes_the_terms_of_the_single_act() -> None:
    place = scenes.regency()
    with pytest.raises(Invalid):
        act_on_many(Step.SUSPEND, [people.citizen()], Terms(), by=people.staff("administrator", place.root))


def test_export_is_recorded_with_filters_and_count_and_without_the_words_searched_for() -> None:
    place = scenes.regency()
    by = people.staff("administrator", place.root)
    note_export(by=by, filters={"q": "Sari Wulandari", "peran": "moderator", "diam": ""}, form="csv", count=3)
    entry = AuditEntry.objects.get(verb="person.list_exported")
    assert entry.after == {
        "filters": {"q": True, "peran": "moderator"},
        "form": "csv",
        "count": 3,
        "fields": ["name", "email"],
    }


def test_single_acts_refuse_what_the_list_never_offers() -> None:
    place = scenes.regency()
    me = people.staff("administrator", place.root)
    acts: list[Any] = [
        lambda: single.end_person_sessions(me, by=me, reason="x"),
        lambda: single.see_person(people.citizen(), by=people.staff("unit-admin", place.works)),
    ]
    for act in acts:
        with pytest.raises((Denied, DomainError)):
            act()
