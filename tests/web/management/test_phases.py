"""Pengaturan, Fase: templates and kinds are listed, made, edited, ordered, retired; used kinds stay."""

import pytest
from pytest_django import DjangoAssertNumQueries

from rembuk.management.actions.phases import create_kind, create_phase_template
from rembuk.programs.models import KindOfPhase, PhaseTemplate
from tests import people, scenes
from tests.management.test_phases import PROCUREMENT, TWO_STAGES
from tests.web.management.pages import K, refused, signed_in

pytestmark = pytest.mark.django_db
HERE = f"{K}pengaturan/fase/"
SENT = {
    "code": "pengadaan",
    "name": "Pengadaan",
    "name_en": "Procurement",
    "nature": "planning",
    "question": "Apakah pengadaannya terbuka?",
    "question_en": "Is the procurement open?",
    "takes_comments": "on",
    "is_active": "on",
}
TEMPLATE = {
    "code": "dua-tahap",
    "name": "Dua tahap",
    "name_en": "Two stages",
    "is_active": "on",
    "phase_1": "planning",
    "phase_3": "execution",
    "phase_4": "execution",
}


def test_kind_is_made_edited_and_shown_in_its_list() -> None:
    client = signed_in("administrator", scenes.regency())
    assert refused(client.post(f"{HERE}baru/", {**SENT, "question": ""})) == (422, True)
    assert refused(client.post(f"{HERE}baru/", {**SENT, "code": "templat"})) == (422, True)
    assert client.post(f"{HERE}baru/", SENT).status_code == 303
    assert refused(client.post(f"{HERE}baru/", SENT)) == (422, True)
    row = KindOfPhase.objects.get(code="pengadaan")
    assert (row.takes_comments, row.takes_answers, row.nature) == (True, False, "planning")
    assert client.post(f"{HERE}pengadaan/", {**SENT, "name": "Pengadaan barang"}).status_code == 303
    page = client.get(HERE).content.decode()
    assert "Pengadaan barang" in page
    assert "Apakah pengadaannya terbuka?" in page


def test_unused_kind_is_removed_with_a_reason_and_a_used_one_is_not_offered_it() -> None:
    client = signed_in("administrator", scenes.regency())
    client.post(f"{HERE}baru/", SENT)
    assert f"{HERE}pengadaan/hapus/" in client.get(f"{HERE}pengadaan/").content.decode()
    assert f"{HERE}planning/hapus/" not in client.get(f"{HERE}planning/").content.decode()
    assert client.post(f"{HERE}planning/hapus/", {"reason": "Salah"}).status_code == 409
    assert refused(client.post(f"{HERE}pengadaan/hapus/", {"reason": ""})) == (422, True)
    assert client.post(f"{HERE}pengadaan/hapus/", {"reason": "Salah ketik"}).status_code == 303
    assert client.get(f"{HERE}pengadaan/").status_code == 404


def test_template_is_made_edited_and_ordered_and_gaps_are_closed() -> None:
    client = signed_in("administrator", scenes.regency())
    here = f"{HERE}templat/"
    assert refused(
        client.post(f"{here}baru/", {**TEMPLATE, "phase_1": "", "phase_3": "", "phase_4": ""})
    ) == (
        422,
        True,
    )
    assert refused(client.post(f"{here}baru/", {**TEMPLATE, "code": "baru"})) == (422, True)
    assert client.post(f"{here}baru/", TEMPLATE).status_code == 303
    row = PhaseTemplate.objects.get(code="dua-tahap")
    assert list(row.phases.values_list("kind__code", flat=True)) == ["planning", "execution", "execution"]
    assert client.post(f"{here}dua-tahap/geser/", {"arah": "naik"}).status_code == 303
    assert list(PhaseTemplate.objects.values_list("code", flat=True)) == ["dua-tahap", "baku"]
    listed = client.get(here).content.decode()
    assert "Perencanaan, Pelaksanaan, Pelaksanaan" in listed
    page = client.get(f"{here}dua-tahap/").content.decode()
    assert page.count('value="execution" selected') == 2
    assert client.post(f"{here}dua-tahap/", {**TEMPLATE, "phase_2": "evaluation"}).status_code == 303
    assert row.phases.count() == 4
    assert refused(client.post(f"{here}baku/", {**TEMPLATE})) == (422, True)


def test_kinds_change_places() -> None:
    client = signed_in("administrator", scenes.regency())
    assert client.post(f"{HERE}planning/geser/", {"arah": "turun"}).status_code == 303
    assert KindOfPhase.objects.first() == KindOfPhase.objects.get(code="execution")


@pytest.mark.parametrize("path", ["", "baru/", "planning/", "templat/baru/", "templat/baku/"])
def test_phases_belong_to_the_administrator_of_the_instansi(path: str) -> None:
    place = scenes.regency()
    assert signed_in("administrator", place).get(f"{HERE}{path}").status_code == 200
    assert signed_in("administrator", place, "works").get(f"{HERE}{path}").status_code == 403
    assert signed_in("program-manager", place).get(f"{HERE}{path}").status_code == 403


@pytest.mark.parametrize("more", [1, 3])
def test_list_asks_as_often_for_three_as_for_one(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = scenes.regency()
    by = people.staff("administrator", place.root)
    for number in range(more):
        create_kind(f"k{number}", PROCUREMENT, by=by)
        create_phase_template(f"t{number}", TWO_STAGES, by=by)
    client = signed_in("administrator", place)
    client.get(K)
    for path, queries in (("", 4), ("templat/", 5)):
        with django_assert_num_queries(queries):
            client.get(f"{HERE}{path}")
