"""Cases of submissions in the queue: everything to decide on one screen, reports, changes, objections, many at once."""

import pytest
from django.test import Client

from rembuk.accounts.models import Person
from rembuk.consultations.actions.objecting import object_to_answer
from rembuk.consultations.actions.taking.arriving import await_review
from rembuk.consultations.models import Consultation, Objection, Submission
from rembuk.engagement.actions.comments import Draft, post_comment
from rembuk.engagement.actions.reports import Complaint, report_content
from rembuk.engagement.models import Case, Comment, Subject
from tests import consultation_scenes as consultations
from tests import handling_scenes as handling
from tests import people, scenes
from tests.handling_scenes import WHY, reason
from tests.web.moderation.test_bulk import BULK
from tests.web.moderation.test_queue import QUEUE, signed_in

pytestmark = pytest.mark.django_db


def held(place: scenes.Regency, **fields: object) -> Submission:
    """A submission that waits, with text, remark and answers."""
    made = consultations.opened(place)
    version = consultations.with_text(made)
    consultations.with_questions(made)
    said = consultations.full_content(version)
    found = consultations.sent(made, content=said, **{"state": "held", **fields})
    await_review(found, at=found.created_at)
    return found


def page(subject: Subject | None, act: str = "") -> str:
    """The address of an open case, or of an act on it."""
    case = Case.objects.get(subject=subject, closed_at=None)
    return f"{QUEUE}{case.public_id}/{f'{act}/' if act else ''}"


def manager(place: scenes.Regency) -> Client:
    """Signed in as somebody who runs consultations and moderates no comments."""
    return signed_in("consultation-manager", place, "works")


def state_of(found: Submission) -> str:
    """Its state now."""
    return str(Submission.objects.get(pk=found.pk).state)


def test_case_of_a_submission_shows_everything_that_was_said() -> None:
    place = scenes.regency()
    found = held(place)
    text = manager(place).get(page(found.subject)).content.decode()
    words = (
        found.reason,
        "Dua kali seminggu kurang untuk pasar.",
        "Pasal 2 ayat (1)",
        "Tambah bak sampah di depan pasar agar tidak berserakan.",
        found.consultation.title,
    )
    assert [word for word in words if word not in text] == []


def test_case_never_shows_a_hidden_name() -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    found = consultations.sent(made, people.citizen("Ratna Dewi"), state="held", is_name_masked=True)
    await_review(found, at=found.created_at)
    assert "Ratna Dewi" not in signed_in("administrator", place).get(page(found.subject)).content.decode()


def test_case_is_decided_and_leads_back_to_the_queue() -> None:
    place = scenes.regency()
    shown, unshown = held(place), held(place)
    client = signed_in("moderator", place)
    assert client.post(page(shown.subject, "show"))["Location"] == QUEUE
    address = page(unshown.subject, "withhold")
    assert client.post(address, {"reason": "iklan", "message": "Pendek"}).status_code == 422
    assert client.post(address, {"reason": "iklan", "message": WHY}).status_code == 303
    assert [state_of(shown), state_of(unshown)] == ["sent", "not_shown"]
    assert client.post(address, {"reason": "iklan", "message": WHY}).status_code in {404, 409}


def test_case_of_one_changed_while_it_was_not_shown_offers_to_show_it_again() -> None:
    place = scenes.regency()
    found = held(place, state="not_shown")
    client = signed_in("moderator", place)
    acts = [panel.act.name for panel in client.get(page(found.subject)).context["panels"]]
    assert acts == ["show-again", "withhold"]
    client.post(page(found.subject, "show-again"), {"message": WHY})
    assert state_of(found) == "sent"


def test_report_of_a_submission_is_settled_either_way() -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    kept, hidden = consultations.sent(made), consultations.sent(made)
    for found in (kept, hidden):
        assert found.subject
        report_content(found.subject, Complaint(reason=reason("iklan"), note="Jualan"), by=people.citizen())
    client = manager(place)
    assert "Jualan" in client.get(page(kept.subject)).content.decode()
    client.post(page(kept.subject, "keep"))
    client.post(page(hidden.subject, "hide"), {"reason": "iklan", "message": WHY})
    assert [state_of(kept), state_of(hidden)] == ["sent", "not_shown"]
    assert not Case.objects.filter(closed_at=None).exists()


def test_reported_comment_on_a_clause_shows_the_clause() -> None:
    place = scenes.regency()
    version = consultations.with_text(consultations.opened(place))
    text = version.texts.get(clause__number=4)
    assert text.clause.subject
    comment = post_comment(text.clause.subject, Draft(body="Beli obat murah"), by=people.citizen())
    report_content(
        text.clause.subject, Complaint(reason=reason("iklan")), by=people.citizen(), comment=comment
    )
    client = signed_in("moderator", place)
    rows = client.get(QUEUE).context["rows"]
    shown = client.get(page(text.clause.subject)).content.decode()
    assert text.full_label in rows[0]["title"]
    assert all(word in shown for word in ("Beli obat murah", text.full_label, text.body))
    client.post(page(text.clause.subject, "hide"), {"reason": "iklan", "message": WHY})
    assert Comment.objects.get().state == "hidden"


def test_reported_consultation_shows_its_summary_and_can_be_kept() -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    report_content(made.subject, Complaint(reason=reason("iklan")), by=people.citizen())
    client = signed_in("moderator", place)
    assert made.summary in client.get(page(made.subject)).content.decode()
    assert client.post(page(made.subject, "keep")).status_code == 303


def objected(place: scenes.Regency, first: Person) -> tuple[Submission, Objection]:
    """A submission whose author objects to the answer that ``first`` gave."""
    author = people.citizen()
    made = consultations.closed(place)
    found = consultations.sent(made, author)
    ((row,),) = consultations.rows_for(made)
    consultations.answered(row, by=first)
    Submission.objects.filter(pk=found.pk).update(told_at=row.published_at)
    return found, object_to_answer(row, text="Alasan itu tidak menjawab usul kami tentang pasar.", by=author)


def test_objection_is_decided_by_a_second_person_on_one_screen() -> None:
    place = scenes.regency()
    first = people.staff("consultation-manager", place.works)
    found, objection = objected(place, first)
    client = manager(place)
    text = client.get(page(found.subject)).content.decode()
    assert all(word in text for word in (objection.text, consultations.REASON, found.reason))
    fields = {"verdict": "accepted", "explanation": "Usul tentang pasar kami terima sepenuhnya."}
    assert client.post(page(found.subject, "decide-objection"), fields).status_code == 303
    objection.refresh_from_db()
    assert (objection.outcome, objection.verdict) == ("new_answer", "accepted")


def test_objection_is_not_decided_by_who_answered_first() -> None:
    place = scenes.regency()
    first = people.staff("consultation-manager", place.works)
    found, objection = objected(place, first)
    client = Client()
    client.force_login(first)
    address = page(found.subject, "decide-objection")
    assert client.post(address, {"verdict": "", "explanation": WHY}).status_code == 403
    objection.refresh_from_db()
    assert objection.decided_at is None


def test_many_submissions_are_shown_after_a_question_that_names_the_count() -> None:
    place = scenes.regency()
    chosen = [held(place), held(place)]
    codes = [str(row.code) for row in chosen]
    client = signed_in("moderator", place)
    asked = client.post(BULK, {"step": "show", "selected": codes})
    assert "2 masukan dipilih" in asked.content.decode()
    assert [state_of(row) for row in chosen] == ["held", "held"]
    done = client.post(BULK, {"step": "show", "selected": codes, "confirm": "1"}, follow=True)
    assert "2 masukan ditampilkan" in done.content.decode()
    assert [state_of(row) for row in chosen] == ["sent", "sent"]


def test_many_with_a_refused_one_tell_why_and_take_only_her_units() -> None:
    place, insider = scenes.regency(), people.citizen()
    people.grant(insider, "moderator", place.works)
    own = held(place, entered_by=insider, channel="letter", on_behalf_of="Warga")
    other = held(place)
    client = Client()
    client.force_login(insider)
    codes = [str(own.code), str(other.code)]
    answer = client.post(BULK, {"step": "show", "selected": codes, "confirm": "1"})
    assert [row["code"] for row in answer.context["refused"]] == [own.code]
    elsewhere = signed_in("moderator", place, "health")
    assert elsewhere.post(BULK, {"step": "show", "selected": codes, "confirm": "1"}).status_code == 303
    assert [state_of(own), state_of(other)] == ["held", "sent"]


def test_all_found_of_both_kinds_go_each_to_their_own_act() -> None:
    place = scenes.regency()
    proposal, submission = scenes.submitted(place), held(place)
    client = signed_in("moderator", place)
    bulk = client.get(QUEUE).context["bulk"]
    assert [act["value"] for act in bulk["actions"]] == ["show", "publish", "return", "reject"]
    asked = client.post(BULK, {"step": "show", "semua": "1"})
    assert [row.code for row in asked.context["submissions"]] == [submission.code]
    asked = client.post(BULK, {"step": "publish", "semua": "1"})
    assert [row.code for row in asked.context["proposals"]] == [proposal.code]


@pytest.mark.parametrize("query", ["jenis=submission", "kategori={}"])
def test_queue_is_narrowed_to_submissions(query: str) -> None:
    place = scenes.regency()
    scenes.submitted(place, category=place.other_category)
    found = held(place)
    rows = signed_in("moderator", place).get(f"{QUEUE}?{query.format(place.category.slug)}").context["rows"]
    assert [(row["code"], row["excerpt"]) for row in rows] == [(found.code, found.reason)]


def reported(subject: Subject) -> Subject:
    """A subject with a comment that somebody reported."""
    comment = post_comment(subject, Draft(body="Beli obat murah"), by=people.citizen())
    report_content(subject, Complaint(reason=reason("iklan")), by=people.citizen(), comment=comment)
    return subject


@pytest.mark.parametrize("what", ["submission", "clause", "consultation"])
def test_queue_of_a_category_and_of_a_region_holds_what_belongs_to_its_consultations(what: str) -> None:
    place, region = scenes.regency(), scenes.village_region()
    scenes.submitted(place, category=place.other_category)
    if what == "submission":
        found = held(place)
        made, wanted = found.consultation, found.subject
    else:
        made = consultations.opened(place)
        clause = consultations.with_text(made).texts.get(clause__number=4).clause
        wanted = reported(clause.subject if what == "clause" else made.subject)
    client = signed_in("moderator", place)

    def seen(query: str) -> list[str]:
        return [row["code"] for row in client.get(f"{QUEUE}?{query}").context["rows"]]

    before = [seen(f"kategori={place.category.slug}"), seen("wilayah=32")]
    Consultation.objects.filter(pk=made.pk).update(region=region, category=place.other_category)
    after = [seen(f"kategori={place.category.slug}"), seen("wilayah=32")]
    assert (before, after) == ([[wanted.code], []], [[], [wanted.code]])


def test_author_hears_of_the_decision_in_the_inbox() -> None:
    place = scenes.regency()
    found = held(place)
    assert found.author
    signed_in("moderator", place).post(page(found.subject, "show"))
    client = Client()
    client.force_login(found.author)
    assert handling.told(found.author) == ["submission.shown"]
    assert (
        f"/uji-publik/{found.consultation.code}/masukan/1/"
        in client.get("/akun/pemberitahuan/").content.decode()
    )
