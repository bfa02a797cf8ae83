"""The desk of consultations: making one on a page, the checklist, steps, documents, programmes; what is typed is kept."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from rembuk.access.rights import actor_of
from rembuk.common.clock import WITA
from rembuk.consultations.models import Consultation
from rembuk.files.models import StoredFile
from rembuk.siteconfig.actions import change_settings
from tests import consultation_scenes as consultations
from tests import people, program_scenes, scenes
from tests.files.uploads import picture, upload
from tests.scenes import Regency

pytestmark = pytest.mark.django_db
LIST = "/kelola/uji-publik/"
NEW = f"{LIST}baru/"


def signed_in(place: Regency, role: str = "consultation-manager", unit: str = "works") -> Client:
    client = Client()
    client.force_login(people.staff(role, getattr(place, unit)))
    return client


def words(place: Regency, **fields: object) -> dict[str, object]:
    """The one page as somebody fills it in."""
    values: dict[str, object] = {
        "title": "Rencana tiga taman baru di kota",
        "kind": "plan",
        "unit": place.works.code,
        "contact": "taman@contoh.id",
        "summary": "Kota akan membuat tiga taman baru. Di mana sebaiknya?",
        "body": "Tiga **taman**.",
        "zone": "WITA",
        "opens_at": "2031-03-03T08:00",
        "closes_at": "17/03/2031 16.00",
        "audience": "members",
        "submissions_shown": "at_once",
        "totals_shown": "after_closing",
        "answer_days": "60",
        "has_overall_stance": "on",
    }
    return {**values, **fields}


def at(made: Consultation, rest: str = "") -> str:
    return f"{LIST}{made.code}/{rest}"


def ready(place: Regency) -> Consultation:
    """A draft that can be announced."""
    made = consultations.draft(place)
    now = datetime.now(UTC)
    made.opens_at, made.closes_at = now + timedelta(days=2), now + timedelta(days=9)
    made.save()
    return made


def test_new_consultation_on_one_page_is_saved_with_its_document_and_instants_in_its_zone() -> None:
    place = scenes.regency()

    answer = signed_in(place).post(NEW, words(place, file=upload("peta.jpg", picture())))

    made = Consultation.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, at(made))
    assert made.opens_at == datetime(2031, 3, 3, 8, tzinfo=WITA)
    assert made.closes_at == datetime(2031, 3, 17, 16, tzinfo=WITA)
    assert (made.totals_shown, made.files.get().title) == ("after_closing", "peta")


def test_new_consultation_with_a_fault_keeps_everything_typed_and_the_upload() -> None:
    place = scenes.regency()
    client = signed_in(place)

    shown = client.post(NEW, words(place, contact="", file=upload("peta.jpg", picture())))

    assert (shown.status_code, Consultation.objects.count()) == (422, 0)
    page = shown.content.decode()
    assert "Rencana tiga taman baru di kota" in page
    assert "17/03/2031 16.00" in page
    kept = str(StoredFile.objects.get().public_id)
    assert kept in page
    client.post(NEW, words(place, kept=kept))
    assert str(Consultation.objects.get().files.get().file.public_id) == kept


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"opens_at": "besok"}, "opens_at"),
        ({"closes_at": "2031-03-01T08:00"}, "closes_at"),
        ({"audience": "organisations", "invited": ""}, "invited"),
        ({"audience": "organisations", "invited": "Forum tanpa surel"}, "invited"),
        ({"program": "PRG-2026-9999"}, "program"),
        ({"previous": "UJP-2026-9999"}, "previous"),
        ({"unit": "TIDAK-ADA"}, "unit"),
        ({"region": "Negeri Antah Berantah"}, "region"),
    ],
)
def test_new_consultation_with_bad_input_shows_the_fault_at_its_field(
    fields: dict[str, object], field: str
) -> None:
    place = scenes.regency()

    shown = signed_in(place).post(NEW, words(place, **fields))

    assert shown.status_code == 422
    assert list(shown.context["form"].errors) == [field]


def test_new_consultation_names_organisations_one_a_line() -> None:
    place = scenes.regency()
    lines = "Walhi Jawa Barat, walhi@contoh.id\nForum RT 03 <RT03@contoh.id>"

    signed_in(place).post(NEW, words(place, audience="organisations", invited=lines))

    made = Consultation.objects.get()
    assert list(made.invited.values_list("name", "email")) == [
        ("Forum RT 03", "rt03@contoh.id"),
        ("Walhi Jawa Barat", "walhi@contoh.id"),
    ]


def test_new_consultation_from_an_evaluation_phase_begins_with_the_programme() -> None:
    place = scenes.regency()
    program = program_scenes.published(place)
    client = signed_in(place)

    form = client.get(NEW, {"program": program.code, "fase": "3"}).context["form"]
    client.post(NEW, words(place, program=program.code, phase="3", kind="evaluation"))

    assert (form.initial["program"], form.initial["kind"]) == (program.code, "evaluation")
    tie = Consultation.objects.get().ties.get()
    assert (tie.program, tie.kind, tie.phase.position) == (program, "about", 3)


def test_edit_of_an_open_consultation_shows_fixed_words_and_settings_disabled_and_takes_a_contact() -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    client = signed_in(place)

    form = client.get(at(made, "ubah/")).context["form"]
    sent = words(place, kind="policy", answer_days="5", opens_at="2030-01-01T08:00", contact="Loket 3")
    answer = client.post(at(made, "ubah/"), sent)

    assert {name for name in form.fields if form.fields[name].disabled} == {
        *Consultation.FIXED,
        "closes_at",
        "invited",
    }
    before = (made.title, made.kind, made.answer_days, made.opens_at)
    made.refresh_from_db()
    assert (answer.status_code, made.contact) == (303, "Loket 3")
    assert (made.title, made.kind, made.answer_days, made.opens_at) == before


def test_draft_shows_what_is_missing_and_cannot_be_announced() -> None:
    place = scenes.regency()
    made = consultations.draft(place)
    client = signed_in(place)

    needs = client.get(at(made)).context["needs"]
    answer = client.post(at(made, "umumkan/"))

    assert [need["is_met"] for need in needs] == [True, True, True, False, False]
    assert answer.status_code == 422
    assert "Masih kurang" in answer.content.decode()


def test_announcing_asks_first_and_leads_back_to_a_public_consultation() -> None:
    place = scenes.regency()
    made = ready(place)
    client = signed_in(place)

    asked = client.get(at(made, "umumkan/"))
    answer = client.post(at(made, "umumkan/"))

    assert asked.status_code == 200
    assert (answer.status_code, answer["Location"]) == (303, at(made))
    assert Client().get(f"/uji-publik/{made.code}/").status_code == 200
    assert client.post(at(made, "umumkan/")).status_code == 409


def test_second_person_sees_the_draft_on_her_desk_and_sends_it_back_with_a_note() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    change_settings({"consultation_second_person": True}, by=actor_of(admin))
    made, first, second = ready(place), signed_in(place), signed_in(place)

    assert first.post(at(made, "umumkan/")).status_code == 403
    first.post(at(made, "serahkan/"))
    piles = {pile.title: pile for pile in second.get("/kelola/").context["piles"]}
    handed = second.get(at(made)).context["handed"]
    answer = second.post(at(made, "kembalikan/"), {"note": "Perpendek ringkasannya."})

    assert [row["code"] for pile in piles.values() for row in pile.rows] == [made.code]
    assert handed["may_send_back"]
    assert answer.status_code == 303
    assert "Perpendek ringkasannya." in first.get(at(made)).content.decode()


def test_extension_takes_the_instant_in_the_consultations_zone() -> None:
    place = scenes.regency()
    made = consultations.opened(place, zone="WITA")
    later = (made.closes_at + timedelta(days=7)).astimezone(WITA).replace(second=0, microsecond=0)
    sent = {"closes_at": later.strftime("%Y-%m-%dT%H:%M"), "reason": consultations.REASON}

    answer = signed_in(place).post(at(made, "perpanjang/"), sent)

    made.refresh_from_db()
    assert (answer.status_code, made.closes_at) == (303, later)


@pytest.mark.parametrize(
    ("step", "sent"),
    [("perpanjang/", {"closes_at": "2020-01-01T08:00"}), ("batalkan/", {}), ("batalkan/", {"reason": "ya"})],
)
def test_step_with_bad_input_is_asked_again(step: str, sent: dict[str, str]) -> None:
    place = scenes.regency()
    made = consultations.opened(place)

    answer = signed_in(place).post(at(made, step), {"reason": "pendek", **sent})

    assert answer.status_code == 422
    assert made.events.filter(step__in=["extend", "cancel"]).count() == 0


def test_cancelled_consultation_keeps_its_public_page_with_the_reason() -> None:
    place = scenes.regency()
    made = consultations.opened(place)

    answer = signed_in(place).post(at(made, "batalkan/"), {"reason": consultations.REASON})

    assert answer.status_code == 303
    assert consultations.REASON in Client().get(f"/uji-publik/{made.code}/").content.decode()


@pytest.mark.parametrize(
    "rest",
    [
        "ubah/",
        "salin/",
        "umumkan/",
        "serahkan/",
        "kembalikan/",
        "perpanjang/",
        "batalkan/",
        "berkas/",
        "program/",
        "pertanyaan/baru/",
    ],
)
def test_pages_of_another_unit_do_not_exist_and_readers_are_refused(rest: str) -> None:
    place = scenes.regency()
    made = consultations.draft(place)

    assert signed_in(place, unit="health").get(at(made, rest)).status_code == 404
    assert signed_in(place, "auditor").get(at(made, rest)).status_code == 403


def test_preview_shows_a_draft_as_citizens_will_see_it_and_leads_to_the_public_page_later() -> None:
    place = scenes.regency()
    draft, public = consultations.draft(place), consultations.opened(place)
    client = signed_in(place)

    shown = client.get(at(draft, "pratinjau/"))
    led = client.get(at(public, "pratinjau/"))

    assert shown.status_code == 200
    assert "consultations/reading/detail.html" in [template.name for template in shown.templates]
    assert (led.status_code, led["Location"]) == (302, f"/uji-publik/{public.code}/")
    assert Client().get(f"/uji-publik/{draft.code}/").status_code == 404


def test_copy_leads_to_the_words_of_the_new_draft() -> None:
    place = scenes.regency()
    source = consultations.concluded(place)

    answer = signed_in(place).post(at(source, "salin/"), {"title": "Rancangan tahap kedua", "is_next": "on"})

    made = Consultation.objects.exclude(pk=source.pk).get()
    assert answer["Location"] == at(made, "ubah/")
    assert (made.title, made.previous, made.state) == ("Rancangan tahap kedua", source, "draft")


def test_document_is_added_read_by_staff_alone_and_removed() -> None:
    place = scenes.regency()
    made = consultations.draft(place)
    client = signed_in(place)

    assert client.post(at(made, "berkas/"), {"title": "Peta"}).status_code == 422
    client.post(at(made, "berkas/"), {"title": "Peta", "file": upload("peta.jpg", picture())})
    document = made.files.get()
    read = client.get(at(made, f"berkas/{document.public_id}/"))
    assert (read.status_code, b"".join(read.streaming_content)[:2]) == (200, b"\xff\xd8")
    assert Client().get(at(made, f"berkas/{document.public_id}/")).status_code == 302

    client.post(at(made, f"berkas/{document.public_id}/hapus/"))
    assert not made.files.exists()


def test_document_of_an_announced_consultation_is_removed_with_a_reason_only() -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    client = signed_in(place)
    client.post(at(made, "berkas/"), {"title": "Peta", "file": upload("peta.jpg", picture())})
    url = at(made, f"berkas/{made.files.get().public_id}/hapus/")

    assert client.post(url, {"reason": "salah"}).status_code == 422
    assert client.post(url, {"reason": consultations.REASON}).status_code == 303


def test_program_is_joined_by_its_code_and_parted() -> None:
    place = scenes.regency()
    made, program = consultations.opened(place), program_scenes.published(place)
    client = signed_in(place)

    assert client.post(at(made, "program/"), {"program": "PRG-1", "kind": "about"}).status_code == 422
    client.post(at(made, "program/"), {"program": program.code, "kind": "outcome"})
    assert made.ties.get().kind == "outcome"
    client.post(at(made, f"program/{program.code}/outcome/lepas/"))

    assert not made.ties.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_queries_however_many_there_are(
    count: int, django_assert_num_queries: object
) -> None:
    place = scenes.regency()
    for _turn in range(count):
        consultations.opened(place)
    client = signed_in(place)
    client.get(LIST)

    with django_assert_num_queries(7):  # type: ignore[operator]
        page = client.get(LIST)

    assert len(page.context["rows"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_queries_however_much_belongs_to_it(
    count: int, django_assert_num_queries: object
) -> None:
    place = scenes.regency()
    made = consultations.draft(place)
    for _turn in range(count):
        consultations.tie(made, program_scenes.published(place))
    client = signed_in(place)
    for _turn in range(count):
        client.post(at(made, "berkas/"), {"title": "Peta", "file": upload("peta.jpg", picture())})
    client.get(at(made))

    with django_assert_num_queries(10):  # type: ignore[operator]
        client.get(at(made))


def test_list_filters_by_words_stage_kind_and_unit() -> None:
    place = scenes.regency()
    rows = [
        consultations.draft(place),
        consultations.opened(place),
        consultations.opened(place, kind="plan", unit=place.roads),
        consultations.draft(place, unit=place.health),
    ]
    client = signed_in(place)

    def found(query: str) -> set[str]:
        return {row["code"] for row in client.get(f"{LIST}?{query}").context["rows"]}

    codes = [row.code for row in rows]
    assert found("") == set(codes[:3])
    assert found("tahap=draft") == {codes[0]}
    assert found("tahap=open") == {codes[1], codes[2]}
    assert found("jenis=plan") == {codes[2]}
    assert found(f"satuan={place.works.code}") == set(codes[:3])
    assert found(f"satuan={place.health.code}") == set()
    assert found(f"q={codes[1]}") == {codes[1]}


def test_page_says_nothing_twice_and_has_one_clear_next_step() -> None:
    place = scenes.regency()
    page = signed_in(place).get(at(ready(place))).content.decode()

    assert len(re.findall(r'class="btn "', page)) == 1
