"""What an office may add to a programme: the code, places, beneficiaries; what the trail and the search keep of it."""

import pytest
from django.db import IntegrityError, transaction

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Invalid
from rembuk.programs import selectors
from rembuk.programs.actions.create import edit_program
from rembuk.programs.actions.editing.places import MOST_PLACES, Spot, places_of
from rembuk.programs.choices import NomenclatureLevel, is_nomenclature, level_of
from rembuk.programs.models import Program
from tests import program_scenes as programs
from tests import scenes

pytestmark = pytest.mark.django_db
# Permendagri 90/2019, Lampiran: 1.03.10 Program Penyelenggaraan Jalan and what lies below it.
CODES = {
    "1.03.10": NomenclatureLevel.PROGRAM,
    "X.XX.01": NomenclatureLevel.PROGRAM,
    "1.03.10.2.01": NomenclatureLevel.ACTIVITY,
    "1.03.10.2.01.05": NomenclatureLevel.SUB_ACTIVITY,
    "1.03.10.2.01.0005": NomenclatureLevel.SUB_ACTIVITY,
}
NO_CODES = (
    "1",
    "1.03",
    "1.3.10",
    "01.03.10",
    "1.03.10.2",
    "1.03.10.2.1",
    "1.03.10.2.01.5",
    "1.03.10.",
    "1.03.10\n",
)


@pytest.mark.parametrize(("code", "level"), CODES.items())
def test_code_of_the_nomenclature_tells_its_level(code: str, level: NomenclatureLevel) -> None:
    assert (is_nomenclature(code), level_of(code)) == (True, level)


@pytest.mark.parametrize("text", NO_CODES)
def test_other_texts_are_no_code_for_form_action_and_database(text: str) -> None:
    assert not is_nomenclature(text)
    program = programs.draft(scenes.regency())
    with pytest.raises(IntegrityError, match="program_nomenclature_is_a_code"), transaction.atomic():
        Program.objects.filter(pk=program.pk).update(nomenclature=text)


def test_action_refuses_what_is_no_code_at_its_field() -> None:
    with pytest.raises(Invalid) as refusal:
        programs.draft(scenes.regency(), nomenclature="jalan desa")
    assert set(refusal.value.fields) == {"nomenclature"}


def test_program_keeps_all_details_and_its_first_place_where_lists_look() -> None:
    place, village = scenes.regency(), scenes.village_region()
    program = programs.draft(
        place,
        region=None,
        place="Kecamatan Sukamaju",
        further=[Spot(village, "Dusun Krajan"), Spot(), Spot(village, " Dusun  Krajan ")],
        nomenclature=" 1.03.10.2.01 ",
        executing_unit=place.roads,
        beneficiaries="1.200 keluarga petani",
        is_public_service=True,
    )
    found = Program.objects.get(pk=program.pk)
    assert places_of(found) == (Spot(None, "Kecamatan Sukamaju"), Spot(village, "Dusun Krajan"))
    assert (found.place, found.region) == ("Kecamatan Sukamaju", None)
    assert (found.nomenclature, found.executing_unit) == ("1.03.10.2.01", place.roads)
    assert (found.beneficiaries, found.is_public_service) == ("1.200 keluarga petani", True)


def test_first_place_that_is_empty_gives_way_to_the_next() -> None:
    village = scenes.village_region()
    program = programs.draft(scenes.regency(), place="", further=[Spot(village)])
    assert (program.region, places_of(program)) == (village, (Spot(village, ""),))


def test_more_places_than_fit_are_refused_and_nothing_is_written() -> None:
    further = [Spot(None, f"Desa {number}") for number in range(MOST_PLACES)]
    with pytest.raises(Invalid):
        programs.draft(scenes.regency(), further=further)
    assert not Program.objects.exists()


def test_edit_keeps_details_before_and_after_in_the_trail() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.draft(place, by=by)
    new = programs.contents(
        place, further=[Spot(None, "Desa Mekarsari")], executing_unit=place.roads, is_public_service=True
    )
    edit_program(program, new, by=by)
    entry = AuditEntry.objects.get(verb="program.edited")
    assert entry.before == {
        "executing_unit": None,
        "is_public_service": False,
        "places": ["Kecamatan Sukamaju"],
    }
    assert entry.after == {
        "executing_unit": place.roads.code,
        "is_public_service": True,
        "places": ["Kecamatan Sukamaju", "Desa Mekarsari"],
    }
    edit_program(Program.objects.get(pk=program.pk), new, by=by)
    assert AuditEntry.objects.filter(verb="program.edited").count() == 1


@pytest.mark.parametrize("words", ["1.03.10.2.01.0005", "nelayan", "Tirtajaya", "bina marga"])
def test_program_is_found_by_its_details(words: str) -> None:
    place = scenes.regency()
    program = programs.draft(
        place,
        nomenclature="1.03.10.2.01.0005",
        beneficiaries="400 keluarga nelayan",
        further=[Spot(None, "Desa Tirtajaya")],
        executing_unit=place.roads,
    )
    programs.draft(place)
    assert list(Program.objects.filter(selectors.found_by(words))) == [program]
