"""Public pages of programmes: the list, one programme at a glance, what visitors never see."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rembuk.programs.actions import link, phases, publish, report, revise
from rembuk.programs.models import Program
from tests import consultation_scenes as consultations
from tests import kept, people, scenes
from tests import program_scenes as programs
from tests.program_scenes import stored

pytestmark = pytest.mark.django_db


def page(client: Client, program: Program, number: int | None = None) -> str:
    """The public page as text."""
    name, where = (
        ("programs:phase", [program.code, number]) if number else ("programs:detail", [program.code])
    )
    answer = client.get(reverse(name, args=where))
    assert answer.status_code == 200
    return answer.content.decode()


def test_list_shows_public_programs_and_no_draft(client: Client) -> None:
    place = scenes.regency()
    shown, hidden = programs.published(place), programs.draft(place, title="Rencana yang masih rahasia")
    text = client.get(reverse("programs:list")).content.decode()
    assert shown.code in text
    assert hidden.code not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_number_of_queries(
    rows: int, client: Client, django_assert_num_queries: object
) -> None:
    place = scenes.regency()
    for _ in range(rows):
        programs.published(place, scenes.published(place))
    client.get(reverse("programs:list"))
    # All lists of filters are looked for, and the figures read that were made: they are kept for a minute.
    kept.forget_here()
    with django_assert_num_queries(9):  # type: ignore[operator]
        text = client.get(reverse("programs:list")).content.decode()
    assert text.count('class="card"') == rows


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"fase": "planning"}, True),
        ({"fase": "execution"}, False),
        ({"status": "published"}, True),
        ({"status": "completed"}, False),
        ({"tahun": "2027"}, True),
        ({"tahun": "2026"}, False),
    ],
)
def test_list_is_narrowed_by_its_filters(query: dict[str, str], found: bool, client: Client) -> None:
    program = programs.published(scenes.regency())
    text = client.get(reverse("programs:list"), query).content.decode()
    assert (program.code in text) == found


def test_list_is_narrowed_by_unit_and_category_with_all_below(client: Client) -> None:
    place = scenes.regency()
    program = programs.published(place, unit=place.roads, by=people.staff("unit-admin", place.root))
    for query, found in (
        ({"satuan": place.works.code}, True),
        ({"satuan": place.health.code}, False),
        ({"kategori": place.category.slug}, True),
        ({"kategori": place.other_category.slug}, False),
    ):
        text = client.get(reverse("programs:list"), query).content.decode()
        assert (program.code in text) == found, query


def test_list_pages_by_keyset(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from rembuk.web.programs import public

    monkeypatch.setattr(public, "PAGE", 2)
    place = scenes.regency()
    codes = [programs.published(place, at=programs.MORNING + timedelta(hours=hour)).code for hour in range(3)]
    first = client.get(reverse("programs:list"))
    second = client.get(first.context["next_url"])
    assert [card["code"] for card in first.context["cards"]] == [codes[2], codes[1]]
    assert [card["code"] for card in second.context["cards"]] == [codes[0]]


@pytest.mark.parametrize("rows", [1, 3])
def test_page_takes_the_same_number_of_queries(
    rows: int, client: Client, django_assert_num_queries: object
) -> None:
    program = programs.furnished(scenes.regency(), rows)
    client.get(reverse("programs:detail", args=[program.code]))
    with django_assert_num_queries(11):  # type: ignore[operator]
        client.get(reverse("programs:detail", args=[program.code]))


def test_page_tells_where_it_is_whether_on_time_and_what_to_do(client: Client) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    phases.start_phase(programs.phase(program, 1), by=by, at=programs.MORNING)
    text = page(client, program)
    assert "Fase 1 dari 3: Perencanaan" in text
    assert "Apakah rencana ini menjawab kebutuhan Anda?" in text
    assert f"/program/{program.code}/fase/2/#suara" in text


def test_page_shows_revisions_with_old_new_and_reason_beside_the_first_plan(client: Client) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    new = {1: (programs.PLAN[1][0], programs.PLAN[2][1])}
    revise.revise_plan(program, new, reason=programs.REASON, by=by)
    text = page(client, program)
    assert "<del>31 Desember 2026</del>" in text
    assert "<ins>31 Agustus 2027</ins>" in text
    assert programs.REASON in text
    assert "31 Des 2026" in text


def test_page_names_its_proposals_and_counts_each_person_once(client: Client) -> None:
    place = scenes.regency()
    author = people.citizen()
    proposals = [scenes.published(place, author, title=f"Perbaikan jalan dusun {n}") for n in "AB"]
    programs.support(proposals[0], people.citizen())
    program = programs.published(place, *proposals)
    text = page(client, program)
    assert "dusun A" in text
    assert "dusun B" in text
    assert "2 orang berbeda" in text


def test_page_shows_its_consultations_with_their_results_and_no_draft(client: Client) -> None:
    place = scenes.regency()
    program = programs.published(place)
    made, draft = consultations.concluded(place), consultations.draft(place, title="Naskah rahasia")
    for row in (made, draft):
        consultations.tie(row, program)
    text = page(client, program)
    assert f'href="/uji-publik/{made.code}/"' in text
    assert "Tiga pasal berubah karena masukan warga." in text
    assert "Naskah rahasia" not in text


def test_page_leaves_out_the_text_of_a_hidden_proposal(client: Client) -> None:
    place = scenes.regency()
    proposal = scenes.published(place, title="Judul yang disembunyikan moderator")
    program = programs.published(place, proposal)
    type(proposal).objects.filter(pk=proposal.pk).update(state="hidden", state_before_hiding="adopted")
    assert proposal.title not in page(client, program)


def test_excluded_document_is_on_no_page_and_under_no_address(client: Client) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    secret = report.add_document(
        program,
        title="Perkiraan harga sendiri",
        file=stored("hps.pdf", "document"),
        access_class="excluded",
        by=by,
    )
    address = reverse("programs:document", args=[program.code, secret.public_id])
    for reader in (None, people.citizen(), by):
        if reader is not None:
            client.force_login(reader)
        assert secret.title not in page(client, program)
        assert client.get(address).status_code == 404
        found = client.get(reverse("search:results"), {"q": "perkiraan harga"}).content.decode()
        assert program.code not in found


def test_draft_is_404_for_visitors_and_a_preview_for_its_staff(client: Client) -> None:
    place = scenes.regency()
    program = programs.draft(place)
    assert client.get(reverse("programs:detail", args=[program.code])).status_code == 404
    client.force_login(people.staff("program-manager", place.health))
    assert client.get(reverse("programs:detail", args=[program.code])).status_code == 404
    client.force_login(programs.manager(place))
    assert "Pratinjau draf" in page(client, program)


def test_page_of_an_unknown_phase_is_404_and_of_another_spelling_moves(client: Client) -> None:
    program = programs.published(scenes.regency())
    assert client.get(reverse("programs:phase", args=[program.code, 9])).status_code == 404
    moved = client.get(reverse("programs:detail", args=[program.code.lower()]))
    assert (moved.status_code, moved["Location"]) == (301, f"/program/{program.code}/")


def test_page_of_a_cancelled_program_says_when_and_why_and_asks_nothing(client: Client) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = publish.cancel_program(programs.published(place, by=by), reason=programs.REASON, by=by)
    text = page(client, program)
    assert programs.REASON in text
    assert "Dibatalkan pada <time" in text
    for wrong in ("Apakah tepat waktu?", "Apa yang dapat Anda lakukan?", "Sekarang Fase"):
        assert wrong not in text, wrong


def test_page_of_a_completed_program_says_completed_and_no_phase(client: Client) -> None:
    text = page(client, programs.completed(scenes.regency()))
    assert "Selesai pada <time" in text
    assert "Fase 3 dari 3" not in text
    assert "Apakah tepat waktu?" not in text


def test_page_of_a_postponed_program_says_so_beside_its_phase(client: Client) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = publish.postpone_program(programs.published(place, by=by), reason=programs.REASON, by=by)
    text = page(client, program)
    assert "Ditunda sejak <time" in text
    assert "Fase 1 dari 3" in text
    assert "Sesuai rencana" not in text


def test_page_escapes_scripts_in_every_text(client: Client) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    evil = "<script>alert('x')</script> jalan desa"
    program = programs.draft(place, title=evil, summary=evil, body=evil, place=evil, by=by)
    link.link_proposals(program, programs.links(scenes.published(place), sentence=evil), by=by)
    publish.publish_program(program, by=by)
    report.post_update(programs.phase(program, 1), title=evil, body=evil, by=by)
    revise.revise_plan(program, {1: (programs.PLAN[1][0], programs.PLAN[2][1])}, reason=evil, by=by)
    assert "<script>alert" not in page(client, program)


def test_visitors_page_is_shared_and_the_same_for_everybody(client: Client) -> None:
    program = programs.published(scenes.regency())
    answer = client.get(reverse("programs:detail", args=[program.code]))
    assert answer["Cache-Control"].startswith("public")
    assert "csrfmiddlewaretoken" not in answer.content.decode()
    assert not answer.cookies


def test_feed_tells_public_events_and_no_draft(client: Client) -> None:
    place = scenes.regency()
    program, draft = programs.published(place), programs.draft(place)
    answer = client.get(reverse("programs:feed"))
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert program.code in text
    assert draft.code not in text


def test_preview_for_messengers_has_title_summary_and_address(client: Client) -> None:
    program = programs.published(scenes.regency())
    text = page(client, program)
    assert f'<meta property="og:title" content="{program.title}">' in text
    assert program.summary in text
    assert f'/program/{program.code}/">' in text
