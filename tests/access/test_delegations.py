"""What is decided under a delegation names it: «Plh. Kepala …», publicly, in the trail, also when the grant has ended."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.audit.actors import SYSTEM
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied
from rembuk.consultations.actions.objecting import decide_objection
from rembuk.consultations.models import Objection
from rembuk.programs.actions import publish
from rembuk.proposals.actions import answer, assess, hide
from rembuk.proposals.choices import AssessmentVerdict
from rembuk.proposals.models import Decision, OfficialAnswer
from rembuk.workunits.models import WorkUnit
from tests import handling_scenes as handling
from tests import matrix_scenes, people, scenes
from tests import program_scenes as programs
from tests.handling_scenes import WHY, because

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
DAY = timedelta(days=1)
PLH = "Plh. Kepala Dinas Pekerjaan Umum"


def acting_head(
    unit: WorkUnit, role: str = "unit-admin", person: Person | None = None, **fields: object
) -> Person:
    """Somebody who stands in for the head of public works until tomorrow."""
    values: dict[str, object] = {
        "standing": "plh",
        "standing_title": "Kepala Dinas Pekerjaan Umum",
        "ends_at": NOW + DAY,
    }
    found = person or people.citizen("Joko Susilo")
    people.grant(found, role, unit, **{**values, **fields})
    return found


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        ("plh", "Plh. Kepala Dinas"),
        ("plt", "Plt. Kepala Dinas"),
        ("other", "Kepala Dinas (pelimpahan tugas)"),
        ("", ""),
    ],
)
def test_standing_is_named_in_official_words(standing: str, words: str) -> None:
    assert rights.standing_text(standing, "Kepala Dinas") == words


def test_standing_of_the_nearest_delegation_holds() -> None:
    place = scenes.regency()
    head = acting_head(place.works)
    acting_head(place.roads, person=head, standing="plt", standing_title="Kepala Bidang Bina Marga")
    assert rights.standing_for(head, place.works, izin.PROPOSAL_ANSWER) == PLH
    assert rights.standing_for(head, place.roads, izin.PROPOSAL_ANSWER) == "Plt. Kepala Bidang Bina Marga"


def test_standing_is_empty_where_the_own_post_covers_it_or_nothing_does() -> None:
    place = scenes.regency()
    head = acting_head(place.roads, person=people.staff("moderator", place.works))
    assert rights.standing_for(head, place.roads, izin.PROPOSAL_MODERATE) == ""
    assert rights.standing_for(head, place.roads, izin.PROPOSAL_ANSWER) == PLH
    assert rights.standing_for(head, place.health, izin.PROPOSAL_ANSWER) == ""
    assert rights.standing_for(head, None, izin.PROPOSAL_ANSWER) == ""
    assert rights.standing_for(SYSTEM, place.roads, izin.PROPOSAL_ANSWER) == ""


def test_answer_by_a_plh_says_so_publicly_and_in_the_trail() -> None:
    place = scenes.regency()
    found = handling.referred(place)
    made = answer.decline_proposal(found, because=because(), by=acting_head(place.works))
    assert made.standing == PLH
    page = Client().get(f"/usulan/{found.code}/").content.decode()
    assert page.count(f"Dinas Pekerjaan Umum (oleh {PLH})") == 2
    entry = AuditEntry.objects.get(verb="proposal.declined")
    assert entry.after["standing"] == PLH
    assert entry.actor_roles == [f"unit-admin: {PLH}"]


def test_answer_by_a_plh_says_so_when_the_grant_has_ended_and_a_new_one_is_refused() -> None:
    place = scenes.regency()
    first, second, head = handling.referred(place), handling.referred(place), acting_head(place.works)
    answer.decline_proposal(first, because=because(), by=head)
    with time_machine.travel(NOW + timedelta(days=800), tick=False):
        assert PLH in Client().get(f"/usulan/{first.code}/").content.decode()
        with pytest.raises(Denied):
            answer.decline_proposal(second, because=because(), by=Person.objects.get(pk=head.pk))
    Grant.objects.all().delete()
    assert PLH in Client().get(f"/usulan/{first.code}/").content.decode()


def test_answer_under_the_own_post_names_nobody() -> None:
    place = scenes.regency()
    found = handling.declined(place)
    assert OfficialAnswer.objects.get().standing == ""
    assert "Dinas Pekerjaan Umum (" not in Client().get(f"/usulan/{found.code}/").content.decode()
    assert "standing" not in AuditEntry.objects.get(verb="proposal.declined").after


def test_assessment_by_a_plh_names_it() -> None:
    place = scenes.regency()
    found = handling.referred(place)
    made = assess.record_assessment(
        found,
        unit=place.works,
        verdict=AssessmentVerdict.FEASIBLE,
        reason=WHY,
        by=acting_head(place.works, "assessor"),
    )
    assert made.standing == PLH
    assert f"· {PLH}" in Client().get(f"/usulan/{found.code}/").content.decode()
    assert AuditEntry.objects.get(verb="proposal.assessed").after["standing"] == PLH


def test_publishing_referring_and_hiding_by_a_plh_name_it() -> None:
    place = scenes.regency()
    head = acting_head(place.root)
    found = scenes.submitted(place)
    from rembuk.proposals.actions import moderate, refer

    moderate.publish_proposal(found, by=head)
    refer.refer_proposal(found, to=refer.Handover(responsible=place.works), by=head)
    refer.change_disposition(found, to=refer.Handover(responsible=place.health), reason=WHY, by=head)
    hide.hide_proposal(found, reason=handling.reason(), message=WHY, by=head)
    hide.unhide_proposal(found, message=WHY, by=head)
    rows = Decision.objects.filter(proposal=found, office__isnull=False)
    assert rows.count() == 5
    assert set(rows.values_list("standing", flat=True)) == {PLH}
    assert AuditEntry.objects.get(verb="proposal.disposition_changed").after["standing"] == PLH


def test_village_releases_its_own_by_a_plh_of_the_village() -> None:
    place = scenes.regency()
    from rembuk.proposals.actions import moderate

    found = scenes.submitted(place)
    found.origin_unit = place.village
    found.save(update_fields=["origin_unit"])
    head = acting_head(place.village, standing_title="Kepala Desa Mekarsari")
    decision = moderate.publish_proposal(found, by=head)
    assert decision.standing == "Plh. Kepala Desa Mekarsari"
    hidden = hide.hide_proposal(found, reason=handling.reason(), message=WHY, by=head)
    assert hidden.standing == "Plh. Kepala Desa Mekarsari"


def test_programme_by_a_plh_names_it_in_history_and_answers() -> None:
    place = scenes.regency()
    proposal, head = handling.referred(place), acting_head(place.works, "program-manager")
    program = programs.published(place, proposal, by=head)
    publish.cancel_program(program, reason=WHY, by=head)
    assert set(program.events.values_list("standing", flat=True)) == {PLH}
    assert OfficialAnswer.objects.get(proposal=proposal).standing == PLH
    assert set(
        proposal.decisions.filter(step__in=("adopt", "release")).values_list("standing", flat=True)
    ) == {PLH}
    page = Client().get(f"/program/{program.code}/").content.decode()
    assert f"Dinas Pekerjaan Umum (oleh {PLH})" in page
    assert AuditEntry.objects.get(verb="program.cancelled").after["standing"] == PLH


def test_matrix_row_and_objection_by_a_plh_name_it() -> None:
    found = matrix_scenes.matrix(2)
    head = acting_head(found.place.works, "consultation-manager")
    matrix_scenes.proposed(found, found.rows[0], by=head)
    matrix_scenes.proposed(found, found.rows[1])
    assert [row.standing for row in found.fresh()] == [PLH, ""]
    entries = AuditEntry.objects.filter(verb="row.proposed").order_by("pk")
    assert [entry.after.get("standing") for entry in entries] == [PLH, None]
    objection = Objection.objects.create(
        submission=found.rows[1].submission, row=found.rows[1], text=WHY, at=matrix_scenes.AT
    )
    decide_objection(objection, explanation=WHY, by=acting_head(found.place.works, "consultation-manager"))
    objection.refresh_from_db()
    assert objection.standing == PLH
