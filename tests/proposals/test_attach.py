"""Files of a proposal: five at most, each alone, only while the text may change."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, NotVisible, WrongState
from rembuk.files.models import StoredFile
from rembuk.proposals.actions import attach
from rembuk.proposals.actions.submit import save_draft
from rembuk.proposals.content import Content
from rembuk.proposals.models import Attachment
from tests import people, scenes

pytestmark = pytest.mark.django_db


def picture(name: str = "foto.png") -> SimpleUploadedFile:
    data = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(data, "PNG")
    return SimpleUploadedFile(name, data.getvalue(), "image/png")


def test_add_attachment_stores_a_file_and_records_both() -> None:
    author = people.citizen()
    draft = scenes.draft(scenes.regency(), author)
    attachment = attach.add_attachment(draft, picture(), by=author)
    assert (attachment.file.name, attachment.file.content_type) == ("foto.jpg", "image/jpeg")
    verbs = {"file.stored", "proposal.attachment_added"}
    assert verbs <= set(AuditEntry.objects.values_list("verb", flat=True))


def test_add_attachment_to_a_visitors_draft_needs_no_person() -> None:
    draft = save_draft(uuid.uuid4(), Content(title="Lampu"), by=None)
    assert attach.add_attachment(draft, picture(), by=None).file.uploaded_by_id is None


def test_add_attachment_number_six_is_refused() -> None:
    author = people.citizen()
    draft = scenes.draft(scenes.regency(), author)
    for number in range(5):
        attach.add_attachment(draft, picture(f"foto{number}.png"), by=author)
    with pytest.raises(Invalid):
        attach.add_attachment(draft, picture(), by=author)
    assert [row.position for row in Attachment.objects.all()] == [0, 1, 2, 3, 4]


def test_add_attachment_that_lies_about_its_kind_is_refused_and_stores_nothing() -> None:
    author = people.citizen()
    draft = scenes.draft(scenes.regency(), author)
    with pytest.raises(Invalid):
        attach.add_attachment(draft, SimpleUploadedFile("x.pdf", b"<script>alert(1)</script>"), by=author)
    assert not StoredFile.objects.exists()


def test_add_attachment_by_somebody_else_is_denied() -> None:
    draft = scenes.draft(scenes.regency())
    with pytest.raises(Denied):
        attach.add_attachment(draft, picture(), by=people.citizen())


def test_add_attachment_while_it_waits_is_refused() -> None:
    author = people.citizen()
    proposal = scenes.submitted(scenes.regency(), author)
    with pytest.raises(WrongState):
        attach.add_attachment(proposal, picture(), by=author)


def test_add_attachment_by_a_visitor_to_what_was_sent_is_refused() -> None:
    with pytest.raises(WrongState):
        attach.add_attachment(scenes.published(scenes.regency()), picture(), by=None)


def test_remove_attachment_takes_row_and_file_away() -> None:
    author = people.citizen()
    draft = scenes.draft(scenes.regency(), author)
    attachment = attach.add_attachment(draft, picture(), by=author)
    attach.remove_attachment(draft, attachment.file.public_id, by=author)
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert AuditEntry.objects.filter(verb="proposal.attachment_removed").exists()


def test_remove_attachment_of_another_proposal_is_not_found() -> None:
    author, place = people.citizen(), scenes.regency()
    mine, other = scenes.draft(place, author), scenes.draft(place)
    attachment = attach.add_attachment(other, picture(), by=other.author)
    with pytest.raises(NotVisible):
        attach.remove_attachment(mine, attachment.file.public_id, by=author)
