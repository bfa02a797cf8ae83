"""Deciding a case by its forms: each decision, what is kept of bad input, two at once, comments and reports."""

import pytest
from django.test import Client

from rembuk.engagement.actions.comments import Draft, post_comment
from rembuk.engagement.actions.reports import Complaint, report_content
from rembuk.engagement.models import Case, Comment
from rembuk.proposals.actions import moderate
from rembuk.proposals.models import Proposal
from rembuk.taxonomy.models import TextTemplate
from tests import handling_scenes as handling
from tests import people, program_scenes, scenes
from tests.handling_scenes import WHY, reason
from tests.web.moderation.test_queue import QUEUE, signed_in

pytestmark = pytest.mark.django_db


def page(proposal: Proposal, act: str = "") -> str:
    """The address of a proposal's open case, or of an act on it."""
    case = Case.objects.get(subject=proposal.subject, closed_at=None)
    return f"{QUEUE}{case.public_id}/{f'{act}/' if act else ''}"


@pytest.mark.parametrize(
    ("act", "fields", "state"),
    [
        ("publish", {}, "published"),
        ("return", {"reason": "lokasi-kurang", "message": "Sebut dusunnya."}, "returned"),
        ("reject", {"reason": "iklan", "message": "Ini iklan."}, "rejected"),
    ],
)
def test_decision_leads_back_to_the_queue_with_a_message(
    act: str, fields: dict[str, str], state: str
) -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    client = signed_in("moderator", place)
    answer = client.post(page(waiting, act), fields)
    assert (answer.status_code, answer["Location"], handling.state_of(waiting)) == (303, QUEUE, state)
    assert str(waiting.code) in client.get(QUEUE).content.decode()


def test_duplicate_is_marked_by_the_code_of_the_other() -> None:
    place = scenes.regency()
    kept, waiting = scenes.published(place), scenes.submitted(place)
    answer = signed_in("moderator", place).post(page(waiting, "duplicate"), {"of": str(kept.code).lower()})
    waiting.refresh_from_db()
    assert (answer.status_code, waiting.state, waiting.duplicate_of) == (303, "duplicate", kept)


@pytest.mark.parametrize(
    ("act", "fields", "field"),
    [
        ("return", {"reason": "", "message": "Sebut dusunnya."}, "reason"),
        ("return", {"reason": "anggaran", "message": "Sebut dusunnya."}, "reason"),
        ("reject", {"reason": "lainnya", "message": "Singkat"}, "message"),
        ("duplicate", {"of": "USL-2020-000001"}, "of"),
        ("duplicate", {"of": "bukan kode"}, "of"),
    ],
)
def test_bad_input_shows_the_form_again_with_what_was_typed(
    act: str, fields: dict[str, str], field: str
) -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    answer = signed_in("moderator", place).post(page(waiting, act), fields)
    text = answer.content.decode()
    assert (answer.status_code, handling.state_of(waiting)) == (422, "submitted")
    assert field in answer.context["shown_form"].errors
    assert text.index("errors-top") < text.index(f'action="{page(waiting, act)}"')
    assert list(fields.values())[-1] in text


def test_text_template_is_inserted_without_deciding() -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    found = TextTemplate.objects.filter(use="return").first()
    assert found is not None
    fields = {"template": str(found.pk), "message": "Halo.", "reason": "data-kurang", "fill": "1"}
    answer = signed_in("moderator", place).post(page(waiting, "return"), fields)
    text = answer.content.decode()
    assert (answer.status_code, handling.state_of(waiting)) == (200, "submitted")
    assert found.body[:40] in text
    assert "Halo." in text


def test_same_moderator_on_a_second_page_is_told_that_it_was_she() -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    address, by = page(waiting, "publish"), people.staff("moderator", place.root)
    moderate.reject_proposal(waiting, reason=reason("iklan"), message=WHY, by=by)
    client = Client()
    client.force_login(by)
    answer = client.post(address)
    text = answer.content.decode()
    assert (answer.status_code, handling.state_of(waiting)) == (409, "rejected")
    assert "Anda sudah memutuskan ini pada" in text
    assert "didahului" not in text


def test_second_moderator_is_told_who_decided_and_when() -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    address = page(waiting, "publish")
    moderate.reject_proposal(
        waiting, reason=reason("iklan"), message=WHY, by=people.staff("moderator", place.works)
    )
    answer = signed_in("moderator", place).post(address)
    assert (answer.status_code, handling.state_of(waiting)) == (409, "rejected")
    assert "Dinas Pekerjaan Umum" in answer.content.decode()


def test_decision_in_another_unit_is_not_found() -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    client = signed_in("moderator", place, "health")
    assert client.post(page(waiting, "publish")).status_code == 404
    assert handling.state_of(waiting) == "submitted"


def test_decision_with_an_unknown_name_is_not_found() -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    assert signed_in("moderator", place).post(page(waiting, "delete")).status_code == 404


def test_state_and_owner_sent_along_change_nothing() -> None:
    place, author = scenes.regency(), people.citizen()
    waiting = scenes.submitted(place, author)
    fields = {"reason": "lokasi-kurang", "message": "Sebut dusunnya.", "state": "published", "author": "1"}
    signed_in("moderator", place).post(page(waiting, "return"), fields)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.author) == ("returned", author)


def reported(place: scenes.Regency) -> Comment:
    """A reported comment below a published proposal."""
    subject = scenes.published(place).subject
    assert subject is not None
    comment = post_comment(subject, Draft(body="Kasar sekali."), by=people.citizen())
    report_content(subject, Complaint(reason=reason("tidak-sopan")), by=people.citizen(), comment=comment)
    return comment


@pytest.mark.parametrize(
    ("act", "fields", "state"),
    [("keep", {}, "visible"), ("hide", {"reason": "tidak-sopan", "message": "Kasar."}, "hidden")],
)
def test_reported_comment_is_kept_or_hidden(act: str, fields: dict[str, str], state: str) -> None:
    place = scenes.regency()
    comment = reported(place)
    case = Case.objects.get(comment=comment)
    answer = signed_in("moderator", place).post(f"{QUEUE}{case.public_id}/{act}/", fields)
    comment.refresh_from_db()
    assert (answer.status_code, comment.state) == (303, state)


def test_reported_proposal_is_hidden_with_its_report() -> None:
    place = scenes.regency()
    found = scenes.published(place)
    assert found.subject is not None
    report_content(found.subject, Complaint(reason=reason("iklan")), by=people.citizen())
    fields = {"reason": "iklan", "message": "Iklan."}
    answer = signed_in("moderator", place).post(page(found, "hide"), fields)
    assert (answer.status_code, handling.state_of(found), handling.open_kinds(found)) == (303, "hidden", [])


def test_script_in_a_message_stays_text() -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    client = signed_in("moderator", place)
    fields = {"reason": "iklan", "message": "<script>alert(1)</script>"}
    client.post(page(waiting, "reject"), fields)
    assert b"<script>alert" not in client.get(f"/kelola/usulan/{waiting.code}/").content


def test_decision_without_a_token_is_refused() -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.staff("moderator", place.root))
    assert client.post(page(waiting, "publish")).status_code == 403
    assert handling.state_of(waiting) == "submitted"


def test_reported_comment_below_a_programme_is_decided_without_a_proposal() -> None:
    place = scenes.regency()
    programme = program_scenes.published(place)
    comment = post_comment(
        program_scenes.phase(programme, 1).subject, Draft(body="Kasar sekali."), by=people.citizen()
    )
    report_content(
        comment.subject, Complaint(reason=reason("tidak-sopan")), by=people.citizen(), comment=comment
    )
    address = f"{QUEUE}{Case.objects.get(comment=comment).public_id}/"
    client = signed_in("moderator", place)
    shown = client.get(address)
    assert [panel.act.name for panel in shown.context["panels"]] == ["keep", "hide"]
    assert client.post(f"{address}keep/").status_code == 303
