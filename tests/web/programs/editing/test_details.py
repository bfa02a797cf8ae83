"""The optional details of a programme on the desk, on its public page, and in the list of a region."""

import pytest
from django.test import Client
from django.urls import reverse

from rembuk.programs.actions.editing.places import Spot, places_of
from rembuk.programs.models import Program
from tests import people, scenes
from tests import program_scenes as programs

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "Perbaikan jalan desa Sukamaju",
    "summary": "Lima ruas jalan desa diperkeras agar dapat dilewati sepanjang tahun.",
    "body": "",
    "category": "",
    "year": "2027",
    "region": "",
    "place": "Kecamatan Sukamaju",
}
DETAILS = {
    "nomenclature": "1.03.10.2.01.0005",
    "beneficiaries": "1.200 keluarga petani",
    "is_public_service": "on",
    "region_2": "sukamaju ciawi",
    "place_2": "Dusun Krajan",
    "place_3": "Pasar Ciawi",
}


def saved(client: Client, place: scenes.Regency, **fields: str) -> object:
    """A new programme with these details, as the form sends it."""
    client.force_login(programs.manager(place))
    data = {**WORDS, "unit": place.works.code, "step": "save", **fields}
    return client.post(reverse("desk_programs:new"), data)


def test_new_program_takes_the_details_that_are_folded_away(client: Client) -> None:
    place, village = scenes.regency(), scenes.village_region()
    saved(client, place, **DETAILS, executing_unit=place.roads.code)
    program = Program.objects.get()
    assert places_of(program) == (
        Spot(None, "Kecamatan Sukamaju"),
        Spot(village, "Dusun Krajan"),
        Spot(None, "Pasar Ciawi"),
    )
    assert (program.nomenclature, program.executing_unit) == ("1.03.10.2.01.0005", place.roads)
    assert program.is_public_service


def test_details_stay_folded_without_and_open_with_something_in_them(client: Client) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    client.force_login(by)
    plain, full = programs.draft(place, by=by), programs.draft(place, by=by, beneficiaries="Petani")
    texts = [
        client.get(reverse("desk_programs:edit", args=[row.code])).content.decode() for row in (plain, full)
    ]
    assert ['<details class="more" open>' in text for text in texts] == [False, True]
    assert 'value="Petani"' in texts[1]


def test_wrong_code_and_unclear_place_are_named_and_nothing_is_lost(client: Client) -> None:
    scenes.village_region()
    answer = saved(client, scenes.regency(), nomenclature="1.3", region_2="Bogor", place_3="Pasar Ciawi")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#id_nomenclature">' in text
    assert '<a href="#id_region_2">' in text
    assert "<li>Kec. Ciawi, Kab. Bogor, Jawa Barat</li>" in text
    assert 'value="Pasar Ciawi"' in text
    assert not Program.objects.exists()


def test_edit_shows_every_place_and_offers_further_ones(client: Client) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    client.force_login(by)
    program = programs.draft(place, by=by, further=[Spot(None, f"Desa {n}") for n in range(4)])
    context = client.get(reverse("desk_programs:edit", args=[program.code])).context
    assert [row["words"].value() for row in context["details"].places] == [
        *(f"Desa {n}" for n in range(4)),
        *[None] * 3,
    ]


def test_public_page_and_desk_page_show_what_was_added_and_nothing_else(client: Client) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    bare = programs.published(place, by=by)
    full = programs.published(
        place,
        by=by,
        further=[Spot(None, "Desa Mekarsari")],
        nomenclature="1.03.10.2.01",
        executing_unit=place.roads,
        beneficiaries="1.200 keluarga",
        is_public_service=True,
    )
    client.force_login(by)
    for route in ("programs:detail", "desk_programs:detail"):
        text = client.get(reverse(route, args=[full.code])).content.decode()
        assert "<dd>Kecamatan Sukamaju</dd><dd>Desa Mekarsari</dd>" in text
        assert '<span class="code">1.03.10.2.01</span> Kegiatan' in text
        assert "1.200 keluarga" in text
        assert "Bidang Bina Marga" in text
        assert "Layanan publik" in text
        empty = client.get(reverse(route, args=[bare.code])).content.decode()
        assert "nomenklatur" not in empty
        assert "Layanan publik" not in empty


def test_list_of_a_region_finds_a_program_by_its_further_place(client: Client) -> None:
    place, village = scenes.regency(), scenes.village_region()
    near = programs.published(place, further=[Spot(village)])
    far = programs.published(place)
    text = client.get(reverse("programs:list"), {"wilayah": "32"}).content.decode()
    assert near.code in text
    assert far.code not in text


def test_reader_of_another_office_can_not_edit_details(client: Client) -> None:
    place = scenes.regency()
    program = programs.published(place)
    client.force_login(people.staff("program-manager", place.health))
    answer = client.post(reverse("desk_programs:edit", args=[program.code]), {**WORDS, **DETAILS})
    assert answer.status_code == 404
    assert Program.objects.get().nomenclature == ""
