"""The mails of a demonstration: to be read there, and nowhere else."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.filebased import EmailBackend
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DEMO = True
    settings.MAIL_DIR = tmp_path / "surat"
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(settings.MAIL_DIR)},
        }
    }
    return Path(settings.MAIL_DIR)


def keep(*subjects: str) -> None:
    from django.core.mail import mailers

    backend: EmailBackend = mailers["default"]
    mails = []
    for subject in subjects:
        text = f"Halo Sari,\n\nBuka http://127.0.0.1:8000/akun/konfirmasi/{subject}/ ya.\n<b>tebal</b>"
        mail = EmailMultiAlternatives(subject, text, "a@contoh.id", ["sari@contoh.id"])
        mail.attach_alternative("<p>Halo</p>", "text/html")
        mails.append(mail)
    backend.send_messages(mails)


def test_mails_are_listed_and_read_with_links(client: Client, folder: Path) -> None:
    keep("satu", "dua")
    shown = client.get("/demo/surat/").context["mails"]
    page = client.get(f"/demo/surat/{shown[0].key}/").content.decode()
    assert sorted(mail.subject for mail in shown) == ["dua", "satu"]
    assert f'<a href="http://127.0.0.1:8000/akun/konfirmasi/{shown[0].subject}/"' in page
    assert "&lt;b&gt;tebal" in page


def test_mails_none_yet_says_so(client: Client, folder: Path) -> None:
    assert 'class="empty"' in client.get("/demo/surat/").content.decode()


def test_mails_unknown_one_is_not_found(client: Client, folder: Path) -> None:
    keep("satu")
    assert client.get("/demo/surat/0123456789abcdef/").status_code == 404
    assert client.get("/demo/surat/..%2F..%2Fetc%2Fpasswd/").status_code == 404


def test_mails_outside_a_demonstration_are_not_found(client: Client, folder: Path, settings: Any) -> None:
    keep("satu")
    settings.DEMO = False
    assert client.get("/demo/surat/").status_code == 404
