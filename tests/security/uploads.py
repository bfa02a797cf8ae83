"""A small picture as a phone sends it."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.files.actions import store_upload
from rembuk.files.models import StoredFile


def image(name: str = "foto.jpg") -> SimpleUploadedFile:
    """One to be sent with a form."""
    data = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(data, "JPEG")
    return SimpleUploadedFile(name, data.getvalue(), "image/jpeg")


def kept(by: Person, name: str, purpose: str) -> StoredFile:
    """One that lies in the storage."""
    return store_upload(image(name), by=actor_of(by), purpose=purpose)
