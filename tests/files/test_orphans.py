"""Uploads that nothing refers to end after a day; others stay."""

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from rembuk.audit.actors import Actor
from rembuk.audit.selectors import trail_of
from rembuk.common.clock import now
from rembuk.files import actions, storing
from rembuk.files.actions import store_upload
from rembuk.files.models import StoredFile
from rembuk.files.orphans import remove_orphans

from .uploads import picture, upload

SARI = Actor(person_id=7)


def _stored(days_ago: float) -> StoredFile:
    at = now() - timedelta(days=days_ago)
    return store_upload(upload("foto.jpg", picture()), by=SARI, purpose="proposal", at=at)


def _is_there(stored: StoredFile) -> list[bool]:
    return [default_storage.exists(key) for key in actions.keys_of(stored)]


@pytest.mark.django_db
def test_orphan_of_a_day_is_removed_with_its_sizes(django_capture_on_commit_callbacks: Any) -> None:
    old, young = _stored(1.1), _stored(0.9)
    with django_capture_on_commit_callbacks(execute=True):
        gone = remove_orphans()
    assert (gone, list(StoredFile.objects.all())) == (1, [young])
    assert (_is_there(old), _is_there(young)) == ([False] * 3, [True] * 3)
    assert trail_of("file", str(old.public_id))[0].verb == "file.removed"


@pytest.mark.django_db
def test_kept_file_stays_without_a_reference() -> None:
    stored = _stored(30)
    actions.keep(stored)
    assert remove_orphans() == 0


@pytest.mark.django_db
def test_bytes_without_a_row_are_swept_after_a_day(settings: Any) -> None:
    keys = [f"{storing.folder_of(now())}/{name}" for name in ("old.jpg", "young.jpg")]
    for key in keys:
        default_storage.save(key, ContentFile(b"x"))
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(Path(settings.MEDIA_ROOT) / keys[0], (long_ago, long_ago))
    assert remove_orphans() == 1
    assert [default_storage.exists(key) for key in keys] == [False, True]
