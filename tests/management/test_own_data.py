"""The copy of own data: everything of the person, nothing of others, ready for JSON."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from rembuk.access.rights import acting
from rembuk.engagement.actions.comments import Draft, post_comment
from rembuk.engagement.actions.follows import follow
from rembuk.engagement.actions.votes import cast_vote
from rembuk.management.actions.own_data import export_own_data
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
