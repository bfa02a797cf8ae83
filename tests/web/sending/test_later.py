"""The same form again when the first was answered a while ago: nobody is told that a deed of today is done."""

import uuid
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from rembuk.audit.models import AuditEntry, Sending
from rembuk.audit.sendings import AlreadySent, Sent
from rembuk.common import clock
from rembuk.engagement.models import Comment
from rembuk.web.sending.middleware import AnswerAgain
from tests import people, scenes
from tests.engagement import talks
from tests.web.engagement.pages import act
from tests.web.sending.forms import browser, with_key
from tests.web.sending.test_again import LOOK, ONCE

pytestmark = pytest.mark.django_db
REASON = {"reason": "Bidang ini digabung dengan yang lain."}


def _minutes_pass(minutes: int) -> None:
    Sending.objects.update(at=clock.now() - timedelta(minutes=minutes))


def _words(client: Client) -> tuple[bool, bool]:
    page = client.get("/akun/pengaturan/").content.decode()
    return ONCE in page, LOOK in page


@pytest.mark.parametrize(("minutes", "words"), [(1, (True, False)), (3, (False, True))])
def test_comment_sent_again_later_is_still_one_and_the_word_is_to_look(
    minutes: int, words: tuple[bool, bool]
) -> None:
    client, subject = browser(people.citizen()), talks.subject(scenes.regency().works)
    form = with_key({"body": "Setuju sekali."})
    place = client.post(act(subject, "tulis"), form)["Location"]
    client.get("/akun/pengaturan/")
    _minutes_pass(minutes)
    assert client.post(act(subject, "tulis"), form)["Location"] == place
    assert (Comment.objects.count(), _words(client)) == (1, words)


def test_unit_retired_restored_and_retired_from_the_page_before_stays_and_nobody_says_it_does_not() -> None:
    place = scenes.regency()
    client = browser(people.staff("administrator", place.root))
    base = f"/kelola/satuan-kerja/{place.roads.code}/"
    before = with_key(REASON)

    def is_active() -> bool:
        place.roads.refresh_from_db()
        return place.roads.is_active

    client.post(f"{base}nonaktif/", before)
    assert not is_active()
    client.post(f"{base}aktif/", with_key(REASON))
    _minutes_pass(3)
    client.post(f"{base}nonaktif/", before)
    assert (is_active(), _words(client)) == (True, (False, True))
    # The page she looks at has a form of its own.
    client.post(f"{base}nonaktif/", with_key(REASON))
    assert not is_active()
    assert AuditEntry.objects.filter(verb="unit.retired").count() == 2


@pytest.mark.parametrize(
    ("address", "headers", "leads_to"),
    [
        ("/usulan/x/komentar/", {}, "/"),
        ("/kelola/usulan/pilihan/", {}, "/kelola/"),
        ("/kelola/usulan/pilihan/", {"Referer": "http://testserver/kelola/usulan/"}, "/kelola/usulan/"),
    ],
)
def test_twin_of_one_that_was_refused_after_its_claim_is_led_to_look(
    address: str, headers: dict[str, str], leads_to: str, rf: RequestFactory
) -> None:
    """The first has given its key free when the second, which waited for it, asks how it was answered."""
    request = rf.post(address, with_key(), headers=headers)
    request.sent_form = Sent(uuid.uuid4)
    answer = AnswerAgain(lambda _request: HttpResponse()).process_exception(request, AlreadySent())
    assert answer is not None
    assert (answer.status_code, answer["Location"]) == (303, leads_to)
