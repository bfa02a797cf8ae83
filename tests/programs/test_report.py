"""Updates and documents: what must be given, what is never reached, who stands behind a programme."""

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, NotVisible, WrongState
from rembuk.engagement import folding
from rembuk.engagement.actions.votes import cast_vote
from rembuk.engagement.models import Vote
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


@pytest.fixture
def talked_over() -> Program:
    """A programme of two proposals: four people wrote or support them, two of them twice."""
    place = scenes.regency()
    author, other, both, once = (people.citizen() for _ in range(4))
    first, second = scenes.published(place, author), scenes.published(place, other)
    programs.support(first, both)
    programs.support(second, both, once, author)
    return programs.published(place, first, second)


def behind(program: Program) -> tuple[int, int]:
    found = selectors.behind([program.pk])[program.pk]
    return found.proposals, found.people


def votes_for(program: Program) -> QuerySet[Vote]:
    return Vote.objects.filter(ballot__subject__proposal__links__program=program).order_by("id")


def test_people_behind_counts_each_person_once_in_one_statement(talked_over: Program) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert behind(talked_over) == (2, 4)
    assert len(queries) == 1
    folding.run_once()
    assert behind(talked_over) == (2, 4)


def test_people_behind_follow_a_withdrawn_vote_at_once(talked_over: Program) -> None:
    folding.run_once()
    for vote, people_left in zip(votes_for(talked_over), (4, 3, 2, 2), strict=True):
        cast_vote(vote.ballot, voter=vote.voter, value=0)
        assert behind(talked_over) == (2, people_left)


def test_people_behind_of_a_proposal_nobody_supports_are_its_author() -> None:
    place = scenes.regency()
    program = programs.published(place, scenes.published(place, people.citizen()))
    assert behind(program) == (1, 1)


def test_people_behind_stay_people_after_their_accounts_were_deleted(talked_over: Program) -> None:
    votes_for(talked_over).update(voter=None)
    assert behind(talked_over) == (2, 6)  # nobody knows any more who was the same


def test_people_behind_are_told_for_each_programme(talked_over: Program) -> None:
    place = scenes.regency()
    lonely = programs.published(place, scenes.published(place, people.citizen()))
    empty = programs.published(place)
    found = selectors.behind([talked_over.pk, lonely.pk, empty.pk])
    assert {key: one.people for key, one in found.items()} == {talked_over.pk: 4, lonely.pk: 1}
