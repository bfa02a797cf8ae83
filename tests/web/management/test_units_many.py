"""Acts on several work units: a page names the count and asks why; all are changed or none."""

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.taxonomy.models import Category
from rembuk.workunits.models import WorkUnit
from tests import people, scenes
from tests.web.management.pages import K, refused, signed_in

pytestmark = pytest.mark.django_db
HERE = f"{K}satuan-kerja/sekaligus/"
WHY = {"reason": "Perda susunan perangkat daerah"}


def asked(act: str, *units: WorkUnit, **fields: str) -> dict[str, object]:
    """What the list sends for these units, or with fields what the question sends."""
    return {"aksi": act, "selected": [unit.code for unit in units], **fields}


def test_the_question_names_the_count_and_changes_nothing() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    for act in ("pindah", "jenis", "wilayah", "nonaktif"):
        shown = client.post(HERE, asked(act, place.roads, place.village))
        assert shown.status_code == 200
        assert "2" in shown.context["count_text"]
        assert shown.content.decode().count('name="selected"') == 2
    assert not AuditEntry.objects.filter(verb__startswith="unit.").exists()


def test_several_move_after_the_shift_of_rights_was_shown() -> None:
    place = scenes.regency()
    people.staff("moderator", place.works)
    client = signed_in("administrator", place)
    sent = asked("pindah", place.roads, place.village, parent=place.health.code, confirm="1", **WHY)
    shown = client.post(HERE, sent)
    assert (shown.status_code, shown.context["to"], shown.context["losing"][:1]) == (200, place.health, "1")
    assert WorkUnit.objects.get(pk=place.roads.pk).parent == place.works
    assert client.post(HERE, {**sent, "seen": place.health.code}).status_code == 303
    assert set(place.health.children.all()) == {place.roads, place.village}
    marks = set(AuditEntry.objects.filter(verb="unit.moved").values_list("bulk", flat=True))
    assert len(marks) == 1


def test_several_get_a_kind_and_a_region_each_with_its_entry() -> None:
    place = scenes.regency()
    region, client = scenes.village_region(), signed_in("administrator", place)
    both = (place.roads, place.health)
    assert client.post(HERE, asked("jenis", *both, kind="upt", confirm="1", **WHY)).status_code == 303
    assert (
        client.post(HERE, asked("wilayah", *both, region=region.code, confirm="1", **WHY)).status_code == 303
    )
    assert set(WorkUnit.objects.filter(region=region, kind="upt")) == set(both)
    entries = AuditEntry.objects.filter(verb="unit.changed")
    assert (entries.count(), {entry.reason for entry in entries}) == (4, set(WHY.values()))
    again = client.post(HERE, asked("jenis", *both, kind="upt", confirm="1", **WHY))
    assert (again.status_code, AuditEntry.objects.filter(verb="unit.changed").count()) == (303, 4)


def test_several_are_retired_with_one_successor_or_none_is() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    sent = asked("nonaktif", place.works, place.roads, confirm="1", **WHY)
    assert refused(client.post(HERE, sent)) == (422, True)
    assert WorkUnit.objects.filter(is_active=False).count() == 0
    assert client.post(HERE, {**sent, "successor": place.health.code}).status_code == 303
    assert set(WorkUnit.objects.filter(is_active=False)) == {place.works, place.roads}
    assert Category.objects.get(pk=place.category.pk).default_unit == place.health
    assert client.post(HERE, asked("nonaktif", place.subdistrict, confirm="1", **WHY)).status_code == 409


def test_bad_input_is_asked_again_with_the_units() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    for sent in (
        asked("jenis", place.roads, kind="instansi", confirm="1", **WHY),
        asked("jenis", place.root, kind="upt", confirm="1", **WHY),
        asked("wilayah", place.roads, region="Tidak Ada", confirm="1", **WHY),
        asked("pindah", place.works, parent=place.roads.code, confirm="1", seen=place.roads.code, **WHY),
        asked("jenis", place.roads, kind="upt", confirm="1", reason=""),
    ):
        answer = client.post(HERE, sent)
        assert refused(answer) == (422, True)
        assert 'name="selected"' in answer.content.decode()


def test_units_of_others_and_unknown_acts_are_not_found() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place, "works")
    sent = asked("jenis", place.health, place.roads, kind="upt", confirm="1", **WHY)
    assert client.post(HERE, sent).status_code == 303
    assert WorkUnit.objects.get(pk=place.health.pk).kind == "agency"
    assert client.post(HERE, asked("hapus", place.roads)).status_code == 404
    assert client.post(HERE, asked("jenis")).status_code == 303
    assert client.get(HERE).status_code == 405
