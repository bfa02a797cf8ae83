"""Reading the files of a consultation as whoever takes them does."""

import csv
import io
from typing import Any

from django.test import Client
from python_calamine import CalamineWorkbook

from rembuk.consultations.models import Consultation
from tests import people
from tests.scenes import Regency


def read_data(client: Client, made: Consultation) -> list[dict[str, str]]:
    """The lines of the open data, by the number of the submission."""
    answer = client.get(f"/uji-publik/{made.code}/data.csv")
    text = b"".join(answer.streaming_content).decode()
    lines = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    return sorted(lines, key=lambda line: line["masukan"])


def read_book(client: Client, address: str) -> dict[str, list[list[Any]]]:
    """The sheets of a spreadsheet by name, as rows of cells."""
    answer = client.get(address)
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def read_export(place: Regency, made: Consultation, role: str = "auditor") -> dict[str, list[list[Any]]]:
    """The same of the export for staff."""
    client = Client()
    client.force_login(people.staff(role, place.root))
    return read_book(client, f"/kelola/uji-publik/{made.code}/ekspor.xlsx")
