"""How files travel: what may be kept by whom, what is asked for again, and who sends the bytes."""

from typing import Any

import pytest
from django.test import Client

from rembuk.proposals.models import Proposal
from rembuk.proposals.states import State
from rembuk.web.components.pictures import picture_row
from tests import people
from tests.web.proposals.test_files import picture, public_with, with_file

pytestmark = pytest.mark.django_db


def opened(client: Client, path: str, **query: str) -> Any:
    """The answer, read to its end."""
    answer: Any = client.get(path, query)
    answer.pieces = list(answer.streaming_content)
    return answer


def test_picture_is_sent_in_one_piece_and_not_packed_again() -> None:
    _proposal, path = public_with(people.citizen(), picture(1200))
    answer = opened(Client(headers={"Accept-Encoding": "gzip, br"}), path, lebar="960")
    assert len(answer.pieces) == 1
    assert not answer.has_header("Content-Encoding")
    assert int(answer["Content-Length"]) == len(answer.pieces[0])
    assert answer["ETag"].startswith('"')


def test_picture_hidden_by_staff_is_gone_for_a_browser_that_kept_it(client: Client) -> None:
    proposal, path = public_with(people.citizen(), picture())
    tag = opened(client, path)["ETag"]
    Proposal.objects.filter(pk=proposal.pk).update(state=State.HIDDEN)
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 404
    client.force_login(people.citizen())
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 404


def test_shared_copy_outlives_hiding_by_a_minute_at_most(client: Client) -> None:
    _proposal, path = public_with(people.citizen(), picture())
    answer = opened(client, path)
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=60"
    assert answer["X-Accel-Expires"] == "1"


def test_member_keeps_a_public_picture_and_asks_whether_it_stands(client: Client) -> None:
    _proposal, path = public_with(people.citizen(), picture())
    client.force_login(people.citizen())
    first = opened(client, path)
    assert first["Cache-Control"] == "private, no-cache"
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("state", [State.SUBMITTED, State.REJECTED, State.HIDDEN])
def test_author_keeps_nothing_of_what_is_not_public(client: Client, state: State) -> None:
    author = people.citizen()
    proposal, path = public_with(author, picture())
    Proposal.objects.filter(pk=proposal.pk).update(state=state)
    proposal.subject.__class__.objects.filter(pk=proposal.subject_id).update(is_visible=False)
    client.force_login(author)
    first = opened(client, path)
    assert (first.status_code, first["Cache-Control"]) == (200, "private, no-store")
    assert not first.has_header("X-Accel-Expires")
    again = Client(headers={"If-None-Match": first["ETag"]})
    again.force_login(author)
    assert opened(again, path).status_code == 200


def test_web_server_in_front_sends_the_bytes_where_it_is_told_to(client: Client, settings: Any) -> None:
    settings.ACCEL_PREFIX = "/_berkas/"
    _proposal, path = public_with(people.citizen(), picture())
    answer = client.get(path, {"lebar": "320"})
    assert answer["X-Accel-Redirect"].startswith("/_berkas/2")
    assert answer["X-Accel-Redirect"].endswith(".webp")
    assert (answer.content, answer["Content-Type"]) == (b"", "image/webp")
    assert answer["Cache-Control"].startswith("public, ")
    assert answer["Content-Disposition"].startswith("inline")


def test_web_server_in_front_is_told_nothing_of_a_file_one_may_not_see(client: Client, settings: Any) -> None:
    settings.ACCEL_PREFIX = "/_berkas/"
    draft, attachment = with_file(people.citizen(), picture())
    answer = client.get(f"/usulan/draf/{draft.public_id}/lampiran/{attachment.file.public_id}/")
    assert (answer.status_code, answer.has_header("X-Accel-Redirect")) == (404, False)


def test_row_offers_every_size_and_the_proportions() -> None:
    _draft, attachment = with_file(people.citizen(), picture(1200))
    row = picture_row(attachment.file, "Foto jalan", "/x/")
    assert row["srcset"] == "/x/?lebar=320 320w, /x/?lebar=960 960w, /x/?lebar=1200 1200w"
    assert (row["src"], row["url"]) == ("/x/?lebar=960", "/x/?lebar=1200")
    assert (row["width"], row["height"]) == (960, 480)


def test_row_of_a_small_picture_offers_that_alone() -> None:
    _draft, attachment = with_file(people.citizen(), picture(200))
    row = picture_row(attachment.file, "", "/x/")
    assert (row["srcset"], row["src"], row["width"]) == ("/x/?lebar=200 200w", "/x/?lebar=200", 200)
