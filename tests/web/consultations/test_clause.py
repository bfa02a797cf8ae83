"""Pages of a clause, of a version and of what changed between two; submissions and their pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from rembuk.common.clock import now
from rembuk.consultations.choices import Moment, ParticipantKind, Stance, Verdict
from rembuk.consultations.content import Content
from rembuk.consultations.models import (
    Consultation,
    DraftVersion,
    MatrixRow,
    Objection,
    Submission,
)
from rembuk.taxonomy.models import ReasonCode
from tests import consultation_scenes as consultations
from tests import people, scenes
from tests.engagement import talks

pytestmark = pytest.mark.django_db


def page(client: Client, made: Consultation, path: str, status: int = 200) -> str:
    """A page below the consultation's, as text."""
    answer = client.get(f"/uji-publik/{made.code}/{path}")
    assert answer.status_code == status, path
    return answer.content.decode()


def answered(made: Consultation, version: DraftVersion, submission: Submission) -> MatrixRow:
    """The remark on clause 4 accepted, naming the changed clause."""
    rows = [
        row for rows in consultations.rows_for(made) for row in rows if row.submission_id == submission.pk
    ]
    row = next(row for row in rows if row.remark_id)
    row.change, row.changed_clause, row.changed_version = "Menjadi tiga kali.", row.clause, version
    return consultations.answered(row, Verdict.ACCEPTED)


# --- clauses and versions --------------------------------------------------------------------------------


def test_clause_shows_history_over_versions_with_word_differences(client: Client) -> None:
    made = consultations.opened(scenes.regency())
    consultations.with_text(made)
    consultations.second_version(made)
    text = page(client, made, "butir/4/")
    assert "Pasal 2 ayat (1)" in text
    assert "<del>" in text
    assert "tiga" in text
    assert f'href="/uji-publik/{made.code}/ikut/butir/4/"' in text


def test_removed_clause_stays_readable_with_its_talk_and_can_not_be_answered(client: Client) -> None:
    made = consultations.opened(scenes.regency())
    consultations.with_text(made)
    clause = made.clauses.get(number=5)
    talks.comment(clause.subject, people.citizen(), body="Iuran ini terlalu mahal.")
    consultations.second_version(made)
    text = page(client, made, "butir/5/")
    assert "Butir ini dihapus" in text
    assert "Iuran sebesar" in text
    assert "Iuran ini terlalu mahal." in text
    assert "ikut/butir/5/" not in text


def test_clause_shows_remarks_with_suggested_wording_as_a_difference(client: Client) -> None:
    made = consultations.opened(scenes.regency())
    said = consultations.full_content(consultations.with_text(made), answers={}, is_name_masked=True)
    author = people.citizen("Nama Yang Disembunyikan")
    consultations.sent(made, author, said)
    text = page(client, made, "butir/4/")
    assert "Dua kali seminggu kurang untuk pasar." in text
    assert '<ins><span class="sr">[ditambahkan: </span>3' in text
    assert "Peserta (nama disamarkan)" in text
    assert "Nama Yang Disembunyikan" not in text


@pytest.mark.parametrize("remarks", [1, 3])
def test_clause_takes_the_same_number_of_queries(
    remarks: int, client: Client, django_assert_num_queries: object
) -> None:
    made = consultations.opened(scenes.regency())
    said = consultations.full_content(consultations.with_text(made), answers={})
    clause = made.clauses.get(number=4)
    for _ in range(remarks):
        consultations.sent(made, content=said)
        talks.comment(clause.subject, people.citizen())
    page(client, made, "butir/4/")
    with django_assert_num_queries(11):  # type: ignore[operator]
        page(client, made, "butir/4/")


def test_clause_of_an_unpublished_version_is_absent(client: Client) -> None:
    made = consultations.opened(scenes.regency())
    consultations.with_text(made)
    page(client, made, "butir/99/", status=404)
    page(client, made, "versi/2/", status=404)
    DraftVersion.objects.create(consultation=made, number=2, created_at=now())
    page(client, made, "versi/2/", status=404)


def test_older_version_leads_to_the_newest(client: Client) -> None:
    made = consultations.opened(scenes.regency())
    consultations.with_text(made)
    consultations.second_version(made)
    old = page(client, made, "versi/1/")
    assert f'href="/uji-publik/{made.code}/versi/1/2/"' in old
    assert "2 (dua)" in old
    assert "ikut/butir/4/" not in old
    assert "3 (tiga)" in page(client, made, "versi/2/")


def test_comparison_shows_differences_beside_the_submissions_that_led_to_them(client: Client) -> None:
    place = scenes.regency()
    made = consultations.closed(place)
    said = consultations.full_content(consultations.with_text(made), answers={})
    submission = consultations.sent(made, people.citizen("Sari Penyampai"), said)
    answered(made, consultations.second_version(made), submission)
    text = page(client, made, "versi/1/2/")
    assert "3 butir tetap sama" in text
    assert "Pasal 2 ayat (2)" in text  # removed
    assert f"/uji-publik/{made.code}/masukan/1/#tanggapan-2" in text
    assert "Menjadi tiga kali." in text
    assert "Sari Penyampai" not in text


def test_comparison_names_a_submission_once_whose_points_led_to_the_same_change(client: Client) -> None:
    made = consultations.closed(scenes.regency())
    said = consultations.full_content(consultations.with_text(made), answers={})
    submission = consultations.sent(made, people.citizen(), said)
    version = consultations.second_version(made)
    row = answered(made, version, submission)
    other = submission.rows.get(source="overall")
    other.change, other.changed_clause, other.changed_version = row.change, row.clause, version
    consultations.answered(other, Verdict.PARTLY)

    text = page(client, made, "versi/1/2/")

    assert text.count(f">{submission.code}</a>") == 1
    assert text.count("Menjadi tiga kali.") == 1
    assert "Diterima sebagian" in text


def test_comparison_of_versions_in_the_wrong_order_is_absent(client: Client) -> None:
    made = consultations.opened(scenes.regency())
    consultations.with_text(made)
    consultations.second_version(made)
    for path in ("versi/2/1/", "versi/1/1/", "versi/1/9/"):
        page(client, made, path, status=404)


@pytest.mark.parametrize("rows", [1, 3])
def test_comparison_takes_the_same_number_of_queries(
    rows: int, client: Client, django_assert_num_queries: object
) -> None:
    made = consultations.closed(scenes.regency())
    said = consultations.full_content(consultations.with_text(made), answers={})
    submissions = [consultations.sent(made, content=said) for _ in range(rows)]
    version = consultations.second_version(made)
    consultations.rows_for(made)
    client.get("/")
    for row in MatrixRow.objects.filter(submission__in=submissions, remark__isnull=False):
        row.changed_clause, row.changed_version = row.clause, version
        consultations.answered(row)
    with django_assert_num_queries(7):  # type: ignore[operator]
        page(client, made, "versi/1/2/")


# --- submissions -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_submissions_take_the_same_number_of_queries(
    rows: int, client: Client, django_assert_num_queries: object
) -> None:
    made = consultations.opened(scenes.regency())
    said = consultations.full_content(consultations.with_text(made), answers={})
    for _ in range(rows):
        consultations.sent(made, content=said)
    page(client, made, "masukan/")
    with django_assert_num_queries(3):  # type: ignore[operator]
        text = page(client, made, "masukan/")
    assert text.count('class="card"') == rows


def test_submissions_are_narrowed_by_stance_kind_clause_and_words(client: Client) -> None:
    made = consultations.opened(scenes.regency())
    said = consultations.full_content(consultations.with_text(made), answers={})
    one = consultations.sent(made, content=said)
    kind = ParticipantKind.GROUP
    two = consultations.sent(
        made, content=Content(stance=Stance.AGREE, reason="Bagus sekali.", participant_kind=kind)
    )
    for query, found in (
        ("", [two.code, one.code]),
        ("?sikap=agree", [two.code]),
        ("?peserta=group", [two.code]),
        ("?butir=4", [one.code]),
        ("?q=kurang untuk pasar", [one.code]),
        ("?q=Bagus", [two.code]),
        ("?q=2", [two.code]),
        ("?q=tidak ada kata ini", []),
    ):
        answer = client.get(f"/uji-publik/{made.code}/masukan/{query}")
        assert [card["code"] for card in answer.context["cards"]] == found, query


def test_submissions_are_hidden_before_closing_where_so_set(client: Client) -> None:
    place = scenes.regency()
    hidden = {"submissions_shown": Moment.AFTER_CLOSING}
    made, over = consultations.opened(place, **hidden), consultations.closed(place, **hidden)
    for row in (made, over):
        consultations.sent(row, people.citizen("Joko Peserta"))
    assert "Joko Peserta" not in page(client, made, "masukan/")
    assert "Belum ditampilkan" in page(client, made, "masukan/")
    page(client, made, "masukan/1/", status=404)
    assert "Joko Peserta" in page(client, over, "masukan/")


def test_submission_shows_what_was_said_and_the_published_answers_only(client: Client) -> None:
    made = consultations.closed(scenes.regency())
    version = consultations.with_text(made)
    consultations.with_questions(made)
    submission = consultations.sent(
        made, people.citizen("Sari Wulandari"), consultations.full_content(version)
    )
    answered(made, consultations.second_version(made), submission)
    draft = submission.rows.get(number=1)
    draft.verdict, draft.reason, draft.state = (
        "rejected",
        "Draf yang belum boleh dibaca siapa pun.",
        "proposed",
    )
    draft.save()
    text = page(client, made, "masukan/1/")
    for word in (
        "Sari Wulandari", "Jadwal perlu disesuaikan dengan pasar pagi.", "Dua kali seminggu kurang untuk pasar.",
        "Dua kali seminggu", "4 dari 5", "Diterima", consultations.REASON, "Menjadi tiga kali.",
        f"/uji-publik/{made.code}/versi/2/?butir=4#butir-4", "3 pokok belum ditanggapi", submission.code or "-",
        f"/diskusi/masukan/{submission.code}/laporkan/",
    ):  # fmt: skip
        assert word in text, word
    assert "Draf yang belum boleh" not in text


def test_submission_takes_a_bounded_number_of_queries(
    client: Client, django_assert_num_queries: object
) -> None:
    made = consultations.closed(scenes.regency())
    version = consultations.with_text(made)
    consultations.with_questions(made)
    small = consultations.sent(made, content=consultations.full_content(version))
    answered(made, consultations.second_version(made), small)
    page(client, made, "masukan/1/")
    with django_assert_num_queries(9):  # type: ignore[operator]
        page(client, made, "masukan/1/")


def test_submission_that_is_not_shown_is_a_stub_with_reason_and_answer(client: Client) -> None:
    made = consultations.closed(scenes.regency())
    reason = ReasonCode.objects.get(code="iklan")
    consultations.sent(
        made, people.citizen("Joko"), consultations.content(reason="Kata-kata iklan."), state="not_shown",
        decided_reason=reason, decided_note="Isinya iklan semata.",
    )  # fmt: skip
    for rows in consultations.rows_for(made):
        consultations.answered(rows[0])
    text = page(client, made, "masukan/1/")
    assert reason.label in text
    assert "Isinya iklan semata." in text
    assert consultations.REASON in text
    assert "Kata-kata iklan." not in text
    assert "Joko" not in text


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"is_rechecking": True}, "Sedang diperiksa ulang"), ({"state": "withdrawn"}, "menarik masukan ini")],
)
def test_submission_rechecked_or_withdrawn_is_a_stub_without_its_text(
    fields: dict[str, object], words: str, client: Client
) -> None:
    made = consultations.opened(scenes.regency())
    consultations.sent(made, people.citizen("Joko"), consultations.content(reason="Kata lama."), **fields)
    text = page(client, made, "masukan/1/")
    assert words in text
    assert "Kata lama." not in text
    assert "Joko" not in text


def test_held_submission_is_a_stub_with_its_number_day_and_published_answer(client: Client) -> None:
    made = consultations.closed(scenes.regency())
    said = consultations.sent(
        made, people.citizen("Joko"), consultations.content(reason="Kata tertahan."), state="held"
    )
    before = page(client, made, "masukan/1/")
    for rows in consultations.rows_for(made):
        consultations.answered(rows[0])

    text = page(client, made, "masukan/1/")

    assert said.code in text
    assert "Menunggu moderasi" in text
    assert "Diterima pada" in text
    assert consultations.REASON not in before
    assert consultations.REASON in text
    assert "Kata tertahan." not in text
    assert "Joko" not in text


def test_time_of_receipt_is_left_out_beside_a_hidden_name(client: Client) -> None:
    made = consultations.closed(scenes.regency())
    said = consultations.full_content(consultations.with_text(made), answers={}, is_name_masked=True)
    author, named = people.citizen("Joko"), consultations.full_content(made.versions.get(), answers={})
    at = now() - timedelta(days=40)
    consultations.sent(made, author, said, is_name_masked=True, sent_at=at)
    consultations.sent(made, content=said, is_name_masked=True, sent_at=at, state="held")
    day = f"{timezone.localtime(at).day} "

    for path in ("masukan/1/", "masukan/2/"):
        text = page(client, made, path)
        assert "Terkirim</dt>" not in text, path
        assert "Diterima pada" not in text, path
    listed = client.get(f"/uji-publik/{made.code}/masukan/")
    clause = client.get(f"/uji-publik/{made.code}/butir/4/")
    assert [card["at"] for card in listed.context["cards"]] == [None]
    assert [remark["at"] for remark in clause.context["remarks"]] == [None]
    consultations.sent(made, content=named, sent_at=at)
    assert "Terkirim</dt>" in page(client, made, "masukan/3/")
    client.force_login(author)
    own = page(client, made, "masukan/1/")
    assert "Terkirim</dt>" in own
    assert day in own


def test_author_sees_her_own_with_the_ways_to_change_and_withdraw(client: Client) -> None:
    made = consultations.opened(scenes.regency(), submissions_shown=Moment.AFTER_CLOSING)
    author = people.citizen()
    consultations.sent(made, author)
    client.force_login(author)
    text = page(client, made, "masukan/1/")
    for way in ("ikut/tinjau/", "ikut/tarik/", "ikut/bukti/"):
        assert f'href="/uji-publik/{made.code}/{way}"' in text, way
    Consultation.objects.filter(pk=made.pk).update(closes_at=now() - timedelta(hours=1))
    assert "ikut/tarik/" not in page(client, made, "masukan/1/")


def test_objection_stands_public_with_its_outcome_but_without_the_words_of_the_author(client: Client) -> None:
    made = consultations.closed(scenes.regency())
    author = people.citizen()
    consultations.sent(made, author)
    (rows,) = consultations.rows_for(made)
    consultations.answered(rows[0])
    objection = Objection.objects.create(
        submission=rows[0].submission, row=rows[0], text="Alasan saya belum dibaca.", at=now()
    )
    assert "Orang kedua sedang memeriksanya" in page(client, made, "masukan/1/")
    objection.outcome, objection.verdict, objection.explanation = (
        "new_answer",
        "accepted",
        "Kami terima seluruhnya.",
    )
    objection.decided_at, objection.office = now(), made.unit
    objection.save()
    text = page(client, made, "masukan/1/")
    assert "Kami terima seluruhnya." in text
    assert consultations.REASON in text
    assert "Alasan saya belum dibaca." not in text
    client.force_login(author)
    assert "Alasan saya belum dibaca." in page(client, made, "masukan/1/")


def test_support_bar_has_no_vote_against(client: Client) -> None:
    made = consultations.opened(scenes.regency())
    consultations.sent(made)
    client.force_login(people.citizen())
    text = page(client, made, "masukan/1/")
    assert 'id="suara-dukung"' in text
    assert 'value="-1"' not in text


def test_talk_of_a_clause_and_support_of_a_submission_take_what_members_post(client: Client) -> None:
    made = consultations.opened(scenes.regency())
    consultations.with_text(made)
    submission = consultations.sent(made)
    client.force_login(people.citizen())
    voted = client.post(f"/diskusi/masukan/{submission.code}/suara/", {"value": "1", "version": "1"})
    assert (voted.status_code, voted["Location"]) == (303, f"/uji-publik/{made.code}/masukan/1/#suara")
    assert client.get(f"/diskusi/butir/{made.code}-B4/").status_code == 200
    assert client.get(f"/diskusi/uji-publik/{made.code}/").status_code == 200


def test_author_who_was_told_finds_the_way_to_object_until_she_did(client: Client) -> None:
    made, author = consultations.closed(scenes.regency()), people.citizen()
    submission = consultations.sent(made, author, told_at=now())
    (rows,) = consultations.rows_for(made)
    consultations.answered(rows[0])
    way = f"/uji-publik/{made.code}/masukan/1/keberatan/"
    assert way not in page(client, made, "masukan/1/")
    client.force_login(author)
    assert way in page(client, made, "masukan/1/")
    Objection.objects.create(submission=submission, row=rows[0], text="Alasan saya belum dibaca.", at=now())
    assert way not in page(client, made, "masukan/1/")
