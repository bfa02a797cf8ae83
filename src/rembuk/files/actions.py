"""Taking in an upload, keeping it, removing it."""

import hashlib
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rembuk.audit import actions as audit
from rembuk.audit.actors import Actor
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid

from . import storing
from .checking import documents, pictures, scanner
from .checking.types import LARGEST, PDF, FileType, clean_name, type_of
from .models import FileKind, StoredFile
from .verbs import FILE_REMOVED, FILE_STORED


def store_upload(file: "File[bytes]", *, by: Actor, purpose: str, at: datetime | None = None) -> StoredFile:
    """Check an upload, store it, write its row and audit entry; ``purpose`` is a word such as ``proposal``.

    Pictures are encoded anew in three sizes, PDFs kept as they came. Whoever calls this must refer to the
    row by a foreign key, or ``keep`` it: what nothing refers to is removed after a day.

    Raises:
        Invalid: with one sentence for the uploader. Nothing is stored then.
    """
    name = clean_name(file.name or "")
    data = _read(file)
    of_type = type_of(name, data)
    scan_state = scanner.scan(data, settings.CLAMAV_SOCKET, person_id=by.person_id)
    moment = instant(at)
    content = _document(data, moment) if of_type is PDF else _picture(data, of_type, moment)
    if of_type.kind == FileKind.PICTURE:
        name = f"{name.rpartition('.')[0]}.jpg"
    with transaction.atomic():
        stored = StoredFile.objects.create(
            **content,
            kind=of_type.kind,
            purpose=purpose,
            name=name,
            scan_state=scan_state,
            uploaded_by_id=by.person_id,
            created_at=moment,
        )
        facts = {"kind": stored.kind, "purpose": purpose, "size": stored.size, "sha256": stored.sha256}
        audit.record(FILE_STORED, by=by, target=_target(stored), after=facts, at=at)
    return stored


def keep(stored: StoredFile) -> None:
    """Keep a file to which no row refers (the logo, named in a setting)."""
    StoredFile.objects.filter(pk=stored.pk).update(is_kept=True)


def remove_file(stored: StoredFile, *, by: Actor, reason: str = "", at: datetime | None = None) -> None:
    """Remove a file that nothing refers to any more; its bytes go when the transaction is committed."""
    with transaction.atomic():
        target, keys = _target(stored), keys_of(stored)
        stored.delete()
        audit.record(FILE_REMOVED, by=by, target=target, reason=reason, at=at)
        transaction.on_commit(lambda: storing.remove(keys))


def keys_of(stored: StoredFile) -> list[str]:
    """The storage keys of a file and its sizes."""
    return [stored.storage_key, *(size["key"] for size in stored.variants)]


def _read(file: "File[bytes]") -> bytes:
    """The bytes of an upload, never more than are allowed."""
    if file.size > LARGEST:
        raise Invalid(_("This file is larger than 10 MB. Make it smaller and try again."))
    file.seek(0)
    return bytes(file.read(LARGEST + 1))


def _document(data: bytes, at: datetime) -> dict[str, Any]:
    documents.check_pdf(data)
    return _facts(data, PDF.content_type, at)


def _picture(data: bytes, of_type: FileType, at: datetime) -> dict[str, Any]:
    shared, sizes = pictures.encode(data, of_type)
    variants = [
        {
            "key": storing.write(size.data, size.content_type, at),
            "width": size.width,
            "height": size.height,
            "content_type": size.content_type,
            "size": len(size.data),
        }
        for size in sizes
    ]
    facts = _facts(shared.data, shared.content_type, at)
    return {**facts, "width": shared.width, "height": shared.height, "variants": variants}


def _facts(data: bytes, content_type: str, at: datetime) -> dict[str, Any]:
    return {
        "content_type": content_type,
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "storage_key": storing.write(data, content_type, at),
    }


def _target(stored: StoredFile) -> audit.Target:
    return audit.Target("file", str(stored.public_id))
