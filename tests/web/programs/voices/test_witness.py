"""Answering "Is this finished?" in the browser, pictures included; both words side by side; reports and hiding."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from rembuk.engagement.models import Case
from rembuk.files.models import StoredFile
from rembuk.programs.models import Milestone, Program, Witness
from rembuk.taxonomy.models import ReasonCode
from tests import people, scenes
from tests import program_scenes as programs
from tests import voice_scenes as voices
from tests.program_scenes import MORNING

pytestmark = pytest.mark.django_db
WHY = "Keterangan ini menyebut nama dan alamat orang lain."


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


@pytest.fixture
def found(place: scenes.Regency) -> Milestone:
    """A milestone called done this morning."""
    return voices.milestone(programs.published(place))


def address(found: Milestone, language: str = "") -> str:
    """The milestone's page."""
    return f"{language}/program/{found.program.code}/tonggak/{found.public_id}/"


def jpeg(name: str = "jalan.jpg") -> SimpleUploadedFile:
    """A small real picture."""
    data = BytesIO()
    Image.new("RGB", (60, 40), "green").save(data, "JPEG")
    return SimpleUploadedFile(name, data.getvalue(), content_type="image/jpeg")


def test_who_carries_it_out_reads_why_she_does_not_answer(found: Milestone, client: Client) -> None:
    client.force_login(people.staff("program-manager", found.program.unit))
    text = client.get(address(found)).content.decode()
    assert "tidak menjawab sebagai warga" in text
    assert 'name="value"' not in text
    refused = client.post(address(found), {"claim": "1", "value": "yes", "picture": jpeg()})
    assert (refused.status_code, Witness.objects.count(), StoredFile.objects.count()) == (403, 0, 0)


def test_member_answers_with_a_picture_and_both_words_stand_apart(found: Milestone, client: Client) -> None:
    client.force_login(people.citizen("Wati"))
    given = {"claim": "1", "value": "no", "remark": "Baru separuh.", "picture": jpeg()}
    answer = client.post(address(found), given)
    assert (answer.status_code, answer["Location"]) == (303, address(found))
    text = Client().get(address(found)).content.decode()
    for words in ("Selesai pada", "1 orang menjawab", "belum 1", "Baru separuh.", "Wati"):
        assert words in text
    row = Witness.objects.get()
    shown = Client().get(f"/program/{found.program.code}/kesaksian/{row.public_id}/gambar/?lebar=480")
    assert (shown.status_code, shown["Content-Type"][:6]) == (200, "image/")
    shown.getvalue()
    found.refresh_from_db()
    assert (found.state, found.claims) == ("done", 1)


def test_answer_is_changed_and_its_picture_kept_or_taken_away(found: Milestone, client: Client) -> None:
    client.force_login(people.citizen())
    client.post(address(found), {"claim": "1", "value": "no", "remark": "", "picture": jpeg()})
    client.post(address(found), {"claim": "1", "value": "partly", "remark": ""})
    row = Witness.objects.get()
    assert (row.value, row.picture is not None) == ("partly", True)
    client.post(address(found), {"claim": "1", "value": "partly", "remark": "", "remove": "on"})
    row.refresh_from_db()
    assert row.picture is None


def test_visitor_is_asked_to_sign_in_and_loses_nothing(found: Milestone, client: Client) -> None:
    answer = client.post(address(found), {"claim": "1", "value": "no", "remark": "Belum ada aspal."})
    assert answer.status_code == 303
    assert answer["Location"].startswith("/akun/masuk/?next=")
    assert Witness.objects.count() == 0
    person = people.citizen()
    signed = client.post(answer["Location"], {"email": person.email, "password": people.PASSWORD})
    text = client.get(signed["Location"]).content.decode()
    assert "Belum ada aspal." in text
    chosen = text.split('value="no"')[1].split(">")[0]
    assert "checked" in chosen


def test_fault_keeps_words_and_picture(found: Milestone, client: Client) -> None:
    client.force_login(people.citizen())
    answer = client.post(address(found), {"claim": "1", "remark": "Sudah saya lihat.", "picture": jpeg()})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Sudah saya lihat." in text
    kept = StoredFile.objects.get(purpose="witness")
    assert str(kept.public_id) in text
    client.post(address(found), {"claim": "1", "value": "yes", "remark": "x", "kept": str(kept.public_id)})
    assert Witness.objects.get().picture == kept


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("a.jpg", b"<html><script>alert(1)</script>", content_type="image/jpeg"),
        SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
        SimpleUploadedFile("a.jpg", b""),
    ],
)
def test_hostile_upload_is_422_and_keeps_the_text(
    found: Milestone, upload: SimpleUploadedFile, client: Client
) -> None:
    upload.seek(0)
    client.force_login(people.citizen())
    given = {"claim": "1", "value": "no", "remark": "Tetap ada", "picture": upload}
    answer = client.post(address(found), given)
    assert answer.status_code == 422
    assert "Tetap ada" in answer.content.decode()
    assert (Witness.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_picture_of_somebody_else_or_of_another_answer_is_never_taken(
    found: Milestone, client: Client
) -> None:
    other = Client()
    other.force_login(people.citizen())
    other.post(address(found), {"claim": "1", "value": "no", "remark": "", "picture": jpeg()})
    theirs = Witness.objects.get().picture
    assert theirs is not None
    client.force_login(people.citizen())
    for kept in (str(theirs.public_id), "tidak-ada"):
        client.post(address(found), {"claim": "1", "value": "yes", "remark": "", "kept": kept})
    assert Witness.objects.get(value="yes").picture is None


@pytest.mark.parametrize("why", ["weeks", "reopened", "claim"])
def test_answer_too_late_is_409(found: Milestone, why: str, client: Client) -> None:
    fields: dict[str, dict[str, object]] = {
        "weeks": {"claimed_at": MORNING - timedelta(days=56)},
        "reopened": {"state": "ongoing", "actual_end_on": None},
        "claim": {"claims": 2},
    }
    Milestone.objects.filter(pk=found.pk).update(**fields[why])
    client.force_login(people.citizen())
    answer = client.post(address(found), {"claim": "1", "value": "no", "remark": "Tetap ada"})
    assert answer.status_code == 409
    assert "Tetap ada" in answer.content.decode()
    assert Witness.objects.count() == 0


def test_unconfirmed_member_uploads_nothing(found: Milestone, client: Client) -> None:
    person = people.citizen()
    person.emailaddress_set.update(verified=False)
    client.force_login(person)
    answer = client.post(address(found), {"claim": "1", "value": "no", "remark": "", "picture": jpeg()})
    assert (answer.status_code, StoredFile.objects.count()) == (403, 0)


def test_page_of_a_milestone_not_called_done_or_reopened_says_so(
    place: scenes.Regency, client: Client
) -> None:
    program = programs.published(place)
    waiting = voices.milestone(
        program, state="planned", actual_start_on=None, actual_end_on=None, claims=0, claimed_at=None
    )
    again = voices.milestone(program, state="ongoing", actual_end_on=None)
    assert "Belum selesai" in client.get(address(waiting)).content.decode()
    text = client.get(address(again)).content.decode()
    assert "Dibuka lagi" in text
    assert 'name="value"' not in text
    Program.objects.filter(pk=program.pk).update(state="draft")
    assert client.get(address(again)).status_code == 404


def test_answers_from_before_reopening_stay_and_say_so(found: Milestone, client: Client) -> None:
    voices.said(found, "no", remark="Belum diaspal.")
    Milestone.objects.filter(pk=found.pk).update(claims=2)
    text = client.get(address(found)).content.decode()
    assert "Belum diaspal." in text
    assert "sebelum dibuka lagi" in text
    assert "Belum ada yang menjawab." in text


def test_report_opens_a_case_in_the_queue_and_hiding_leaves_the_reason(
    place: scenes.Regency, found: Milestone, client: Client
) -> None:
    made = voices.said(found, "no", remark="Pak X malas.", picture=programs.stored())
    client.force_login(people.citizen())
    text = client.get(address(found)).content.decode()
    report_url = f"/diskusi/kesaksian/{made.subject.code}/laporkan/"
    assert report_url in text
    reason = ReasonCode.objects.filter(uses__contains=["report"]).first()
    assert reason is not None
    answer = client.post(report_url, {"reason": reason.code, "note": "Menyebut nama"})
    assert (answer.status_code, answer["Location"]) == (303, address(found))
    case = Case.objects.get(kind="report")
    desk = Client()
    desk.force_login(people.staff("moderator", place.works))
    assert "Pak X malas." in desk.get("/kelola/moderasi/").content.decode()
    shown = desk.get(f"/kelola/moderasi/{case.public_id}/")
    assert "Pak X malas." in shown.content.decode()
    hide = ReasonCode.objects.filter(uses__contains=["hide"]).first()
    assert hide is not None
    done = desk.post(f"/kelola/moderasi/{case.public_id}/hide/", {"reason": hide.code, "message": WHY})
    assert done.status_code == 303
    text = Client().get(address(found)).content.decode()
    assert "Pak X malas." not in text
    assert WHY in text
    assert "belum 1" in text
    assert (
        Client().get(f"/program/{found.program.code}/kesaksian/{made.public_id}/gambar/").status_code == 404
    )


def test_moderator_hides_and_shows_again_without_a_report(
    place: scenes.Regency, found: Milestone, client: Client
) -> None:
    made = voices.said(found, "no", remark="Pak X malas.")
    page = f"/kelola/program/kesaksian/{made.public_id}/"
    client.force_login(people.staff("moderator", place.works))
    assert page in client.get(address(found)).content.decode()
    assert "Pak X malas." in client.get(page).content.decode()
    assert client.post(page, {"explanation": "pendek"}).status_code == 422
    hide = ReasonCode.objects.filter(uses__contains=["hide"]).first()
    assert hide is not None
    short = client.post(page, {"reason": hide.code, "explanation": "pendek"})
    assert (short.status_code, "pendek" in short.content.decode()) == (422, True)
    assert client.post(page, {"reason": hide.code, "explanation": WHY}).status_code == 303
    made.refresh_from_db()
    assert made.hidden_at is not None
    assert client.post(page, {"explanation": WHY}).status_code == 303
    made.refresh_from_db()
    assert made.hidden_at is None


@pytest.mark.parametrize(
    ("role", "elsewhere", "status"),
    [("moderator", True, 404), ("program-manager", False, 403), ("auditor", False, 403)],
)
def test_hiding_is_refused_to_others(
    role: str, elsewhere: bool, status: int, place: scenes.Regency, found: Milestone, client: Client
) -> None:
    made = voices.said(found, "no", remark="Belum.")
    client.force_login(people.staff(role, place.health if elsewhere else place.works))
    assert client.get(f"/kelola/program/kesaksian/{made.public_id}/").status_code == status


@pytest.mark.parametrize("rows", [1, 3])
def test_page_takes_the_same_number_of_queries(
    found: Milestone, rows: int, client: Client, django_assert_num_queries: object
) -> None:
    for _ in range(rows):
        voices.said(found, "no", remark="Belum.", picture=programs.stored())
    client.get(address(found))
    with django_assert_num_queries(4):  # type: ignore[operator]
        text = client.get(address(found)).content.decode()
    assert text.count('id="kata-') == rows + 2


def test_remarks_page_by_keyset(found: Milestone, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from rembuk.web.programs.voices import public_witness

    monkeypatch.setattr(public_witness, "PAGE", 2)
    for number in range(3):
        voices.said(found, "no", remark=f"Catatan {number}", at=MORNING + timedelta(minutes=number))
    first = client.get(address(found)).content.decode()
    assert ("Catatan 2" in first, "Catatan 0" in first) == (True, False)
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert "Catatan 0" in client.get(following).content.decode()


def test_programme_page_shows_both_words(found: Milestone, client: Client) -> None:
    for value in ("no", "no", "yes"):
        voices.said(found, value)
    text = client.get(f"/program/{found.program.code}/").content.decode()
    assert f'href="{address(found)}"' in text
    assert "ya 1, sebagian 0, belum 2" in text
    english = client.get(f"/en/program/{found.program.code}/").content.decode()
    assert "yes 1, partly 0, not yet 2" in english


@pytest.mark.parametrize(("against", "is_told"), [(2, False), (3, True)])
def test_programme_tells_at_first_glance_when_citizens_contradict(
    found: Milestone, against: int, is_told: bool
) -> None:
    for _one in range(against):
        voices.said(found, "no")
    text = Client().get(f"/program/{found.program.code}/").content.decode()
    assert ("1 tonggak yang dinyatakan selesai sebenarnya belum selesai" in text) == is_told
    assert "1 dari 1" in text or "dari 1 tonggak" in text


def test_milestone_nobody_is_asked_about_and_nobody_answered_is_left_out(place: scenes.Regency) -> None:
    program = programs.published(place)
    voices.milestone(program, at=MORNING - timedelta(days=60), title="Patok dipasang")
    answered = voices.milestone(program, title="Ruas 2 diperkeras")
    text = Client().get(f"/program/{program.code}/").content.decode()
    part = text.split('id="sudah-selesai"', 1)[1].split("</section>", 1)[0]
    assert answered.title in part
    assert "Patok dipasang" not in part
