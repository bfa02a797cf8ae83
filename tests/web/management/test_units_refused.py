"""What a move or the end of a unit would hand out or take is refused on its page, with who and what, and nothing is lost."""

import pytest
from django.test import Client

from rembuk.access.models import Grant, Role
from rembuk.workunits.models import WorkUnit
from tests import people, scenes
from tests.web.management.pages import K, refused

pytestmark = pytest.mark.django_db
LIST = f"{K}satuan-kerja/"
WHY = {"reason": "Perda susunan perangkat daerah"}


def organiser(place: scenes.Regency) -> Client:
    """Somebody signed in who manages the units of the whole instansi, and nothing else."""
    keys = ["desk.enter", "unit.manage"]
    role = Role.objects.create(slug="penata", name="Penata", name_en="Organiser", permissions=keys)
    person, client = people.citizen(), Client()
    Grant.objects.create(person=person, role=role, unit=place.root, starts_at=people.LONG_AGO)
    client.force_login(person)
    return client


def test_moves_that_give_others_more_than_one_has_are_refused_with_the_roles() -> None:
    place = scenes.regency()
    people.staff("moderator", place.health)
    client, to = organiser(place), {"parent": place.health.code, **WHY}
    for answer in (
        client.post(f"{LIST}{place.roads.code}/pindah/", to),
        client.post(
            f"{LIST}sekaligus/",
            {
                **to,
                "aksi": "pindah",
                "selected": [place.roads.code],
                "confirm": "1",
                "seen": place.health.code,
            },
        ),
    ):
        assert refused(answer) == (422, True)
        text = answer.content.decode()
        assert "Moderator (Dinas Kesehatan)" in text
        assert WHY["reason"] in text
    assert WorkUnit.objects.get(pk=place.roads.pk).parent == place.works


def test_units_with_roles_that_one_may_not_end_stay_in_use() -> None:
    place = scenes.regency()
    people.staff("moderator", place.roads, "Wahyu Prasetyo")
    client = organiser(place)
    for answer in (
        client.post(f"{LIST}{place.roads.code}/nonaktif/", WHY),
        client.post(
            f"{LIST}sekaligus/",
            {**WHY, "aksi": "nonaktif", "selected": [place.roads.code], "confirm": "1"},
        ),
    ):
        assert refused(answer) == (422, True)
        assert "Wahyu Prasetyo (Moderator)" in answer.content.decode()
    assert WorkUnit.objects.get(pk=place.roads.pk).is_active
