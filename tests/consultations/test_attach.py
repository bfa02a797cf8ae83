"""Documents and programmes of a consultation: what is written, public and refused."""

from datetime import UTC, datetime

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, NotVisible, WrongState
from rembuk.consultations.actions.making import attach
from rembuk.consultations.errors import NotReady
from rembuk.consultations.models import ConsultationFile, ProgramTie
from rembuk.files.models import StoredFile
from tests import consultation_scenes as scenes
from tests import people, program_scenes
from tests.program_scenes import stored
from tests.scenes import regency

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 3, 5, tzinfo=UTC)


def test_document_of_a_draft_is_added_without_a_public_event_and_removed_with_its_row() -> None:
    place = regency()
    made, person = scenes.draft(place), scenes.manager(place)

    added = attach.add_file(made, title="Naskah akademik", file=stored("naskah.pdf"), by=person)
    attach.remove_file(added, by=person)

    assert not StoredFile.objects.exists()
    assert not made.events.exists()
    verbs = AuditEntry.objects.filter(verb__startswith="consultation.file").values_list("verb", flat=True)
    assert sorted(verbs) == ["consultation.file_added", "consultation.file_removed"]


def test_document_of_an_announced_consultation_goes_only_with_a_public_reason() -> None:
    place = regency()
    made, person = scenes.opened(place), scenes.manager(place)
    added = attach.add_file(made, title="Peta", file=stored(), by=person)

    with pytest.raises(Invalid):
        attach.remove_file(added, by=person)
    attach.remove_file(added, reason=scenes.REASON, by=person)

    events = made.events.filter(step__startswith="file").values_list("step", "reason", "facts__title")
    assert list(events) == [("file_added", "", "Peta"), ("file_removed", scenes.REASON, "Peta")]


def test_last_thing_to_read_of_an_announced_consultation_stays() -> None:
    place = regency()
    made, person = scenes.opened(place, body=""), scenes.manager(place)
    added = attach.add_file(made, title="Peta", file=stored(), by=person)

    with pytest.raises(NotReady):
        attach.remove_file(added, reason=scenes.REASON, by=person)

    assert made.files.count() == 1


def test_document_without_title_or_one_too_many_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    place = regency()
    made, person = scenes.draft(place), scenes.manager(place)
    monkeypatch.setattr("rembuk.consultations.models.ConsultationFile.LIMIT", 1)

    with pytest.raises(Invalid):
        attach.add_file(made, title=" ", file=stored(), by=person)
    attach.add_file(made, title="Satu", file=stored(), by=person)
    with pytest.raises(Invalid):
        attach.add_file(made, title="Dua", file=stored(), by=person)


def test_program_is_tied_once_and_parted_with_public_events() -> None:
    place = regency()
    made, person = scenes.opened(place), scenes.manager(place)
    program = program_scenes.published(place)
    phase = program_scenes.phase(program, 2)

    tie = attach.tie_program(made, program, kind="about", phase=phase, by=person)
    with pytest.raises(Invalid):
        attach.tie_program(made, program, kind="about", by=person)
    attach.untie_program(tie, by=person)

    facts = made.events.filter(step__startswith="program").values_list("step", "facts")
    what = {"program": program.code, "tie": "about"}
    assert list(facts) == [("program_tied", what), ("program_untied", what)]


def test_program_of_a_concluded_consultation_is_still_tied_as_its_outcome() -> None:
    place = regency()
    made = scenes.concluded(place)

    attach.tie_program(made, program_scenes.published(place), kind="outcome", by=scenes.manager(place))

    assert made.ties.get().kind == "outcome"


def test_draft_program_is_not_named_in_the_public_history() -> None:
    place = regency()
    made = scenes.opened(place)

    attach.tie_program(made, program_scenes.draft(place), kind="about", by=scenes.manager(place))

    assert not made.events.filter(step="program_tied").exists()


def test_phase_of_another_program_is_refused() -> None:
    place = regency()
    made = scenes.draft(place)
    other = program_scenes.phase(program_scenes.published(place), 1)

    with pytest.raises(Invalid):
        attach.tie_program(
            made, program_scenes.published(place), kind="about", phase=other, by=scenes.manager(place)
        )


def test_concluded_consultation_takes_no_document_and_strangers_none_at_all() -> None:
    place = regency()

    with pytest.raises(WrongState):
        attach.add_file(scenes.concluded(place), title="Peta", file=stored(), by=scenes.manager(place))
    with pytest.raises(Denied):
        attach.add_file(scenes.draft(place), title="Peta", file=stored(), by=people.citizen())


def test_document_and_program_that_a_colleague_took_away_are_gone() -> None:
    place = regency()
    made, person = scenes.draft(place), scenes.manager(place)
    added = attach.add_file(made, title="Peta", file=stored(), by=person)
    tie = attach.tie_program(made, program_scenes.published(place), kind="about", by=person)
    document, tied = ConsultationFile.objects.get(pk=added.pk), ProgramTie.objects.get(pk=tie.pk)
    attach.remove_file(added, by=person)
    attach.untie_program(tie, by=person)

    with pytest.raises(NotVisible):
        attach.remove_file(document, by=person)
    with pytest.raises(NotVisible):
        attach.untie_program(tied, by=person)

    verbs = ("consultation.file_removed", "consultation.program_untied")
    assert [AuditEntry.objects.filter(verb=verb).count() for verb in verbs] == [1, 1]


def test_draft_program_is_parted_without_a_word_in_the_public_history() -> None:
    place = regency()
    made, person = scenes.opened(place), scenes.manager(place)
    tie = attach.tie_program(made, program_scenes.draft(place), kind="about", by=person)

    attach.untie_program(tie, by=person)

    assert not made.ties.exists()
    assert not made.events.filter(step__startswith="program").exists()
    assert AuditEntry.objects.filter(verb="consultation.program_untied").count() == 1
