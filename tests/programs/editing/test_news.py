"""Updates with pictures before and after and with documents: what is kept, refused, and told to followers."""

from datetime import timedelta

import pytest
from django.core import mail

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Invalid, NotVisible
from rembuk.notifications.sending import delivery
from rembuk.programs import doors
from rembuk.programs.actions import report
from rembuk.programs.actions.report import NewDocument, Picture
from rembuk.programs.models import Document, Update
from rembuk.web.programs.news.rows import paired
from tests import people, scenes
from tests import program_scenes as programs
from tests.program_scenes import stored

pytestmark = pytest.mark.django_db
WORDS = {"title": "Ruas satu selesai", "body": "Jalan **diperkeras**."}


def test_update_keeps_which_pictures_show_before_and_after() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    phase = programs.phase(programs.published(place, by=by), 1)
    moments = ("after", "", "before", "before")
    pictures = [Picture(stored(), f"Foto {number}", moment) for number, moment in enumerate(moments)]
    update = report.post_update(phase, **WORDS, pictures=pictures, by=by)
    rows = list(update.pictures.all())
    assert [row.moment for row in rows] == list(moments)
    assert paired(rows) == [(rows[2], rows[0]), (rows[3], None)]


def test_picture_of_no_moment_that_exists_is_refused() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    phase = programs.phase(programs.published(place, by=by), 1)
    with pytest.raises(Invalid) as refusal:
        report.post_update(phase, **WORDS, pictures=[Picture(stored(), "Foto", "during")], by=by)
    assert set(refusal.value.fields) == {"pictures"}


def test_documents_of_an_update_have_their_class_and_stand_in_the_trail() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    documents = [
        NewDocument(stored("ba.pdf", "document"), "Berita acara"),
        NewDocument(stored("hps.pdf", "document"), "Perkiraan harga", "excluded"),
    ]
    update = report.post_update(programs.phase(program, 2), **WORDS, documents=documents, by=by)
    rows = list(update.documents.order_by("id"))
    assert [(row.title, row.access_class, row.phase.position) for row in rows if row.phase] == [
        ("Berita acara", "open", 2),
        ("Perkiraan harga", "excluded", 2),
    ]
    entries = AuditEntry.objects.filter(verb="program.document_added").order_by("id")
    assert [entry.after for entry in entries] == [
        {"document": str(row.public_id), "class": row.access_class} for row in rows
    ]
    assert doors.document_for_reader(program.code, rows[0].public_id, None) == rows[0]
    with pytest.raises(NotVisible):
        doors.document_for_reader(program.code, rows[1].public_id, None)


@pytest.mark.parametrize(("title", "access_class"), [(" ", "open"), ("Berita acara", "secret")])
def test_document_without_title_or_class_costs_the_whole_update(title: str, access_class: str) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    phase = programs.phase(programs.published(place, by=by), 1)
    wrong = NewDocument(stored("ba.pdf", "document"), title, access_class)
    with pytest.raises(Invalid):
        report.post_update(phase, **WORDS, documents=[wrong], by=by)
    assert not Update.objects.exists()
    assert not Document.objects.exists()


def test_update_is_in_the_daily_letter_of_followers_and_of_nobody_else() -> None:
    place = scenes.regency()
    by, follower, stranger = programs.manager(place), people.citizen("Sari"), people.citizen("Tono")
    program = programs.published(place, by=by)
    programs.follow(program.subject, follower)
    report.post_update(programs.phase(program, 1), **WORDS, by=by, at=programs.MORNING)
    delivery.send_waiting(at=programs.MORNING + timedelta(days=1))
    letters = [message for message in mail.outbox if "Ruas satu selesai" in str(message.body)]
    assert [message.to for message in letters] == [[follower.email]]
    assert f"/program/{program.code}/" in str(letters[0].body)
    assert stranger.email not in {message.to[0] for message in mail.outbox}
