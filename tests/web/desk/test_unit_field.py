"""Fields of work units: a list while few can be meant, else text with at most twenty suggestions and hits to choose from."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.access.models import Grant
from rembuk.programs.models import Program
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit
from tests import people, scenes
from tests import program_scenes as programs
from tests.web.programs.editing.test_details import WORDS

pytestmark = pytest.mark.django_db
NAMES = "/kelola/nama-satuan-kerja/"
GIVE = "/kelola/hak-akses/beri/"
NEW = "/kelola/program/baru/"


def divisions(below: WorkUnit, number: int) -> list[WorkUnit]:
    """So many divisions below a unit."""
    kind = WorkUnit.Kind.DIVISION
    return [
        tree.plant(code=f"BID-{n}", name=f"Bidang Jembatan {n}", kind=kind, parent=below)
        for n in range(1, number + 1)
    ]


def suggested(page: str) -> list[str]:
    """What the page or fragment suggests."""
    return re.findall(r'<option value="([^"]+ \([^"]+\))"></option>', page)


def offered(page: str) -> list[str]:
    """The values of the hits to choose from."""
    return re.findall(r'type="radio" name="unit_pilih" id="[^"]+" value="([^"]+)"', page)


def get(client: Client, url: str, **query: str) -> str:
    """What the page says."""
    answer = client.get(url, query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def place() -> scenes.Regency:
    """A regency of which one agency has thirty divisions."""
    place = scenes.regency()
    divisions(place.works, 30)
    return place


def test_fragment_answers_with_at_most_twenty_units_that_have_all_words(
    client: Client, place: scenes.Regency
) -> None:
    client.force_login(people.staff("moderator", place.root))
    assert len(suggested(get(client, NAMES, q="jembatan"))) == 20
    assert suggested(get(client, NAMES, q="jembatan 17")) == ["Bidang Jembatan 17 (BID-17)"]
    assert suggested(get(client, NAMES, q="Bidang Jembatan 17 (BID-17)")) == ["Bidang Jembatan 17 (BID-17)"]
    assert suggested(get(client, NAMES, q="bid-17")) == ["Bidang Jembatan 17 (BID-17)"]
    assert suggested(get(client, NAMES, q="kelautan")) == []


def test_fragment_names_no_unit_that_is_retired(client: Client, place: scenes.Regency) -> None:
    client.force_login(people.staff("moderator", place.root))
    WorkUnit.objects.filter(code="BID-17").update(is_active=False)
    assert suggested(get(client, NAMES, q="bid-17")) == []


def test_fragment_begins_with_the_units_of_the_reader(client: Client, place: scenes.Regency) -> None:
    client.force_login(people.staff("moderator", WorkUnit.objects.get(code="BID-30")))
    found = suggested(get(client, NAMES))
    assert (len(found), found[0]) == (20, "Bidang Jembatan 30 (BID-30)")
    assert found[1].endswith(f"({place.root.code})")


def test_fragment_keeps_to_the_reach_of_a_permission(client: Client, place: scenes.Regency) -> None:
    client.force_login(people.staff("program-manager", place.health))
    assert suggested(get(client, NAMES, q="jembatan", izin="program.edit")) == []
    assert suggested(get(client, NAMES, izin="program.edit")) == [
        f"{place.health.name} ({place.health.code})"
    ]
    assert len(suggested(get(client, NAMES, q="jembatan", izin="nothing"))) == 20


def test_fragment_is_for_staff(client: Client) -> None:
    place = scenes.regency()
    assert client.get(NAMES).status_code == 302
    client.force_login(people.citizen())
    assert client.get(NAMES).status_code == 403
    client.force_login(people.staff("moderator", place.root))
    assert client.post(NAMES).status_code == 405


def test_fragment_asks_the_same_for_few_and_many(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = scenes.regency()
    client.force_login(people.staff("moderator", place.root))
    get(client, NAMES, q="dinas")
    with django_assert_num_queries(4):
        get(client, NAMES, q="dinas")
    divisions(place.works, 30)
    with django_assert_num_queries(4):
        get(client, NAMES, q="jembatan")


def test_form_of_a_grant_suggests_at_most_twenty(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = scenes.regency()
    client.force_login(people.staff("administrator", place.root))
    get(client, GIVE)
    with django_assert_num_queries(6):
        page = get(client, GIVE)
    assert len(suggested(page)) == WorkUnit.objects.count()
    divisions(place.works, 30)
    with django_assert_num_queries(6):
        page = get(client, GIVE)
    assert len(suggested(page)) == 20
    assert f'data-similar="{NAMES}"' in page
    assert "js/similar" in page


def test_unknown_name_shows_the_hits_keeps_what_was_typed_and_takes_the_one_chosen(
    client: Client, place: scenes.Regency
) -> None:
    client.force_login(people.staff("administrator", place.root))
    person = people.citizen()
    form = {"email": person.email, "role": "assessor", "unit": "jembatan 2", "reason": "SK 12/2026"}
    answer = client.post(GIVE, form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="jembatan 2"' in page
    hits = offered(page)
    assert "BID-2|jembatan 2" in hits
    assert len(hits) == 12
    assert not Grant.objects.filter(person=person).exists()
    assert client.post(GIVE, {**form, "unit_pilih": "BID-12|jembatan 2"}).status_code == 303
    assert Grant.objects.get(person=person).unit.code == "BID-12"


def test_hit_that_was_chosen_for_another_text_counts_no_more(client: Client, place: scenes.Regency) -> None:
    client.force_login(people.staff("administrator", place.root))
    person = people.citizen()
    form = {"email": person.email, "role": "assessor", "unit": "BID-3", "reason": "SK 12/2026"}
    assert client.post(GIVE, {**form, "unit_pilih": "BID-12|jembatan 2"}).status_code == 303
    assert Grant.objects.get(person=person).unit.code == "BID-3"


def test_name_of_several_units_shows_them_to_choose_from(client: Client, place: scenes.Regency) -> None:
    WorkUnit.objects.filter(code__in=["BID-1", "BID-2"]).update(name="Sekretariat")
    client.force_login(people.staff("administrator", place.root))
    form = {"email": people.citizen().email, "role": "assessor", "unit": "sekretariat", "reason": "SK"}
    assert offered(client.post(GIVE, form).content.decode()) == ["BID-1|sekretariat", "BID-2|sekretariat"]


def test_name_that_resembles_none_offers_nothing(client: Client, place: scenes.Regency) -> None:
    client.force_login(people.staff("administrator", place.root))
    form = {"email": people.citizen().email, "role": "assessor", "unit": "kelautan", "reason": "SK"}
    answer = client.post(GIVE, form)
    assert answer.status_code == 422
    assert offered(answer.content.decode()) == []


def test_new_programme_has_a_list_of_few_units_and_a_text_for_many(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = scenes.regency()
    client.force_login(people.staff("administrator", place.root))
    get(client, NEW)
    with django_assert_num_queries(12):
        page = get(client, NEW)
    assert '<select name="unit"' in page
    assert f'<option value="{place.works.code}">' in page
    divisions(place.works, 30)
    with django_assert_num_queries(12):
        page = get(client, NEW)
    assert '<select name="unit"' not in page
    assert f'data-similar="{NAMES}?izin=program.edit"' in page
    assert len(suggested(page)) == 40  # twenty for whoever is responsible, twenty for whoever carries it out


def test_new_programme_takes_a_typed_unit_and_refuses_one_out_of_reach(
    client: Client, place: scenes.Regency
) -> None:
    client.force_login(programs.manager(place))
    words = {**WORDS, "step": "save"}
    answer = client.post(NEW, {**words, "unit": place.health.name})
    assert answer.status_code == 422
    assert f'value="{place.health.name}"' in answer.content.decode()
    answer = client.post(NEW, {**words, "unit": "Bidang Jembatan 7 (BID-7)", "executing_unit": "bid-8"})
    assert answer.status_code == 303
    made = Program.objects.get()
    assert (made.unit.code, made.executing_unit and made.executing_unit.code) == ("BID-7", "BID-8")


def test_edited_programme_shows_its_units_by_name(client: Client, place: scenes.Regency) -> None:
    client.force_login(programs.manager(place))
    client.post(NEW, {**WORDS, "step": "save", "unit": "BID-7", "executing_unit": "BID-8"})
    page = get(client, f"/kelola/program/{Program.objects.get().code}/ubah/")
    assert 'value="Bidang Jembatan 7 (BID-7)"' in page
    assert 'value="Bidang Jembatan 8 (BID-8)"' in page
