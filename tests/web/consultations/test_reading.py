"""Public pages of consultations: the list, the page of one in each stage, its documents and feed."""

import random
import re
import string
from dataclasses import replace
from datetime import timedelta
from html import unescape
from urllib.parse import urljoin

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from rembuk.common.clock import now
from rembuk.consultations import order
from rembuk.consultations.actions.indexing import refresh_search
from rembuk.consultations.actions.making.changes import contents_of
from rembuk.consultations.actions.making.create import edit_consultation
from rembuk.consultations.choices import ClauseKind, Moment, Stance
from rembuk.consultations.content import RemarkContent
from rembuk.consultations.models import Consultation, ConsultationFile, Correction
from rembuk.consultations.selectors import listing
from rembuk.web.consultations.cuts import LINES
from tests import consultation_scenes as consultations
from tests import people, program_scenes, scenes
from tests.browser.weight import FIRST_VIEW, SECOND_VIEW
from tests.scale.weights import weigh

pytestmark = pytest.mark.django_db


def page(client: Client, made: Consultation, query: str = "") -> str:
    """The public page as text."""
    answer = client.get(reverse("consultations:detail", args=[made.code]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def codes(client: Client, **query: str) -> list[str]:
    """The codes on the list, in order."""
    cards = client.get(reverse("consultations:list"), query).context["cards"]
    return [card["code"] for card in cards]


# --- the list --------------------------------------------------------------------------------------------


def test_list_shows_announced_ones_and_neither_drafts_nor_cancelled_ones(client: Client) -> None:
    place = scenes.regency()
    shown = consultations.scheduled(place)
    consultations.draft(place)
    gone = consultations.opened(place, state="cancelled")
    assert codes(client) == [shown.code]
    assert codes(client, tahap="cancelled") == [gone.code]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_number_of_queries(
    rows: int, client: Client, django_assert_num_queries: object
) -> None:
    place = scenes.regency()
    for _ in range(rows):
        consultations.sent(consultations.opened(place))
    client.get(reverse("consultations:list"))
    # The order of all, the cards of one page; how far these are, if that is not known of the last minute.
    with django_assert_num_queries(2):  # type: ignore[operator]
        client.get(reverse("consultations:list"))
    caches["memory"].delete_many(
        f"consultations.progress:{pk}" for pk in Consultation.objects.values_list("pk", flat=True)
    )
    with django_assert_num_queries(3):  # type: ignore[operator]
        text = client.get(reverse("consultations:list")).content.decode()
    assert text.count('class="card"') == rows
    assert "1 masukan" in text


def test_list_is_narrowed_by_its_filters(client: Client) -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    refresh_search(made)
    other = consultations.concluded(place, title="Evaluasi posyandu", kind="evaluation", unit=place.health)
    refresh_search(other)
    year = str(now().year)
    for query, found in (
        ({"tahap": "open"}, [made.code]),
        ({"tahap": "concluded"}, [other.code]),
        ({"jenis": "regulation"}, [made.code]),
        ({"satuan": place.health.code}, [other.code]),
        ({"kategori": place.category.slug}, [made.code, other.code]),
        ({"q": "pengangkutan sampah", "tahap": "open"}, [made.code]),
        ({"q": "posyandu"}, [other.code]),
        ({"q": made.code.lower()}, [made.code]),
        ({"tahun": year}, [made.code, other.code]),
        ({"tahun": str(now().year - 3)}, []),
    ):
        assert codes(client, **query) == found, query


def test_list_pages_by_keyset_over_the_stages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from rembuk.web.consultations.reading import public

    monkeypatch.setattr(public, "PAGE", 2)
    place = scenes.regency()
    concluded = consultations.concluded(place)
    announced = consultations.scheduled(place)
    opened = [consultations.opened(place, closes_at=now() + timedelta(days=n)) for n in (1, 2)]
    first = client.get(reverse("consultations:list"))
    second = client.get(first.context["next_url"])
    assert [card["code"] for card in first.context["cards"]] == [row.code for row in opened]
    assert [card["code"] for card in second.context["cards"]] == [announced.code, concluded.code]


def test_empty_list_says_what_will_stand_there(client: Client) -> None:
    scenes.regency()
    assert "Belum ada uji publik yang diumumkan" in client.get("/uji-publik/").content.decode()
    assert "Tidak ada yang cocok" in client.get("/uji-publik/?tahap=open").content.decode()


# --- the page --------------------------------------------------------------------------------------------


def test_page_takes_the_same_number_of_queries(client: Client, django_assert_num_queries: object) -> None:
    place = scenes.regency()
    for parts in (consultations.TEXT[:1], consultations.TEXT[:3]):
        made = consultations.opened(place)
        consultations.with_text(made, parts)
        consultations.with_questions(made)
        for n in range(len(parts)):
            consultations.sent(made)
            program = program_scenes.published(place, scenes.published(place), title=f"Program {n}")
            consultations.tie(made, program)
        page(client, made)
        with django_assert_num_queries(12):  # type: ignore[operator]
            page(client, made)


@pytest.mark.parametrize(
    ("scene", "words"),
    [
        ("scheduled", ["Diumumkan", "Dibuka", "Ikuti untuk mendengar kapan dibuka"]),
        ("opened", ["Dibuka", "tersisa 12 hari", "Sampaikan masukan"]),
        ("closed", ["Ditutup", "Tanggapan paling lambat", "hari kerja"]),
        ("answering", ["Sedang dijawab: 1 dari 2", "Matriks masukan dan tanggapan"]),
        ("concluded", ["Selesai", "Tiga pasal berubah karena masukan warga."]),
    ],
)
def test_page_names_the_stage_with_its_dates(scene: str, words: list[str], client: Client) -> None:
    made = getattr(consultations, scene)(scenes.regency())
    text = page(client, made)
    for word in words:
        assert word in text, word


def test_page_shows_instants_in_the_zone_of_the_consultation(client: Client) -> None:
    made = consultations.opened(scenes.regency(), zone="WIT")
    assert made.closes_at is not None
    assert f"{made.closes_at.astimezone(made.tz):%H.%M} WIT" in page(client, made)


def test_page_follows_the_clock_before_the_stored_state_does(client: Client) -> None:
    text = page(client, consultations.closed(scenes.regency(), state="open"))
    assert "Sampaikan masukan" not in text
    assert "Tanggapan paling lambat" in text


def test_page_says_publicly_that_the_answers_are_overdue(client: Client) -> None:
    made = consultations.closed(scenes.regency(), answer_due_at=now() - timedelta(days=10))
    assert "Tanggapan terlambat" in page(client, made)


def test_page_of_a_cancelled_one_gives_the_reason_and_keeps_the_text(client: Client) -> None:
    from rembuk.consultations.models import ConsultationEvent

    made = consultations.opened(scenes.regency(), state="cancelled")
    consultations.with_text(made)
    ConsultationEvent.objects.create(
        consultation=made, step="cancel", from_state="open", to_state="cancelled", at=now(), office=made.unit,
        reason="Naskah ditarik untuk disusun ulang.",
    )  # fmt: skip
    text = page(client, made)
    assert "Naskah ditarik untuk disusun ulang." in text
    assert "Sampaikan masukan" not in text
    assert 'id="butir-2"' in text


def test_page_shows_each_clause_with_label_anchor_counts_and_its_ways(client: Client) -> None:
    made = consultations.opened(scenes.regency())
    said = consultations.full_content(consultations.with_text(made), answers={})
    consultations.sent(made, content=said)
    text = page(client, made)
    assert 'id="butir-4"' in text
    assert "Pasal 2 ayat (1)" in text
    assert f'href="/uji-publik/{made.code}/ikut/butir/4/"' in text
    assert f'href="/uji-publik/{made.code}/butir/4/#komentar"' in text
    assert "Tidak setuju <b>1</b>" in text


def test_page_hides_figures_and_counts_per_clause_before_closing_where_so_set(client: Client) -> None:
    made = consultations.opened(scenes.regency(), totals_shown=Moment.AFTER_CLOSING)
    said = consultations.full_content(consultations.with_text(made), answers={})
    consultations.sent(made, content=said)
    text = page(client, made)
    assert "stance-bad" not in text
    assert "Dipertimbangkan" not in text
    assert "ditampilkan setelah ditutup" in text


@pytest.mark.parametrize(
    ("totals", "submissions", "words"),
    [
        (Moment.AT_ONCE, Moment.AT_ONCE, ""),
        (Moment.AT_ONCE, Moment.AFTER_CLOSING, "Isi masukan dan pengusulnya ditampilkan setelah ditutup."),
        (
            Moment.AFTER_CLOSING,
            Moment.AT_ONCE,
            "Masukan sudah dapat dibaca. Angka rekapnya ditampilkan setelah ditutup.",
        ),
        (
            Moment.AFTER_CLOSING,
            Moment.AFTER_CLOSING,
            "Jumlah masukan dan isinya ditampilkan setelah ditutup.",
        ),
    ],
)
def test_page_says_truly_what_waits_for_the_closing(
    totals: Moment, submissions: Moment, words: str, client: Client
) -> None:
    made = consultations.opened(scenes.regency(), totals_shown=totals, submissions_shown=submissions)
    consultations.sent(made)

    text = page(client, made)

    assert "Jumlah masukan dan isinya" not in text or words.startswith("Jumlah")
    assert (words or "</main>") in text
    assert ("ditampilkan setelah ditutup" in text) == bool(words)
    assert ("Baca semua masukan" in text) == (submissions == Moment.AT_ONCE)


def test_figures_count_no_offline_submission_twice_and_name_texts_that_wait(client: Client) -> None:
    made = consultations.closed(scenes.regency())
    letter = consultations.sent(made, channel="letter", on_behalf_of="RT 03")
    consultations.sent(made, state="held")
    for rows in consultations.rows_for(made):
        if rows[0].submission_id == letter.pk:
            consultations.answered(rows[0])

    text = " ".join(page(client, made).split())

    assert "1 dari masukan yang didengar dicatat petugas. Tanggapan atas 1 masukan sudah terbit" in text
    assert "Di antaranya, yang dicatat petugas: 1. 1 naskah masukan masih menunggu moderator" in text
    assert "lagi juga" not in text


def test_page_shows_questions_before_answering_and_their_corrections(client: Client) -> None:
    made = consultations.scheduled(scenes.regency())
    question = consultations.with_questions(made)[0]
    before = {"text": "Kata lama", "help": "", "options": {"1": "Dua"}}
    after = {"text": question.text, "help": "", "options": {"1": "Dua kali seminggu"}}
    Correction.objects.create(
        question=question, before=before, after=after, reason="Salah ketik pada pertanyaan.", at=now()
    )
    text = page(client, made)
    assert question.text in text
    assert "Lainnya" in text
    assert "Kata lama" in text
    assert "Salah ketik pada pertanyaan." in text


def test_page_leads_to_its_programmes_their_proposals_and_its_neighbours(client: Client) -> None:
    place = scenes.regency()
    proposal = scenes.published(place, title="Bak sampah di pasar")
    program = program_scenes.published(place, proposal)
    earlier = consultations.concluded(place, title="Uji publik pertama")
    made = consultations.opened(place, previous=earlier)
    consultations.tie(made, program)
    text = page(client, made)
    for address in (f"/program/{program.code}/", f"/usulan/{proposal.code}/", f"/uji-publik/{earlier.code}/"):
        assert f'href="{address}"' in text, address
    assert f'href="/uji-publik/{made.code}/"' in page(client, earlier)


def test_draft_is_404_for_visitors_and_a_preview_for_its_staff(client: Client) -> None:
    place = scenes.regency()
    made = consultations.draft(place)
    assert client.get(f"/uji-publik/{made.code}/").status_code == 404
    client.force_login(people.staff("consultation-manager", place.health))
    assert client.get(f"/uji-publik/{made.code}/").status_code == 404
    client.force_login(consultations.manager(place))
    assert "Pratinjau draf" in page(client, made)


def test_another_spelling_of_the_code_moves_to_the_page(client: Client) -> None:
    made = consultations.opened(scenes.regency())
    moved = client.get(f"/uji-publik/{made.code.lower()}/")
    assert (moved.status_code, moved["Location"]) == (301, f"/uji-publik/{made.code}/")


def test_page_escapes_scripts_in_every_text(client: Client) -> None:
    evil = "<script>alert('x')</script> sampah"
    made = consultations.opened(scenes.regency(), title=evil, summary=evil, body=evil, contact=evil)
    consultations.with_text(made, [(ClauseKind.ARTICLE, 0, evil, evil, evil, evil)])
    for question in consultations.with_questions(made):
        question.text = question.help = evil
        question.save()
    consultations.sent(made, content=consultations.content(reason=evil, participant_name=evil))
    for path in ("", "butir/1/", "versi/1/", "masukan/", "masukan/1/"):
        text = client.get(f"/uji-publik/{made.code}/{path}").content.decode()
        assert "<script>alert" not in text, path
        assert "&lt;script&gt;alert" in text, path


def test_document_is_sent_to_those_who_may_open_the_page(client: Client) -> None:
    place = scenes.regency()
    made, draft = consultations.opened(place), consultations.draft(place)
    for row, status in ((made, 404), (draft, 404)):
        # The bytes are not in the storage of the test: a lost file looks like an absent one, never like an error.
        file = program_scenes.stored("naskah.pdf", "document")
        added = ConsultationFile.objects.create(consultation=row, title="Naskah", file=file, added_at=now())
        assert client.get(f"/uji-publik/{row.code}/berkas/{added.public_id}/").status_code == status
    assert "Naskah" in page(client, made)


def test_feed_tells_public_events_and_no_draft(client: Client) -> None:
    place = scenes.regency()
    made, draft = consultations.opened(place), consultations.draft(place)
    answer = client.get("/uji-publik/feed.atom")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert made.code in text
    assert "Dibuka untuk masukan" in text
    assert draft.code not in text


# --- long texts ------------------------------------------------------------------------------------------


def long_text(chapters: int, articles: int) -> list[tuple[ClauseKind, int, str, str, str, str]]:
    """A regulation of chapters with articles of two paragraphs each."""
    body = "Setiap orang wajib memilah sampah rumah tangga sebelum diangkut oleh petugas kebersihan daerah."
    parts = []
    for chapter in range(1, chapters + 1):
        parts.append((ClauseKind.CHAPTER, 0, f"BAB {chapter}", f"BAB {chapter}", "KETENTUAN", ""))
        for number in range((chapter - 1) * articles + 1, chapter * articles + 1):
            parts.append((ClauseKind.ARTICLE, 1, f"Pasal {number}", f"Pasal {number}", "", ""))
            parts += [
                (
                    ClauseKind.PARAGRAPH,
                    2,
                    f"ayat ({n})",
                    f"Pasal {number} ayat ({n})",
                    "",
                    f"{body} {number}.{n}",
                )
                for n in (1, 2)
            ]
    return parts


def dense_text(articles: int, letters: int) -> list[tuple[ClauseKind, int, str, str, str, str]]:
    """Articles of two paragraphs of so many letters, of made-up words: they pack worse than those of a language."""
    rows, chance = long_text(1, articles), random.Random(1)
    words = ["".join(chance.choices(string.ascii_lowercase, k=chance.randint(3, 11))) for _ in range(2_000)]
    return [(*row[:5], " ".join(chance.choices(words, k=letters // 8)) if row[5] else "") for row in rows]


def views(client: Client, url: str) -> list[HttpResponse]:
    """Each part of a text, in the order of the links to the next one."""
    found = [client.get(url)]
    while following := found[-1].context["text"]["next_url"]:
        found.append(client.get(url + following.removesuffix("#naskah")))
    return found


def anchors(answer: HttpResponse) -> list[str]:
    """The clauses that stand on a page."""
    return re.findall(r'class="clause [^"]*" id="(butir-\d+)"', answer.content.decode())


@pytest.mark.parametrize("letters", [250, 400])
@pytest.mark.parametrize("articles", [39, 200])
def test_views_of_a_long_text_keep_to_their_budgets(client: Client, articles: int, letters: int) -> None:
    made = consultations.opened(scenes.regency())
    version = consultations.with_text(made, dense_text(articles, letters))
    consultations.with_questions(made)
    clauses = version.texts.count()
    remarks = {n: RemarkContent(version=1, stance=Stance.DISAGREE) for n in range(1, clauses + 1)}
    consultations.sent(made, content=consultations.content(remarks=remarks))
    url = f"/uji-publik/{made.code}/"
    for reader in (None, people.citizen()):
        if reader is not None:
            client.force_login(reader)
        found = views(client, url)
        assert all(b"stance-bad" in answer.content for answer in found)
        assert sum(len(anchors(answer)) for answer in found) == clauses
        weights = [weigh(answer, answer.content) for answer in found]
        assert max(weight.first for weight in weights) <= FIRST_VIEW
        assert max(weight.second for weight in weights) <= SECOND_VIEW


def test_text_is_cut_by_its_letters_before_an_article_but_no_clause_is(client: Client) -> None:
    made = consultations.opened(scenes.regency())
    parts = long_text(1, 12)
    for place, letters in ((3, 9_000), (12, 7_000), (30, 40_000)):
        parts[place] = (*parts[place][:5], "a" * letters)
    consultations.with_text(made, parts)
    found = views(client, f"/uji-publik/{made.code}/")
    assert [(anchors(answer)[0], anchors(answer)[-1]) for answer in found] == [
        ("butir-1", "butir-10"),
        ("butir-11", "butir-28"),
        ("butir-29", "butir-30"),
        ("butir-31", "butir-31"),
        ("butir-32", "butir-37"),
    ]
    assert b"a" * 40_000 in found[3].content


def test_short_text_stands_whole_whatever_part_is_asked_for(client: Client) -> None:
    made = consultations.opened(scenes.regency())
    consultations.with_text(made, long_text(4, 3))
    for query in ("", "?bagian=2", "?bagian=semua", "?butir=40"):
        answer = client.get(f"/uji-publik/{made.code}/{query}")
        assert len(anchors(answer)) == 40, query
        assert "satu halaman" not in answer.content.decode()


def test_links_to_a_clause_open_the_part_that_has_it(client: Client) -> None:
    made = consultations.opened(scenes.regency())
    consultations.with_text(made, dense_text(39, 250))
    url = f"/uji-publik/{made.code}/"
    first, *_, last = views(client, url)
    number = anchors(last)[-1].removeprefix("butir-")
    link = client.get(f"{url}butir/{number}/").context["in_text_url"]
    assert link == f"{url}versi/1/?butir={number}#butir-{number}"
    assert anchors(client.get(link.partition("#")[0])) == anchors(last)
    assert anchors(client.get(f"{url}?butir={number}")) == anchors(last)
    for query in ("?butir=", "?butir=0", "?butir=99999", "?butir=x", "?bagian=1&butir=50"):
        assert anchors(client.get(url + query)) == anchors(first), query


@pytest.mark.parametrize(("chapters", "articles"), [(1, 39), (2, 140)])
def test_table_of_contents_leads_into_every_part(client: Client, chapters: int, articles: int) -> None:
    made = consultations.opened(scenes.regency())
    consultations.with_text(made, long_text(chapters, articles))
    url = f"/uji-publik/{made.code}/"
    found = views(client, url)
    assert len(found) > 1
    for number, answer in enumerate(found, start=1):
        rows = answer.context["text"]["contents"]
        assert len(rows) <= LINES
        led = [row["url"].partition("#") for row in rows]
        assert {query or f"?bagian={number}" for query, *_ in led} == {
            f"?bagian={n}" for n in range(1, len(found) + 1)
        }
        for query, _, anchor in led:
            part = int(query.removeprefix("?bagian=") or number)
            assert anchor in anchors(found[part - 1])


def test_link_to_the_whole_text_tells_its_size(client: Client) -> None:
    made = consultations.opened(scenes.regency())
    consultations.with_text(made, dense_text(200, 250))
    client.force_login(people.citizen())
    url = f"/uji-publik/{made.code}/"
    told = re.search(r"Seluruh naskah di satu halaman, sekitar (\d+) kB</a>", page(client, made))
    whole = client.get(f"{url}?bagian=semua")
    assert told
    assert abs(weigh(whole, whole.content).second / 1000 / int(told[1]) - 1) < 0.2
    assert "satu halaman" not in whole.content.decode()


def test_long_text_is_read_part_by_part_and_whole_when_asked(
    client: Client, django_assert_num_queries: object
) -> None:
    made = consultations.opened(scenes.regency())
    parts = long_text(20, 13)
    consultations.with_text(made, parts)
    seen = 0
    url = f"/uji-publik/{made.code}/"
    next_url = url
    client.get(url)
    while next_url:
        with django_assert_num_queries(10):  # type: ignore[operator]
            answer = client.get(next_url)
        shown = answer.content.count(b'class="clause ')
        assert 0 < shown <= 150
        seen += shown
        following = answer.context["text"]["next_url"]
        next_url = url + following.removesuffix("#naskah") if following else ""
    assert seen == len(parts) == 800
    assert client.get(f"{url}?bagian=semua").content.count(b'class="clause ') == 800
    contents = client.get(url).context["text"]["contents"]
    assert any(row["url"] == f"?bagian=2#butir-{row['url'].rpartition('-')[2]}" for row in contents)


def test_history_shows_a_change_before_opening_word_by_word(client: Client) -> None:
    place = scenes.regency()
    made = consultations.scheduled(place, title="Rancangan lama")

    edit_consultation(
        made, replace(contents_of(made), title="Rancangan baru"), by=consultations.manager(place)
    )

    shown = page(client, made)
    assert "Sebelum dan sesudah: judul" in shown
    assert "lama<span" in shown


def test_pages_of_the_list_follow_each_other_whatever_the_dates(client: Client) -> None:
    place, moment = scenes.regency(), now()
    for number, state in enumerate(["open", "scheduled", "closed", "concluded"] * 6):
        row = consultations.opened(place, title=f"Uji ke-{number}")
        closes = moment + timedelta(days=-4000 if number % 3 else 4000, microseconds=number % 5)
        opens = closes - timedelta(days=3 if number % 2 else 4001)
        Consultation.objects.filter(pk=row.pk).update(
            state=state, opens_at=opens, closes_at=closes, result_published_at=moment
        )
    Consultation.objects.filter(pk__in=Consultation.objects.order_by("pk").values("pk")[:4]).update(
        kind="plan"
    )
    year = localtime(moment - timedelta(days=1)).year
    for asked, among in (
        ("", {}),
        ("?jenis=regulation", {"kind": "regulation"}),
        ("?jenis=plan", {"kind": "plan"}),
        (f"?tahun={year}", {"opens_at__year": year}),
    ):
        ordered = order.in_order(listing.listed().filter(**among), moment).order_by(*order.ORDER)
        assert _led_through(client, f"/uji-publik/{asked}") == [row.code for row in ordered], asked


def _led_through(client: Client, path: str) -> list[str]:
    """The codes on this page of the list and all that follow."""
    seen: list[str] = []
    while path:
        text = client.get(path).content.decode()
        seen += re.findall(r'href="/uji-publik/([^"/?]+)/"', text)
        following = re.search(r'href="([^"]+)" rel="next"', text)
        path = urljoin(path, unescape(following[1])) if following else ""
    return list(dict.fromkeys(seen))
