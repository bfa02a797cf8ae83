"""News on the desk and on the public page: before and after side by side, documents, what is kept after a fault."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rembuk.programs.actions import report
from rembuk.programs.actions.report import NewDocument, Picture
from rembuk.programs.models import Document, Update
from rembuk.web import fragments
from tests import people, scenes
from tests import program_scenes as programs
from tests.files.uploads import pdf, picture
from tests.program_scenes import stored

pytestmark = pytest.mark.django_db
WORDS = {"phase": "1", "title": "Ruas satu selesai", "body": "Jalan diperkeras."}


def jpeg() -> SimpleUploadedFile:
    """A small picture as a browser sends it."""
    return SimpleUploadedFile("jalan.jpg", picture(), content_type="image/jpeg")


def sheet(name: str = "berita-acara.pdf") -> SimpleUploadedFile:
    """A small document as a browser sends it."""
    return SimpleUploadedFile(name, pdf(), content_type="application/pdf")


def world(client: Client) -> tuple[str, str]:
    """A public programme: the address of its news form and of its page; its manager is signed in."""
    place = scenes.regency()
    by = programs.manager(place)
    client.force_login(by)
    code = programs.published(place, by=by).code
    return reverse("desk_programs:update", args=[code]), reverse("programs:detail", args=[code])


def test_before_and_after_stand_side_by_side_for_everybody(client: Client) -> None:
    form, page = world(client)
    data = {
        **WORDS,
        "picture_1": jpeg(),
        "alternative_1": "Jalan mulus",
        "moment_1": "after",
        "picture_2": jpeg(),
        "alternative_2": "Jalan berlubang",
        "moment_2": "before",
        "picture_3": jpeg(),
        "alternative_3": "Warga bekerja",
    }
    assert client.post(form, data).status_code == 303
    client.logout()
    text = client.get(page).content.decode()
    pair = text[text.index('<div class="pair">') :]
    pair = pair[: pair.index("</div>")]
    words = re.findall(r"<figcaption>(\w+)</figcaption>|alt=\"([^\"]+)\"", pair)
    assert [one or other for one, other in words] == ["Sebelum", "Jalan berlubang", "Sesudah", "Jalan mulus"]
    assert '<div class="gallery"><figure class="shot"><a' in text
    assert text.count("Warga bekerja") == 1


def test_before_without_after_stands_alone_with_its_word(client: Client) -> None:
    form, page = world(client)
    client.post(
        form, {**WORDS, "picture_1": jpeg(), "alternative_1": "Jalan berlubang", "moment_1": "before"}
    )
    text = client.get(page).content.decode()
    assert '<div class="pair">' not in text
    assert "<figcaption>Sebelum</figcaption>" in text


def test_documents_of_news_are_posted_with_their_class_and_excluded_ones_are_nowhere(client: Client) -> None:
    form, page = world(client)
    data = {
        **WORDS,
        "document_1": sheet(),
        "document_title_1": "Berita acara serah terima",
        "document_2": sheet("hps.pdf"),
        "document_title_2": "Perkiraan harga sendiri",
        "document_class_2": "excluded",
    }
    assert client.post(form, data).status_code == 303
    opened, secret = Update.objects.get().documents.order_by("id")
    code = opened.program.code
    desk = client.get(reverse("desk_programs:detail", args=[code])).content.decode()
    assert secret.title in desk
    client.logout()
    text = client.get(page).content.decode()
    address = reverse("programs:document", args=[code, opened.public_id])
    article = text[text.index('<article id="kabar-') :]
    assert address in article[: article.index("</article>")]
    served = client.get(address)
    assert b"".join(served.streaming_content).startswith(b"%PDF")  # type: ignore[arg-type]
    assert secret.title not in text
    assert str(secret.public_id) not in text
    assert client.get(reverse("programs:document", args=[code, secret.public_id])).status_code == 404


def test_removed_document_leaves_the_news(client: Client) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    new = [NewDocument(stored("ba.pdf", "document"), "Berita acara")]
    update = report.post_update(programs.phase(program, 1), title="Kabar", body="Isi", documents=new, by=by)
    report.remove_document(update.documents.get(), reason=programs.REASON, by=by)
    text = client.get(reverse("programs:detail", args=[program.code])).content.decode()
    assert "Kabar" in text
    assert "Berita acara" not in text


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"document_1": "pdf"}, "#id_document_title_1"),
        ({"document_title_1": "Berita acara"}, "#id_document_1"),
        ({"document_1": "broken", "document_title_1": "Berita acara"}, "#id_document_1"),
        (
            {"document_1": "pdf", "document_title_1": "Berita acara", "document_class_1": "x"},
            "#id_document_class_1",
        ),
    ],
)
def test_faulty_document_is_named_and_costs_nothing_else(
    sent: dict[str, str], fault: str, client: Client
) -> None:
    form, _page = world(client)
    files = {
        "pdf": sheet(),
        "broken": SimpleUploadedFile("rusak.pdf", b"bukan pdf", content_type="application/pdf"),
    }
    answer = client.post(form, {**WORDS, **{name: files.get(value, value) for name, value in sent.items()}})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="{fault}">' in text
    assert WORDS["body"] in text
    assert '<details class="more" open>' in text
    assert not Update.objects.exists()


def test_stored_document_is_kept_while_its_title_is_missing(client: Client) -> None:
    form, _page = world(client)
    refused = client.post(form, {**WORDS, "document_1": sheet()}).content.decode()
    kept = re.search(r'name="kept_document_1" value="([^"]+)"', refused)
    assert kept is not None
    data = {**WORDS, "kept_document_1": kept[1], "document_title_1": "Berita acara", "kept_document_2": "x"}
    assert client.post(form, data).status_code == 303
    assert str(Document.objects.get().file.public_id) == kept[1]


def test_document_of_somebody_else_is_never_taken(client: Client) -> None:
    form, _page = world(client)
    theirs = stored("rahasia.pdf", "document")
    data = {**WORDS, "kept_document_1": str(theirs.public_id), "document_title_1": "Berita acara"}
    assert client.post(form, data).status_code == 422
    assert not Document.objects.exists()


def test_document_in_a_place_for_pictures_is_refused_there(client: Client) -> None:
    form, _page = world(client)
    answer = client.post(form, {**WORDS, "picture_1": sheet(), "alternative_1": "Berita acara"})
    assert answer.status_code == 422
    assert "Ini bukan gambar" in answer.content.decode()


@pytest.mark.parametrize("updates", [1, 3])
def test_news_with_documents_takes_the_same_number_of_queries(
    updates: int, client: Client, django_assert_num_queries: object
) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    for number in range(updates):
        report.post_update(
            programs.phase(program, 1),
            title=f"Kabar {number}",
            body="Isi",
            pictures=[Picture(stored(), "Jalan", moment) for moment in ("before", "after")],
            documents=[NewDocument(stored(f"{number}.pdf", "document"), f"Berita acara {number}")],
            by=by,
        )
    url = reverse("programs:detail", args=[program.code])
    client.get(url)
    fragments.forget()
    with django_assert_num_queries(25):  # type: ignore[operator]
        client.get(url)


def test_reader_without_the_right_posts_nothing(client: Client) -> None:
    form, _page = world(client)
    client.force_login(people.citizen())
    assert client.post(form, {**WORDS, "document_1": sheet(), "document_title_1": "x"}).status_code == 403
    assert not Update.objects.exists()
