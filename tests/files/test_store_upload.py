"""Good files are kept and served in sizes; hostile ones are refused with a sentence and leave nothing."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from rembuk.audit.actors import Actor
from rembuk.audit.selectors import trail_of
from rembuk.common.errors import Invalid
from rembuk.files import selectors
from rembuk.files.actions import store_upload
from rembuk.files.models import StoredFile
from rembuk.files.reading import find_file

from . import uploads
from .uploads import pdf, picture, upload

SARI = Actor(person_id=7)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
JPEG = picture()


def _store(name: str, data: bytes) -> StoredFile:
    return store_upload(upload(name, data), by=SARI, purpose="proposal")


def _content(stored: StoredFile, size: int | None = None) -> bytes:
    with find_file(stored, size).open() as content:
        return content.read()


def _stored_names(settings: Any) -> list[str]:
    return [path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("foto.jpg", JPEG),
        ("FOTO.JPEG", picture(mode="CMYK")),
        ("foto.png", picture("PNG", mode="RGBA")),
        ("foto.png", picture("PNG", mode="P")),
        ("foto.webp", picture("WEBP")),
    ],
)
def test_picture_becomes_a_jpeg_and_sizes_for_pages(name: str, data: bytes) -> None:
    stored = _store(name, data)
    assert (stored.kind, stored.content_type, stored.width, stored.height) == (
        "picture",
        "image/jpeg",
        640,
        480,
    )
    assert [(size["width"], size["height"]) for size in stored.variants] == [(320, 240), (640, 480)]
    assert {Image.open(BytesIO(_content(stored, width))).format for width in (320, 960)} == {"WEBP"}
    assert stored.name == f"{name.rpartition('.')[0]}.jpg"


@pytest.mark.django_db
def test_large_picture_is_kept_at_1600_in_three_sizes() -> None:
    stored = _store("foto.jpg", picture(size=(4000, 3000)))
    assert (stored.width, stored.height) == (1600, 1200)
    assert [size["width"] for size in stored.variants] == [320, 960, 1600]
    assert [len(_content(stored, width)) for width in (1, 320)] == [stored.variants[0]["size"]] * 2


@pytest.mark.django_db
def test_photo_loses_position_and_comment_and_stands_upright() -> None:
    stored = _store("foto.jpg", uploads.photo_with_position())
    contents = [_content(stored, width) for width in (None, 320)]
    assert (stored.width, stored.height) == (200, 400)
    for content in contents:
        assert not dict(Image.open(BytesIO(content)).getexif())
        assert not any(word in content for word in (b"RAHASIA", b"Telepon", b"GPS", b"Exif"))


@pytest.mark.django_db
def test_pdf_is_kept_as_it_came_and_told_to_the_trail() -> None:
    stored = _store("Surat Permohonan.PDF", pdf())
    with find_file(stored, size=320).open() as content:
        assert content.read() == pdf()
    assert (stored.kind, stored.content_type, stored.name) == (
        "document",
        "application/pdf",
        "Surat Permohonan.pdf",
    )
    entry = trail_of("file", str(stored.public_id))[0]
    assert (entry.verb, entry.actor_person_id, entry.after["sha256"]) == ("file.stored", 7, stored.sha256)


@pytest.mark.django_db
def test_bytes_lie_under_random_names(settings: Any) -> None:
    _store("../../etc/Sari Wulandari.jpg", JPEG)
    names = _stored_names(settings)
    assert len(names) == 3
    assert not any("sari" in name.lower() or "passwd" in name for name in names)
    assert StoredFile.objects.get().name == "Sari Wulandari.jpg"


HOSTILE = {
    "empty": ("foto.jpg", b""),
    "svg": ("gambar.svg", SVG),
    "svg named png": ("gambar.png", SVG),
    "html named pdf": ("surat.pdf", HTML),
    "html in a pdf head": ("surat.pdf", pdf(header=b"%PDF-1.7\n" + HTML)),
    "pdf named jpg": ("foto.jpg", pdf()),
    "jpg named pdf": ("surat.pdf", JPEG),
    "png named webp": ("foto.webp", picture("PNG")),
    "gif": ("foto.gif", picture("GIF")),
    "double ending": ("foto.jpg.exe", JPEG),
    "no ending": ("foto", JPEG),
    "php": ("x.php", b"<?php phpinfo();"),
    "signature only": ("foto.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"A" * 200),
    "truncated jpeg": ("foto.jpg", JPEG[: len(JPEG) // 2]),
    "truncated png": ("foto.png", picture("PNG")[:-40]),
    "truncated webp": ("foto.webp", picture("WEBP")[:-60]),
    "truncated pdf": ("surat.pdf", pdf()[:-12]),
    "pdf header late": ("surat.pdf", b"GIF89a" + pdf()),
    "bomb by header": ("foto.png", uploads.png_claiming(60_000, 60_000)),
    "bomb in one direction": ("foto.png", uploads.png_claiming(1, 30_000)),
    "launch action": ("surat.pdf", pdf(b"3 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj")),
    "javascript": ("surat.pdf", pdf(b"3 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj")),
    "javascript with escaped name": ("surat.pdf", pdf(b"3 0 obj\n<< /S /J#61vaScript /JS (x) >>\nendobj")),
    "javascript out of sight": ("surat.pdf", pdf(uploads.packed(b"6 0 << /S /JavaScript /JS (x) >>"))),
    "embedded file": ("surat.pdf", pdf(b"3 0 obj\n<< /Type /EmbeddedFile >>\nendobj")),
    "form that sends": ("surat.pdf", pdf(b"3 0 obj\n<< /S /SubmitForm /F (http://x) >>\nendobj")),
    "encrypted": ("surat.pdf", pdf(b"3 0 obj\n<< /Encrypt 4 0 R >>\nendobj")),
    "unpacks to nonsense": (
        "surat.pdf",
        pdf(b"5 0 obj\n<< /Type /ObjStm >>\nstream\nnot zlib\nendstream\nendobj"),
    ),
    "unpacks to too much": ("surat.pdf", pdf(uploads.packed(b"\0" * 70_000_000))),
    "zip behind a pdf": ("surat.pdf", pdf(tail=b"PK\x05\x06" + b"\0" * 18 + b"%%EOF startxref")),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_is_refused_and_leaves_nothing(case: str, settings: Any) -> None:
    name, data = HOSTILE[case]
    with pytest.raises(Invalid) as refusal:
        _store(name, data)
    assert str(refusal.value).endswith(".")
    assert (StoredFile.objects.count(), _stored_names(settings)) == (0, [])


@pytest.mark.django_db
def test_file_over_ten_megabytes_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    large = upload("surat.pdf", pdf(b"x" * (10 * 1024 * 1024)))
    monkeypatch.setattr(type(large), "read", lambda *_size: pytest.fail("it was read"))
    with pytest.raises(Invalid, match="10 MB"):
        store_upload(large, by=SARI, purpose="proposal")


@pytest.mark.django_db
def test_polyglot_picture_loses_what_was_hidden_in_it() -> None:
    stored = _store("foto.jpg", JPEG + b"<script>alert(1)</script>PK\x03\x04")
    assert b"<script>" not in _content(stored)


@pytest.mark.django_db
def test_packed_harmless_objects_are_accepted() -> None:
    assert _store("surat.pdf", pdf(uploads.packed(b"6 0 << /Type /Font >>"))).pk


@pytest.mark.django_db
def test_by_public_id_finds_only_what_exists() -> None:
    stored = _store("foto.jpg", JPEG)
    assert selectors.by_public_id(str(stored.public_id)) == stored
    assert [selectors.by_public_id(text) for text in ("x", "00000000-0000-0000-0000-000000000000")] == [
        None,
        None,
    ]
    assert selectors.total_size() == stored.size
