"""Updates and documents: what must be given, what is never reached, who stands behind a programme."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, NotVisible, WrongState
from rembuk.programs import doors, selectors
from rembuk.programs.actions import report
from rembuk.programs.choices import DocumentClass
from rembuk.programs.models import Program
from tests import people, scenes
from tests import program_scenes as programs
from tests.program_scenes import stored

pytestmark = pytest.mark.django_db


def test_post_update_keeps_pictures_in_order_with_their_words() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    phase = programs.phase(programs.published(place, by=by), 1)
    pictures = [report.Picture(stored(), words) for words in ("Jalan sebelum", "Jalan sesudah")]
    update = report.post_update(phase, title="Survei", body="Ruas *diukur*.", pictures=pictures, by=by)
    assert list(update.pictures.values_list("alternative", flat=True)) == ["Jalan sebelum", "Jalan sesudah"]
    assert update.html == "<p>Ruas <em>diukur</em>.</p>\n"
    assert AuditEntry.objects.filter(verb="program.update_posted").count() == 1


@pytest.mark.parametrize(
    ("title", "body", "words", "field"),
    [
        (" ", "Isi", ["a"], "title"),
        ("Judul", "", ["a"], "body"),
        ("Judul", "Isi", [" "], "pictures"),
        ("Judul", "Isi", ["a"] * 7, "pictures"),
    ],
)
def test_post_update_with_bad_input_is_invalid(title: str, body: str, words: list[str], field: str) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    phase = programs.phase(programs.published(place, by=by), 1)
    pictures = [report.Picture(stored(), word) for word in words]
    with pytest.raises(Invalid) as refusal:
        report.post_update(phase, title=title, body=body, pictures=pictures, by=by)
    assert set(refusal.value.fields) == {field}


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_post_update_of_a_program_nobody_follows_is_refused(state: str) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    Program.objects.filter(pk=program.pk).update(state=state)
    with pytest.raises(WrongState):
        report.post_update(programs.phase(program, 1), title="Judul", body="Isi", by=by)


def test_report_needs_the_right_in_the_unit() -> None:
    place = scenes.regency()
    program = programs.published(place)
    stranger = people.staff("program-manager", place.health)
    with pytest.raises(Denied):
        report.post_update(programs.phase(program, 1), title="Judul", body="Isi", by=stranger)
    with pytest.raises(Denied):
        report.add_document(program, title="KAK", file=stored(kind="document"), by=stranger)


def test_excluded_document_is_found_on_the_desk_of_its_unit_alone() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    document = report.add_document(
        program,
        title="Perkiraan harga",
        file=stored(kind="document"),
        access_class=DocumentClass.EXCLUDED,
        by=by,
    )
    for reader in (None, people.citizen(), by):
        with pytest.raises(NotVisible):
            doors.document_for_reader(program.code, document.public_id, reader)
    with pytest.raises(NotVisible):
        doors.document_for_desk(
            program.code, document.public_id, people.staff("program-manager", place.health)
        )
    assert doors.document_for_desk(program.code, document.public_id, by) == document


def test_removed_document_is_found_nowhere_and_its_reason_is_kept() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    document = report.add_document(program, title="KAK", file=stored(kind="document"), by=by)
    assert doors.document_for_reader(program.code, document.public_id, None) == document
    report.remove_document(document, reason=programs.REASON, by=by)
    with pytest.raises(NotVisible):
        doors.document_for_reader(program.code, document.public_id, None)
    with pytest.raises(WrongState):
        report.remove_document(document, reason=programs.REASON, by=by)
    assert AuditEntry.objects.get(verb="program.document_removed").reason == programs.REASON


def test_document_without_title_or_of_a_cancelled_program_is_refused() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    with pytest.raises(Invalid):
        report.add_document(program, title=" ", file=stored(kind="document"), by=by)
    Program.objects.filter(pk=program.pk).update(state="cancelled")
    with pytest.raises(WrongState):
        report.add_document(program, title="KAK", file=stored(kind="document"), by=by)


def test_people_behind_counts_each_person_once_in_one_statement() -> None:
    place = scenes.regency()
    author, both, once = people.citizen(), people.citizen(), people.citizen()
    first, second = scenes.published(place, author), scenes.published(place, author)
    programs.support(first, both, author)
    programs.support(second, both, once)
    program = programs.published(place, first, second)
    with CaptureQueriesContext(connection) as queries:
        assert selectors.people_behind(program) == 3
    assert len(queries) == 1
    assert selectors.behind([program.pk])[program.pk].proposals == 2
