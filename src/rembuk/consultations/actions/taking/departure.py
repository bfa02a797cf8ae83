"""What becomes of a person's submissions when she leaves: called by the deletion of the account."""

from rembuk.accounts.models import Person
from rembuk.consultations.choices import ParticipantKind
from rembuk.consultations.models import Submission, SubmissionVersion
from rembuk.consultations.states import SubmissionState


def leave_submissions(person: Person) -> None:
    """Remove drafts and changes that were not sent, and a person's name from what was; the rest stays and is answered.

    Names of groups, businesses and organisations stay: they spoke, whoever wrote it down. What was masked stays masked.
    Call in the transaction that deletes the account.
    """
    mine = Submission.objects.filter(author=person)
    mine.filter(state=SubmissionState.DRAFT, code=None).delete()
    mine.filter(working__isnull=False).update(working=None)
    of_person = mine.filter(participant_kind=ParticipantKind.PERSON)
    of_person.exclude(participant_name="").update(participant_name="")
    for version in SubmissionVersion.objects.filter(submission__author=person):
        content = version.content
        if content.get("participant_kind") == ParticipantKind.PERSON and content.get("participant_name"):
            version.content = {**content, "participant_name": ""}
            version.save(update_fields=["content"])
