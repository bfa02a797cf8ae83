"""Rating in the browser: a member, a visitor who signs in on the way, faults, a round that closes meanwhile, results."""

from datetime import timedelta

import pytest
from django.test import Client

from rembuk.programs.actions.voices.rating import Given, rate
from rembuk.programs.actions.voices.rounds import Terms, close_round
from rembuk.programs.models import Program, Rating, Round
from tests import people, scenes
from tests import program_scenes as programs
from tests import voice_scenes as voices
from tests.program_scenes import MORNING

pytestmark = pytest.mark.django_db
GIVEN = {"benefit": "4", "quality": "3", "openness": "2", "remark": "Jalannya sudah mulus."}


@pytest.fixture
def found() -> Round:
    """An open short round that closes in two weeks."""
    place = scenes.regency()
    return voices.opened(place, programs.manager(place), Terms(closes_at=MORNING + timedelta(days=14)))


def address(found: Round, language: str = "") -> str:
    """The page of the programme's rating."""
    return f"{language}/program/{found.program.code}/penilaian/"


def test_member_rates_changes_it_and_sees_the_result(found: Round, client: Client) -> None:
    client.force_login(people.citizen())
    answer = client.post(address(found), GIVEN)
    assert (answer.status_code, answer["Location"]) == (303, address(found))
    text = client.get(address(found)).content.decode()
    assert "Anda sudah menilai" in text
    assert "Jalannya sudah mulus." in text
    assert "1 orang telah menilai" in text
    client.post(address(found), {**GIVEN, "benefit": "1"})
    assert Rating.objects.get().scores == {"benefit": 1, "quality": 3, "openness": 2}


def test_visitor_is_asked_to_sign_in_and_loses_nothing(found: Round, client: Client) -> None:
    text = client.get(address(found)).content.decode()
    assert "Masuk terlebih dahulu" in text
    answer = client.post(address(found), GIVEN)
    assert (answer.status_code, answer["Location"]) == (
        303,
        f"/akun/masuk/?next={address(found).replace('/', '%2F')}",
    )
    assert Rating.objects.count() == 0
    person = people.citizen()
    signed = client.post(answer["Location"], {"email": person.email, "password": people.PASSWORD})
    assert (signed.status_code, signed["Location"]) == (303, address(found))
    back = client.get(address(found)).content.decode()
    assert "Jalannya sudah mulus." in back
    assert back.count("checked") == 3
    client.post(address(found), GIVEN)
    assert Rating.objects.get().person == person
    assert "voices" not in client.session or not client.session["voices"]


def test_faults_are_422_and_keep_what_was_typed(found: Round, client: Client) -> None:
    client.force_login(people.citizen())
    answer = client.post(address(found), {"benefit": "4", "quality": "9", "remark": "Catatan saya"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.index("errors-top") < text.index("Catatan saya")
    assert Rating.objects.count() == 0


def test_refusal_of_the_action_is_422(found: Round, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(people.citizen())
    answer = client.post(address(found), {**GIVEN, "remark": "a" * 1001})
    assert answer.status_code == 422


def test_rating_after_closing_is_409_and_shows_what_was_typed(found: Round, client: Client) -> None:
    close_round(found, by=people.staff("administrator", found.program.unit), at=MORNING)
    client.force_login(people.citizen())
    answer = client.post(address(found), GIVEN)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Penilaian ini sudah ditutup" in text
    assert "Jalannya sudah mulus." in text
    assert "Kirim penilaian" not in text


def test_unconfirmed_member_is_told_why_and_gets_no_form(found: Round, client: Client) -> None:
    person = people.citizen()
    person.emailaddress_set.update(verified=False)
    client.force_login(person)
    text = client.get(address(found)).content.decode()
    assert "konfirmasi" in text.lower()
    assert 'name="benefit"' not in text
    assert client.post(address(found), GIVEN).status_code == 403


def test_page_without_any_round_says_so(client: Client) -> None:
    program = programs.published(scenes.regency())
    answer = client.get(f"/program/{program.code}/penilaian/")
    assert answer.status_code == 200
    assert "Belum pernah dibuka penilaian" in answer.content.decode()
    assert client.post(f"/program/{program.code}/penilaian/", GIVEN).status_code == 303
    client.force_login(people.citizen())
    assert client.post(f"/program/{program.code}/penilaian/", GIVEN).status_code == 409


def test_rating_of_a_draft_and_of_an_unknown_round_is_404(found: Round, client: Client) -> None:
    for wrong in ("9", "x", "99999"):
        assert client.get(address(found), {"putaran": wrong}).status_code == 404
    Program.objects.filter(pk=found.program_id).update(state="draft")
    assert client.get(address(found)).status_code == 404


def test_too_many_changes_are_429(found: Round, client: Client) -> None:
    client.force_login(people.citizen())
    statuses = [client.post(address(found), GIVEN).status_code for _ in range(21)]
    assert (set(statuses[:20]), statuses[20]) == ({303}, 429)


def test_skm_shows_the_nine_elements_grade_and_how_many_should_answer(client: Client) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    found = voices.opened(place, by, Terms(population=1000), is_public_service=True)
    client.force_login(people.citizen())
    scores = dict(zip([f"u{n}" for n in range(1, 10)], "342433433", strict=True))
    assert client.post(address(found), {**scores, "remark": ""}).status_code == 303
    voices.rated(found, 3)
    text = client.get(address(found)).content.decode()
    # 29 of 36 and 27 of 36: index (29 + 27) / 18 = 3.1111, times 25 = 77.78, B.
    for words in ("77,78", "3,1111", "B: baik", "278", "U9 Sarana dan prasarana"):
        assert words in text
    english = client.get(address(found, "/en")).content.decode()
    assert "77.78" in english
    assert "U9 Facilities and infrastructure" in english


def test_who_carries_it_out_reads_why_she_does_not_rate(found: Round, client: Client) -> None:
    client.force_login(people.staff("program-manager", found.program.unit))
    text = client.get(address(found)).content.decode()
    assert "tidak menjawab sebagai warga" in text
    assert 'name="benefit"' not in text
    refused = client.post(address(found), GIVEN)
    assert (refused.status_code, Rating.objects.count()) == (403, 0)


def test_results_by_region_never_show_fewer_than_five(client: Client) -> None:
    village = scenes.village_region()
    district = village.parent
    place = scenes.regency()
    found = voices.opened(place, programs.manager(place), region=district.parent)  # type: ignore[union-attr]
    found.program.refresh_from_db()
    voices.rated(found, 4, 4, 4, 4, 4, region=district)
    voices.rated(found, 1, 1, 1, 1)
    assert "Menurut wilayah" not in client.get(address(found)).content.decode()
    voices.rated(found, 1)
    text = client.get(address(found)).content.decode()
    assert "Menurut wilayah" in text
    assert "Kec. Ciawi" in text
    assert '<option value="32.01.01">Ciawi</option>' in text


def test_rounds_are_chosen_by_tabs_and_remarks_stay_inside(found: Round, client: Client) -> None:
    by = people.staff("administrator", found.program.unit)
    given = Given(scores=voices.scores(found), remark="Hanya untuk dinas")
    rate(found, given, by=people.citizen(), at=MORNING)
    close_round(found, by=by, at=MORNING)
    from rembuk.programs.actions.voices.rounds import open_round

    open_round(found.phase, by=by, at=MORNING)
    text = client.get(address(found), {"putaran": "1"}).content.decode()
    assert "Putaran 1" in text
    assert "Putaran 2" in text
    assert "1 orang telah menilai" in text
    assert "Hanya untuk dinas" not in text


@pytest.mark.parametrize("people_who_rate", [1, 3])
def test_page_takes_the_same_number_of_queries(
    found: Round, people_who_rate: int, client: Client, django_assert_num_queries: object
) -> None:
    voices.rated(found, *[3] * people_who_rate)
    client.get(address(found))
    with django_assert_num_queries(6):  # type: ignore[operator]
        client.get(address(found))


@pytest.mark.parametrize("rows", [1, 3])
def test_programme_page_shows_the_way_and_the_result(found: Round, rows: int, client: Client) -> None:
    voices.rated(found, *[3] * rows)
    text = client.get(f"/program/{found.program.code}/").content.decode()
    assert f'href="{address(found)}"' in text
    assert "3,00 dari 4" in text
    assert f"{rows} orang telah menilai" in text


def test_programme_page_without_voices_shows_no_empty_sections(client: Client) -> None:
    text = client.get(f"/program/{programs.published(scenes.regency()).code}/").content.decode()
    for anchor in ("penilaian", "hasil-penilaian", "sudah-selesai"):
        assert f'id="{anchor}"' not in text
