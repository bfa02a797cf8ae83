"""Deleting an account: what goes, what stays, and who may."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from rembuk.access.models import Grant
from rembuk.access.rights import acting, is_staff
from rembuk.accounts.models import Consent, Person
from rembuk.audit.models import AuditEntry
from rembuk.common.clock import now
from rembuk.common.errors import Denied
from rembuk.consultations.models import Submission
from rembuk.engagement import selectors as engagement
from rembuk.engagement.actions.comments import Draft, post_comment
from rembuk.engagement.actions.follows import follow
from rembuk.engagement.actions.recount import find_drift
from rembuk.engagement.actions.votes import cast_vote
from rembuk.engagement.models import Follow, Subject, Vote
from rembuk.management.actions.erasure import delete_account, remove_unconfirmed
from rembuk.proposals.models import Proposal
from tests import consultation_scenes as consultations
from tests import people, scenes
from tests.accounts import post

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


def delete(person: Person) -> Person:
    delete_account(person, by=acting(person))
    person.refresh_from_db()
    return person


def subject_of(proposal: Proposal) -> Subject:
    assert proposal.subject is not None
    return proposal.subject


def test_delete_removes_name_address_and_password() -> None:
    person = people.citizen(email="sari@contoh.id")
    Consent.objects.create(person=person, purpose="news", text_version=1, given_at=now())
    delete(person)
    assert (person.name, person.email, person.is_active, person.has_usable_password()) == (
        "",
        None,
        False,
        False,
    )
    assert not person.emailaddress_set.exists()
    assert not person.consents.filter(withdrawn_at=None).exists()
    assert (
        Client().post("/akun/masuk/", {"email": "sari@contoh.id", "password": people.PASSWORD}).status_code
        == 422
    )


def test_delete_frees_the_address_and_writes_a_last_letter() -> None:
    delete(people.citizen(email="sari@contoh.id"))
    (letter,) = post.letters()
    assert letter.to == ["sari@contoh.id"]
    assert people.citizen(email="sari@contoh.id").pk


def test_delete_keeps_what_was_published_and_takes_drafts(place: scenes.Regency) -> None:
    person = people.citizen("Sari Wulandari")
    kept = scenes.published(place, person)
    scenes.draft(place, person)
    comment = post_comment(subject_of(scenes.published(place)), Draft(body="Setuju sekali"), by=person)
    delete(person)
    comment.refresh_from_db()
    assert list(Proposal.objects.filter(author=person)) == [kept]
    assert (comment.state, comment.author) == ("visible", person)
    assert "Sari Wulandari" not in person.shown_name


def test_delete_withdraws_votes_on_open_ballots_and_unties_those_on_closed_ones(
    place: scenes.Regency,
) -> None:
    person = people.citizen()
    ballots = [subject_of(scenes.published(place)).ballots.get() for _ in range(2)]
    for ballot in ballots:
        cast_vote(ballot, voter=person, value=1)
        cast_vote(ballot, voter=people.citizen(), value=1)
    ballots[1].is_open = False
    ballots[1].save(update_fields=["is_open"])
    delete(person)
    counts = engagement.tallies(ballots)
    assert [counts[ballot.pk][1] for ballot in ballots] == [1, 2]
    assert not Vote.objects.filter(voter=person).exists()
    assert find_drift() == []
    assert AuditEntry.objects.get(verb="person.deleted").after == {"votes_withdrawn": 1, "votes_kept": 1}


def test_delete_ends_follows_and_grants(place: scenes.Regency) -> None:
    person = people.staff("moderator", place.root)
    follow(subject_of(scenes.published(place)), by=person)
    delete(person)
    fresh = Person.objects.get(pk=person.pk)
    assert not Follow.objects.filter(person=person).exists()
    assert not is_staff(fresh)
    assert not Grant.objects.filter(person=person, ends_at=None).exists()


def test_delete_the_last_administrator_is_refused(place: scenes.Regency) -> None:
    last = people.staff("administrator", place.root)
    with pytest.raises(Denied):
        delete_account(last, by=acting(last))
    people.staff("administrator", place.root)
    assert delete(last).deleted_at is not None


def test_delete_twice_changes_nothing() -> None:
    person = delete(people.citizen())
    first = person.deleted_at
    assert delete(person).deleted_at == first
    assert AuditEntry.objects.filter(verb="person.deleted").count() == 1


def test_delete_leaves_no_name_in_the_trail() -> None:
    person = people.citizen("Nama Yang Jarang", email="jarang@contoh.id")
    delete(person)
    entries = AuditEntry.objects.filter(actor_person_id=person.pk)
    assert entries.exists()
    for entry in entries:
        text = f"{entry.actor_label}{entry.before}{entry.after}{entry.reason}"
        assert "Jarang" not in text
        assert "jarang@" not in text


def test_remove_unconfirmed_takes_old_ones_that_were_never_used(place: scenes.Regency) -> None:
    waiting, fresh, invited, confirmed = (people.citizen() for _ in range(4))
    for person in (waiting, fresh, invited):
        person.emailaddress_set.update(verified=False)
    Person.objects.filter(pk=fresh.pk).update(joined_at=now())
    Person.objects.filter(pk=invited.pk).update(invited_at=people.LONG_AGO)
    assert remove_unconfirmed(before=now() - timedelta(days=14)) == 1
    assert set(Person.objects.all()) == {fresh, invited, confirmed}


def test_delete_keeps_what_was_sent_to_consultations_without_the_name(place: scenes.Regency) -> None:
    person = people.citizen("Sari Wulandari")
    made = consultations.opened(place)
    said = consultations.content(participant_name="Sari Wulandari")
    kept = consultations.sent(made, person, said, working=said.to_json())
    consultations.writing(consultations.opened(place), person)
    delete(person)
    assert list(Submission.objects.filter(author=person)) == [kept]
    kept.refresh_from_db()
    assert (kept.state, kept.participant_name, kept.working) == ("sent", "", None)
    assert "Sari" not in json.dumps(kept.versions.get().content)
    assert kept.shown_name == person.shown_name


def test_delete_keeps_names_of_organisations_and_masks(place: scenes.Regency) -> None:
    person = people.citizen()
    forum = consultations.content(participant_kind="organisation", participant_name="Forum Sungai")
    kept = consultations.sent(consultations.opened(place), person, forum)
    hidden = consultations.sent(consultations.opened(place), person, is_name_masked=True)
    delete(person)
    kept.refresh_from_db()
    hidden.refresh_from_db()
    assert kept.shown_name == "Forum Sungai"
    assert hidden.is_name_masked


def test_delete_withdraws_support_for_a_submission(place: scenes.Regency) -> None:
    person = people.citizen()
    found = consultations.sent(consultations.opened(place))
    assert found.subject
    ballot = found.subject.ballots.get()
    cast_vote(ballot, voter=person, value=1)
    delete(person)
    assert engagement.tallies([ballot])[ballot.pk] == {1: 0}


def test_unconfirmed_with_a_draft_of_a_submission_is_left_alone(place: scenes.Regency) -> None:
    person = people.citizen(last_login=None)
    person.emailaddress_set.update(verified=False)
    consultations.writing(consultations.opened(place), person)
    assert remove_unconfirmed(before=now()) == 0
    Submission.objects.all().delete()
    assert remove_unconfirmed(before=now()) == 1
