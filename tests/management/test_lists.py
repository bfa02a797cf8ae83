"""Reasons, text templates, holidays, page texts and settings: changed by rule, with before and after."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.files.models import StoredFile
from rembuk.management.actions import lists, site
from rembuk.management.facts import PageWords, ReasonFacts, TemplateFacts
from rembuk.siteconfig import selectors
from rembuk.taxonomy import selectors as taxonomy
from rembuk.taxonomy.models import ReasonCode
from rembuk.workdays.actions import HolidayFacts
from rembuk.workdays.models import Holiday
from tests import people, scenes
from tests.files.uploads import pdf, picture

pytestmark = pytest.mark.django_db
REASON = ReasonFacts(label="Sudah kedaluwarsa", label_en="Out of date", uses=["reject"])
WHY = "Rapat koordinasi"


def test_reason_is_made_last_and_retired_by_a_change() -> None:
    admin = people.staff("administrator", scenes.regency().root)
    made = lists.create_reason("kedaluwarsa", REASON, by=admin)
    assert made in taxonomy.reasons("reject")
    retired = ReasonFacts(label=REASON.label, label_en=REASON.label_en, uses=["reject"], is_active=False)
    lists.change_reason(made, retired, by=admin)
    lists.change_reason(made, retired, by=admin)
    assert made not in taxonomy.reasons("reject")
    entry = AuditEntry.objects.get(verb="reason.changed")
    assert (entry.before, entry.after) == ({"is_active": True}, {"is_active": False})


def test_reason_with_a_taken_code_is_refused() -> None:
    admin = people.staff("administrator", scenes.regency().root)
    lists.create_reason("kedaluwarsa", REASON, by=admin)
    with pytest.raises(Invalid) as refusal:
        lists.create_reason("kedaluwarsa", REASON, by=admin)
    assert list(refusal.value.fields) == ["code"]
    assert ReasonCode.objects.filter(code="kedaluwarsa").count() == 1


def test_template_is_offered_until_it_is_retired() -> None:
    admin = people.staff("administrator", scenes.regency().root)
    made = lists.create_template(
        TemplateFacts(title="Terima kasih", use="answer", body="Terima kasih."), by=admin
    )
    assert made in taxonomy.templates("answer")
    off = TemplateFacts(title="Terima kasih", use="answer", body="Terima kasih.", is_active=False)
    lists.change_template(made, off, by=admin)
    assert made not in taxonomy.templates("answer")


def test_what_belongs_to_the_site_is_refused_to_everybody_but_its_managers() -> None:
    place = scenes.regency()
    by = people.staff("administrator", place.works)
    words = PageWords(title="Bantuan", body="Teks", upon=0)
    facts = HolidayFacts(on=date(2031, 1, 1), name="Libur")
    holiday = Holiday.objects.create(on=date(2031, 2, 1), name="Libur", kind="public")
    row = lists.create_reason("kedaluwarsa", REASON, by=people.staff("administrator", place.root))
    text = TemplateFacts(title="A", use="answer", body="B")
    template = lists.create_template(text, by=people.staff("administrator", place.root))
    for act in (
        lambda: lists.create_reason("x", REASON, by=by),
        lambda: lists.change_reason(row, REASON, by=by),
        lambda: lists.create_template(text, by=by),
        lambda: lists.change_template(template, text, by=by),
        lambda: site.change_site({"site_name": "Lain"}, by=by, reason=WHY),
        lambda: site.publish_text("help", "id", words, by=by, reason=WHY),
        lambda: site.add_holiday(facts, by=by),
        lambda: site.change_holiday(holiday, facts, by=by),
        lambda: site.remove_holiday(holiday, by=by, reason=WHY),
    ):
        with pytest.raises(Denied):
            act()


def test_holiday_is_entered_changed_and_removed_on_record() -> None:
    admin = people.staff("administrator", scenes.regency().root)
    made = site.add_holiday(HolidayFacts(on=date(2031, 1, 1), name="Tahun Baru"), by=admin)
    site.change_holiday(made, HolidayFacts(on=date(2031, 1, 2), name="Tahun Baru"), by=admin)
    site.remove_holiday(made, by=admin, reason=WHY)
    verbs = AuditEntry.objects.filter(target_kind="holiday", at__isnull=False, actor_person_id=admin.pk)
    assert [row.verb for row in verbs.order_by("id")] == [
        "holiday.added",
        "holiday.changed",
        "holiday.removed",
    ]


def test_settings_keep_before_after_and_reason_in_the_trail() -> None:
    admin = people.staff("administrator", scenes.regency().root)
    site.change_site({"site_name": "Suara Warga", "answer_days": 60}, by=admin, reason=WHY)
    entry = AuditEntry.objects.get(verb="settings.changed")
    assert selectors.current().site_name == "Suara Warga"
    assert (entry.before, entry.after, entry.reason) == (
        {"site_name": "Rembuk"},
        {"site_name": "Suara Warga"},
        WHY,
    )


def test_settings_without_a_reason_are_refused() -> None:
    admin = people.staff("administrator", scenes.regency().root)
    with pytest.raises(Invalid) as refusal:
        site.change_site({"site_name": "Suara Warga"}, by=admin, reason="  ")
    assert (list(refusal.value.fields), selectors.current().site_name) == (["reason"], "Rembuk")


def test_logo_is_kept_as_a_file_that_no_row_refers_to() -> None:
    admin = people.staff("administrator", scenes.regency().root)
    site.change_site({}, by=admin, reason=WHY, logo=SimpleUploadedFile("logo.jpg", picture()))
    stored = StoredFile.objects.get(purpose="logo")
    assert (selectors.current().logo, stored.is_kept) == (str(stored.public_id), True)


@pytest.mark.parametrize(("name", "content"), [("logo.pdf", pdf), ("logo.jpg", lambda: b"no picture")])
def test_logo_that_is_no_picture_is_refused_at_its_field(name: str, content: object) -> None:
    admin = people.staff("administrator", scenes.regency().root)
    with pytest.raises(Invalid) as refusal:
        site.change_site({}, by=admin, reason=WHY, logo=SimpleUploadedFile(name, content()))  # type: ignore[operator]
    assert (list(refusal.value.fields), StoredFile.objects.count()) == (["logo_file"], 0)


def test_page_text_written_upon_an_older_version_is_refused() -> None:
    admin = people.staff("administrator", scenes.regency().root)
    number = selectors.page("help", "id").version if selectors.page("help", "id") else 0  # type: ignore[union-attr]
    site.publish_text(
        "help", "id", PageWords(title="Bantuan", body="Satu", upon=number), by=admin, reason=WHY
    )
    with pytest.raises(WrongState):
        site.publish_text(
            "help", "id", PageWords(title="Bantuan", body="Dua", upon=number), by=admin, reason=WHY
        )
    with pytest.raises(Invalid):
        site.publish_text(
            "help", "id", PageWords(title="Bantuan", body="Dua", upon=number + 1), by=admin, reason=""
        )
    newest = selectors.page("help", "id")
    assert newest is not None
    assert (newest.version, newest.body) == (number + 1, "Satu")
