"""The copy of own data: everything of the person, nothing of others, ready for JSON."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from rembuk.access.rights import acting
from rembuk.consultations.actions.moderate import see_masked_name
from rembuk.engagement.actions.comments import Draft, post_comment
from rembuk.engagement.actions.follows import follow
from rembuk.engagement.actions.votes import cast_vote
from rembuk.management.actions.own_data import export_own_data
from tests import consultation_scenes as consultations
from tests import people, scenes

pytestmark = pytest.mark.django_db


def test_export_holds_what_the_person_did_and_nothing_of_others() -> None:
    place = scenes.regency()
    person, other = people.citizen("Sari Wulandari"), people.citizen("Made Wirawan", email="made@contoh.id")
    subject = scenes.published(place, other).subject
    assert subject is not None
    mine = scenes.submitted(place, person)
    for somebody in (person, people.citizen()):
        post_comment(subject, Draft(body=f"Setuju, kata {somebody.pk}"), by=somebody)
        cast_vote(subject.ballots.get(), voter=somebody, value=1)
        follow(subject, by=somebody)
    copy = export_own_data(person, by=acting(person))
    text = json.dumps(copy, cls=DjangoJSONEncoder)
    assert [row["code"] for row in copy["proposals"]] == [mine.code]
    assert [row["body"] for row in copy["comments"]] == [f"Setuju, kata {person.pk}"]
    assert [row["value"] for row in copy["votes"]] == [1]
    assert [row["subject__code"] for row in copy["follows"]] == [subject.code]
    assert "made@contoh.id" not in text
    assert "argon2" not in text


def test_export_tells_what_was_done_and_by_whom() -> None:
    place = scenes.regency()
    person = people.citizen()
    scenes.submitted(place, person)
    copy = export_own_data(person, by=acting(person))
    verbs = [row["verb"] for row in copy["history"]]
    assert "proposal.submitted" in verbs
    assert verbs[-1] == "person.data_exported"


def test_export_holds_name_address_and_consents() -> None:
    person = people.citizen("Sari Wulandari", email="sari@contoh.id")
    person.consents.create(purpose="news", text_version=1, given_at=people.LONG_AGO)
    copy = export_own_data(person, by=acting(person))
    assert (copy["account"]["name"], copy["account"]["email"]) == ("Sari Wulandari", "sari@contoh.id")
    assert [row["purpose"] for row in copy["consents"]] == ["news"]
    assert copy["email_addresses"] == [{"email": "sari@contoh.id", "verified": True}]


def test_export_holds_what_was_said_in_consultations_and_what_was_answered() -> None:
    place = scenes.regency()
    person = people.citizen()
    made = consultations.closed(place)
    version = consultations.with_text(made)
    consultations.with_questions(made)
    mine = consultations.sent(made, person, consultations.full_content(version))
    consultations.sent(made)
    first, _others = consultations.rows_for(made)
    consultations.answered(first[0])
    consultations.writing(consultations.opened(place), person)
    copy = export_own_data(person, by=acting(person))
    assert [row["code"] for row in copy["submissions"]] == [mine.code, None]
    assert [row["clause__number"] for row in copy["submission_remarks"]] == [4]
    assert [row["number"] for row in copy["submission_versions"]] == [1]
    assert len(copy["submission_answers"]) == 5
    assert [row["reason"] for row in copy["official_answers_to_submissions"]] == [consultations.REASON]
    assert json.dumps(copy, cls=DjangoJSONEncoder)


def test_export_tells_each_look_at_a_hidden_name_in_a_submission() -> None:
    place = scenes.regency()
    person = people.citizen()
    hidden = consultations.sent(consultations.opened(place), person, is_name_masked=True)
    see_masked_name(hidden, by=people.staff("unit-admin", place.works))
    seen = export_own_data(person, by=acting(person))["my_hidden_name_was_seen"]
    assert [(row["target_key"], row["actor_roles"]) for row in seen] == [(hidden.code, ["unit-admin"])]
