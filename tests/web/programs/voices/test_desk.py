"""Rounds on the desk: opening, closing, reading; and what citizens contradict."""

from datetime import timedelta

import pytest
from django.test import Client

from rembuk.programs.actions import phases
from rembuk.programs.actions.voices.rating import Given, rate
from rembuk.programs.models import Round
from tests import consultation_scenes as consultations
from tests import people, scenes
from tests import program_scenes as programs
from tests import voice_scenes as voices
from tests.program_scenes import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


def test_round_is_opened_with_a_last_day_and_closed_after_a_question(
    place: scenes.Regency, client: Client
) -> None:
    by = programs.manager(place)
    program = voices.evaluated(place, by, is_public_service=True)
    client.force_login(by)
    page = f"/kelola/program/{program.code}/"
    assert f'href="{page}penilaian/buka/"' in client.get(page).content.decode()
    assert "SKM" in client.get(f"{page}penilaian/buka/").content.decode()
    answer = client.post(f"{page}penilaian/buka/", {"closes_on": "2026-12-10", "population": "1000"})
    assert (answer.status_code, answer["Location"]) == (303, f"{page}penilaian/")
    found = Round.objects.get()
    # The end of 10 December in WIB.
    assert found.closes_at is not None
    assert (found.closes_at.isoformat(), found.population) == ("2026-12-10T17:00:00+00:00", 1000)
    text = client.get(f"{page}penilaian/").content.decode()
    assert f'href="{page}penilaian/1/tutup/"' in text
    assert "buka/" not in text
    assert "Tutup penilaian?" in client.get(f"{page}penilaian/1/tutup/").content.decode()
    assert client.post(f"{page}penilaian/1/tutup/").status_code == 303
    assert client.post(f"{page}penilaian/1/tutup/").status_code == 409
    found.refresh_from_db()
    assert found.closed_at is not None


def test_round_with_a_past_day_is_422_and_keeps_it(place: scenes.Regency, client: Client) -> None:
    by = programs.manager(place)
    program = voices.evaluated(place, by)
    client.force_login(by)
    answer = client.post(f"/kelola/program/{program.code}/penilaian/buka/", {"closes_on": "2026-11-01"})
    assert answer.status_code == 422
    assert "2026-11-01" in answer.content.decode()
    assert (
        client.post(f"/kelola/program/{program.code}/penilaian/buka/", {"closes_on": "x"}).status_code == 422
    )


def test_round_while_one_is_open_or_nothing_is_evaluated_is_409(
    place: scenes.Regency, client: Client
) -> None:
    by = programs.manager(place)
    found = voices.opened(place, by)
    client.force_login(by)
    assert client.post(f"/kelola/program/{found.program.code}/penilaian/buka/", {}).status_code == 409
    other = programs.published(place, by=by)
    assert client.get(f"/kelola/program/{other.code}/penilaian/buka/").status_code == 409
    assert "buka/" not in client.get(f"/kelola/program/{other.code}/penilaian/").content.decode()


@pytest.mark.parametrize(
    ("role", "reads", "runs"),
    [
        ("program-manager", 200, 200),
        ("unit-admin", 200, 200),
        ("moderator", 200, 403),
        ("auditor", 200, 403),
        ("assessor", 200, 403),
    ],
)
def test_rounds_by_role(role: str, reads: int, runs: int, place: scenes.Regency, client: Client) -> None:
    found = voices.opened(place, programs.manager(place))
    page = f"/kelola/program/{found.program.code}/penilaian/"
    client.force_login(people.staff(role, place.works))
    text = client.get(page).content.decode()
    assert client.get(page).status_code == reads
    assert client.get(f"{page}1/tutup/").status_code == runs
    assert ("1/tutup/" in text) == (runs == 200)
    assert client.get(f"{page}9/tutup/").status_code == (404 if runs == 200 else 403)
    client.force_login(people.staff(role, place.health))
    assert client.get(page).status_code == 404


def test_remarks_are_read_on_the_desk_without_names(place: scenes.Regency, client: Client) -> None:
    by = programs.manager(place)
    found = voices.opened(place, by)
    rate(
        found,
        Given(scores=voices.scores(found), remark="Lampu jalan kurang."),
        by=people.citizen("Nama Rahasia"),
        at=MORNING,
    )
    client.force_login(by)
    text = client.get(f"/kelola/program/{found.program.code}/penilaian/").content.decode()
    assert "Lampu jalan kurang." in text
    assert "Nama Rahasia" not in text


def test_contradicted_milestones_stand_on_the_desk_of_their_units(
    place: scenes.Regency, client: Client
) -> None:
    by = programs.manager(place)
    program = programs.published(place, by=by)
    found, quiet = voices.milestone(program), voices.milestone(program, title="Ruas 2 diperkeras")
    for value in ("no", "no", "yes"):
        voices.said(found, value)
    voices.said(quiet, "no")
    client.force_login(by)
    for page in ("/kelola/program/dibantah/", f"/kelola/program/{program.code}/", "/kelola/"):
        text = client.get(page).content.decode()
        assert "Ruas 1 diperkeras" in text, page
        assert "Ruas 2 diperkeras" not in text, page
    client.force_login(people.staff("program-manager", place.health))
    assert "Ruas 1" not in client.get("/kelola/program/dibantah/").content.decode()


def test_evaluation_is_put_to_the_public_while_another_phase_leads_and_its_result_stands_here(
    place: scenes.Regency, client: Client
) -> None:
    by = people.staff("unit-admin", place.works)
    manager = programs.manager(place)
    program = programs.published(place, by=manager)
    for number in (1, 3):
        phases.start_phase(programs.phase(program, number), by=manager, at=MORNING)
    assert programs.phase(program, 1).is_leading
    client.force_login(by)
    text = client.get(f"/kelola/program/{program.code}/").content.decode()
    url = f"/kelola/uji-publik/baru/?program={program.code}&amp;fase=3"
    assert url in text
    form = client.get(url.replace("&amp;", "&")).context["form"]
    assert (form.initial["kind"], form.initial["program"], form.initial["phase"]) == (
        "evaluation",
        program.code,
        3,
    )
    made = consultations.concluded(place, kind="evaluation")
    consultations.tie(made, program)
    public = Client().get(f"/program/{program.code}/").content.decode()
    assert made.title in public
    assert "Tiga pasal berubah karena masukan warga." in public
    client.force_login(people.staff("program-manager", place.works))
    assert url not in client.get(f"/kelola/program/{program.code}/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_contradicted_takes_the_same_number_of_queries(
    rows: int, place: scenes.Regency, client: Client, django_assert_num_queries: object
) -> None:
    by = programs.manager(place)
    program = programs.published(place, by=by)
    for number in range(rows):
        found = voices.milestone(program, at=MORNING - timedelta(hours=number))
        for _ in range(3):
            voices.said(found, "no")
    client.force_login(by)
    client.get("/kelola/program/dibantah/")
    with django_assert_num_queries(4):  # type: ignore[operator]
        text = client.get("/kelola/program/dibantah/").content.decode()
    assert text.count("queue-row") == rows
