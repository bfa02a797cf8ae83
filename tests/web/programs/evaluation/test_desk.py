"""Writing an evaluation on the desk: drafted, saved, refreshed, in conflict, discarded, published; who may not."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from rembuk.programs.models import Program
from rembuk.reports.actions.evaluate import edit_evaluation
from rembuk.reports.models import EvaluationReport
from rembuk.reports.states import ReportState
from tests import layer_scenes, people, program_scenes, scenes
from tests.program_scenes import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


@pytest.fixture
def program(place: scenes.Regency) -> Program:
    return layer_scenes.running(place)


def typed(report: EvaluationReport, **words: str) -> dict[str, Any]:
    return {**report.words, "seen": report.changed_at.isoformat(), **words}


def shown(client: Client, url: str) -> dict[str, str]:
    """What the question before publishing sends."""
    page = client.get(f"{url}terbitkan/").content.decode()
    return dict(re.findall(r'<input type="hidden" name="(seen)" value="([^"]+)">', page))


def drafted(client: Client, place: scenes.Regency, program: Program) -> tuple[EvaluationReport, str]:
    client.force_login(program_scenes.manager(place))
    answer = client.post(f"/kelola/program/{program.code}/evaluasi/baru/")
    assert answer.status_code == 303
    report = EvaluationReport.objects.get(program=program)
    assert answer["Location"] == f"/kelola/program/{program.code}/evaluasi/1/"
    return report, answer["Location"]


def test_official_drafts_writes_and_publishes(
    client: Client, place: scenes.Regency, program: Program
) -> None:
    client.force_login(program_scenes.manager(place))
    board = client.get(f"/kelola/program/{program.code}/").content.decode()
    assert "Belum ada evaluasi." in board
    assert f"/kelola/program/{program.code}/evaluasi/baru/" in board
    assert (
        "Susun evaluasi dari data?"
        in client.get(f"/kelola/program/{program.code}/evaluasi/baru/").content.decode()
    )
    report, url = drafted(client, place, program)
    page = client.get(url).content.decode()
    assert "Rp4.050.000.000,50" in page
    assert "evaluasi/baru/" not in client.get(f"/kelola/program/{program.code}/").content.decode()
    answer = client.post(url, typed(report, lessons="Pesan rangka lebih awal.", step="publish"))
    assert answer["Location"] == f"{url}terbitkan/"
    assert "tidak berubah lagi" in client.get(f"{url}terbitkan/").content.decode()
    done = client.post(f"{url}terbitkan/", shown(client, url))
    assert done["Location"] == f"/program/{program.code}/evaluasi/1/"
    assert "Pesan rangka lebih awal." in client.get(done["Location"]).content.decode()
    assert client.get(url)["Location"] == done["Location"]
    board = client.get(f"/kelola/program/{program.code}/").content.decode()
    assert f'href="/program/{program.code}/evaluasi/1/"' in board
    assert client.post(f"{url}terbitkan/", shown(client, url)).status_code == 409
    assert client.post(f"{url}buang/").status_code == 409


def test_saving_and_refreshing_keep_words_and_offer_what_a_draft_would_say(
    client: Client, place: scenes.Regency, program: Program
) -> None:
    report, url = drafted(client, place, program)
    answer = client.post(url, typed(report, summary="Jembatan belum selesai."))
    assert answer.status_code == 303
    page = client.get(url).content.decode()
    assert "Jembatan belum selesai." in page
    assert page.count("Bunyi draf menurut data ini") == 1
    Program.objects.filter(pk=program.pk).update(title="Jembatan Cikaso baru")
    report.refresh_from_db()
    assert client.post(url, typed(report, step="refresh")).status_code == 303
    report.refresh_from_db()
    assert report.data["program"]["title"] == "Jembatan Cikaso baru"
    assert report.words["summary"] == "Jembatan belum selesai."
    assert client.post(url, typed(report, step="lain")).status_code == 303


def test_second_official_sees_what_stands_there_and_loses_nothing(
    client: Client, place: scenes.Regency, program: Program
) -> None:
    report, url = drafted(client, place, program)
    edit_evaluation(
        report,
        {**report.words, "lessons": "Tulisan rekan."},
        seen=report.changed_at,
        by=program_scenes.manager(place),
        at=MORNING + timedelta(hours=1),
    )
    answer = client.post(url, typed(report, lessons="Tulisan saya."))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Tulisan saya." in page
    assert "Tulisan rekan." in page
    assert "Orang lain mengubah laporan ini" in page
    now = EvaluationReport.objects.get()
    assert now.words["lessons"] == "Tulisan rekan."
    # She has seen it; sending again is her decision.
    again = client.post(url, {**typed(report, lessons="Tulisan kami."), "seen": now.changed_at.isoformat()})
    assert again.status_code == 303
    assert EvaluationReport.objects.get().words["lessons"] == "Tulisan kami."


def test_bad_input_comes_back_with_the_summary_of_faults(
    client: Client, place: scenes.Regency, program: Program
) -> None:
    report, url = drafted(client, place, program)
    long = client.post(url, typed(report, lessons="x" * 20_001, advice="Tetap ada."))
    assert long.status_code == 422
    assert "Tetap ada." in long.content.decode()
    assert client.post(url, typed(report, seen="kapan-kapan")).status_code == 422
    assert client.post(url, typed(report, summary="")).status_code == 303
    refused = client.post(f"{url}terbitkan/", shown(client, url))
    assert refused.status_code == 422
    assert "Tulis ringkasannya dahulu" in refused.content.decode()
    assert EvaluationReport.objects.get().state == ReportState.DRAFT


def test_evaluation_that_a_colleague_rewrote_meanwhile_is_not_published_unread(
    client: Client, place: scenes.Regency, program: Program
) -> None:
    report, url = drafted(client, place, program)
    asked = shown(client, url)
    colleague = Client()
    colleague.force_login(people.staff("program-manager", place.works))
    assert colleague.post(url, typed(report, summary="Tulisan rekan.")).status_code == 303
    answer = client.post(f"{url}terbitkan/", asked)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Laporan ini diubah orang lain setelah Anda membukanya." in page
    assert f'href="{url}"' in page
    assert EvaluationReport.objects.get().state == ReportState.DRAFT
    assert not program.events.filter(step="evaluate").exists()
    assert client.post(f"{url}terbitkan/", shown(client, url)).status_code == 303
    assert EvaluationReport.objects.get().state == ReportState.PUBLISHED


def test_draft_is_discarded_after_a_question(client: Client, place: scenes.Regency, program: Program) -> None:
    _report, url = drafted(client, place, program)
    assert "Buang draf ini?" in client.get(f"{url}buang/").content.decode()
    assert EvaluationReport.objects.exists()
    assert client.post(f"{url}buang/")["Location"] == f"/kelola/program/{program.code}/"
    assert not EvaluationReport.objects.exists()
    assert client.get(url).status_code == 404


def test_second_draft_is_refused_as_a_conflict(
    client: Client, place: scenes.Regency, program: Program
) -> None:
    drafted(client, place, program)
    assert client.post(f"/kelola/program/{program.code}/evaluasi/baru/").status_code == 409


def test_rights_count_in_the_unit(client: Client, place: scenes.Regency, program: Program) -> None:
    _report, url = drafted(client, place, program)
    pages = [f"/kelola/program/{program.code}/evaluasi/baru/", url, f"{url}terbitkan/", f"{url}buang/"]
    for person, status in (
        (people.citizen(), 403),
        (people.staff("moderator", place.works), 403),
        (people.staff("program-manager", place.health), 404),
    ):
        client.force_login(person)
        assert [client.get(page).status_code for page in pages] == [status] * 4
        assert [client.post(page).status_code for page in pages] == [status] * 4
    # A reader above whose rights lie in another unit sees the programme, but not the forms.
    above = people.staff("auditor", place.root)
    people.grant(above, "program-manager", place.health)
    client.force_login(above)
    assert [client.post(page).status_code for page in pages] == [403] * 4
    board = client.get(f"/kelola/program/{program.code}/").content.decode()
    assert f'href="/program/{program.code}/evaluasi/1/"' in board
    assert f'href="{url}"' not in board
    assert EvaluationReport.objects.count() == 1


def test_who_may_only_publish_goes_back_to_the_preview(
    client: Client, place: scenes.Regency, program: Program
) -> None:
    from rembuk.access.models import Role

    _report, url = drafted(client, place, program)
    Role.objects.filter(slug="moderator").update(
        permissions=["desk.enter", "program.read", "program.publish"]
    )
    client.force_login(people.staff("moderator", place.works))
    page = client.get(f"{url}terbitkan/").content.decode()
    assert f'href="/program/{program.code}/evaluasi/1/"' in page
    assert client.get(url).status_code == 403
    Role.objects.filter(slug="assessor").update(permissions=["desk.enter", "program.read", "program.report"])
    client.force_login(people.staff("assessor", place.works))
    assert "lanjut terbitkan" not in client.get(url).content.decode()


def test_draft_programme_offers_no_evaluation(client: Client, place: scenes.Regency) -> None:
    client.force_login(program_scenes.manager(place))
    draft = program_scenes.draft(place)
    assert "evaluasi/" not in client.get(f"/kelola/program/{draft.code}/").content.decode()
    assert client.post(f"/kelola/program/{draft.code}/evaluasi/baru/").status_code == 409


def test_page_takes_the_same_queries_always(
    client: Client, place: scenes.Regency, program: Program, django_assert_num_queries: Any
) -> None:
    _report, url = drafted(client, place, program)
    client.get(url)
    with django_assert_num_queries(4):
        client.get(url)
