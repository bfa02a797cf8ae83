"""Files through the pages: each alone, hostile ones refused, served so that nothing of them runs."""

import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from rembuk.files.models import StoredFile
from rembuk.proposals.actions.attach import add_attachment
from rembuk.proposals.actions.submit import submit_proposal
from rembuk.proposals.models import Attachment, Proposal
from rembuk.proposals.states import State
from tests import people, scenes
from tests.web.proposals.test_write import NEW, answers, key_in

pytestmark = pytest.mark.django_db
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \n"
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n160\n%%EOF\n"
)


def picture(width: int = 800, name: str = "foto.jpg") -> SimpleUploadedFile:
    data = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Kamera rahasia"
    Image.new("RGB", (width, 600), "teal").save(data, "JPEG", exif=exif)
    return SimpleUploadedFile(name, data.getvalue(), "image/jpeg")


def upload_path(page: bytes) -> str:
    return page.decode().partition('data-upload="')[2].partition('"')[0].replace("&amp;", "&")


def with_file(author: people.Person, file: SimpleUploadedFile) -> tuple[Proposal, Attachment]:
    draft = scenes.draft(scenes.regency(), author)
    return draft, add_attachment(draft, file, by=author)


def public_with(author: people.Person, file: SimpleUploadedFile) -> tuple[Proposal, str]:
    """A published proposal with a file, and the file's address."""
    place = scenes.regency()
    draft = scenes.draft(place, author)
    attachment = add_attachment(draft, file, by=author)
    proposal = scenes.publish(submit_proposal(draft, by=author), place)
    return proposal, f"/usulan/{proposal.code}/lampiran/{attachment.file.public_id}/"


# --- taking in -----------------------------------------------------------------------------------------


def test_visitor_attaches_a_file_before_anything_is_written(client: Client) -> None:
    page = client.get(NEW).content
    answer = client.post(upload_path(page), {"file": picture()})
    assert answer.status_code == 201
    assert set(answer.json()) == {"id", "name", "size", "remove_url"}
    client.post(NEW, {"kunci": key_in(page), **answers(scenes.regency())})
    assert Proposal.objects.get().attachments.count() == 1


def test_upload_without_the_key_is_not_found(client: Client) -> None:
    answer = client.post(f"/usulan/draf/{uuid4()}/lampiran/", {"file": picture()})
    assert (answer.status_code, StoredFile.objects.count()) == (404, 0)


def test_upload_to_somebody_elses_draft_is_not_found(client: Client) -> None:
    draft = scenes.draft(scenes.regency())
    client.force_login(people.citizen())
    assert client.post(f"/usulan/draf/{draft.public_id}/lampiran/", {"file": picture()}).status_code == 404


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("skrip.html", b"<script>alert(1)</script>"),
        ("gambar.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("foto.jpg", b"<script>alert(1)</script>"),
        ("foto.jpg", PDF),
        ("surat.pdf", b"GIF89a<script>"),
        ("kosong.pdf", b""),
        ("program.pdf.exe", b"MZ" + b"\0" * 64),
    ],
)
def test_upload_of_a_hostile_file_says_why_and_stores_nothing(client: Client, name: str, data: bytes) -> None:
    page = client.get(NEW).content
    answer = client.post(upload_path(page), {"file": SimpleUploadedFile(name, data)})
    assert (answer.status_code, StoredFile.objects.count()) == (422, 0)
    assert answer.json()["error"]


def test_upload_of_nothing_says_so(client: Client) -> None:
    assert client.post(upload_path(client.get(NEW).content)).status_code == 422


def test_form_without_script_keeps_text_and_good_files_when_one_is_bad(client: Client) -> None:
    files = [picture(), SimpleUploadedFile("jahat.html", b"<script>")]
    form = {"kunci": key_in(client.get(NEW).content), **answers(scenes.regency()), "attachment": files}
    answer = client.post(NEW, form)
    draft = Proposal.objects.get()
    assert (answer.status_code, draft.attachments.count()) == (422, 1)
    assert draft.title == "Perbaikan jalan desa menuju balai desa"
    assert "jahat.html" in answer.content.decode()


def test_form_without_script_removes_a_file_and_keeps_what_was_typed(client: Client) -> None:
    author = people.citizen()
    client.force_login(author)
    draft, attachment = with_file(author, picture())
    path = f"/usulan/draf/{draft.public_id}/lampiran/{attachment.file.public_id}/hapus/"
    answer = client.post(path, answers(scenes.regency(), title="Judul yang baru diketik"))
    draft.refresh_from_db()
    assert (answer.status_code, draft.attachments.count()) == (303, 0)
    assert draft.title == "Judul yang baru diketik"


def test_file_of_a_public_proposal_is_removed_from_its_change_page(client: Client) -> None:
    author = people.citizen()
    client.force_login(author)
    proposal, path = public_with(author, picture())
    file = path.rstrip("/").rpartition("/")[2]
    answer = client.post(f"/usulan/draf/{proposal.public_id}/lampiran/{file}/hapus/", {"title": "x"})
    assert (answer.status_code, answer["Location"]) == (303, f"/usulan/{proposal.code}/ubah/")
    proposal.refresh_from_db()
    assert proposal.title == "Perbaikan jalan desa menuju balai desa"


# --- serving -------------------------------------------------------------------------------------------


def test_picture_is_served_in_sizes_without_what_the_camera_noted(client: Client) -> None:
    _proposal, path = public_with(people.citizen(), picture(1200))
    whole, small = client.get(path), client.get(path, {"lebar": "320"})
    small_data = b"".join(small.streaming_content)
    whole_data = b"".join(whole.streaming_content)
    assert (whole["Content-Type"], small["Content-Type"]) == ("image/jpeg", "image/webp")
    assert Image.open(io.BytesIO(small_data)).width == 320
    assert b"Kamera rahasia" not in whole_data


def test_document_is_a_download_that_runs_nothing(client: Client) -> None:
    _proposal, path = public_with(people.citizen(), SimpleUploadedFile("denah lokasi.pdf", PDF))
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="denah lokasi.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content)


def test_file_for_a_visitor_is_shared_and_answers_304(client: Client) -> None:
    _proposal, path = public_with(people.citizen(), picture())
    first = client.get(path)
    assert (bool(first.cookies), first["Cache-Control"].split(",")[0]) == (False, "public")
    assert b"".join(first.streaming_content)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_file_for_a_member_is_private(client: Client) -> None:
    _proposal, path = public_with(people.citizen(), picture())
    client.force_login(people.citizen())
    answer = client.get(path)
    assert answer["Cache-Control"] == "private, no-cache"
    assert b"".join(answer.streaming_content)


def test_file_of_a_draft_or_hidden_proposal_is_not_found(client: Client) -> None:
    draft, attachment = with_file(people.citizen(), picture())
    file = attachment.file.public_id
    assert client.get(f"/usulan/draf/{draft.public_id}/lampiran/{file}/").status_code == 404
    proposal, path = public_with(people.citizen(), picture())
    Proposal.objects.filter(pk=proposal.pk).update(state=State.HIDDEN)
    assert client.get(path).status_code == 404


def test_file_of_a_draft_is_shown_to_its_author(client: Client) -> None:
    author = people.citizen()
    draft, attachment = with_file(author, picture())
    client.force_login(author)
    answer = client.get(f"/usulan/draf/{draft.public_id}/lampiran/{attachment.file.public_id}/")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert b"".join(answer.streaming_content)


def test_file_of_another_proposal_is_not_found_under_this_code(client: Client) -> None:
    _draft, attachment = with_file(people.citizen(), picture())
    proposal = scenes.published(scenes.regency())
    assert client.get(f"/usulan/{proposal.code}/lampiran/{attachment.file.public_id}/").status_code == 404
