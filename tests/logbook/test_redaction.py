"""Nothing personal and no secret reaches the log."""

import pytest

from rembuk.logbook.redaction import HIDDEN, clean_text, clean_value, processor


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("no user sari.w+x@contoh.go.id here", f"no user {HIDDEN} here"),
        ("call 081234567890 now", f"call {HIDDEN} now"),
        ("NIK 3201010101900001.", f"NIK {HIDDEN}."),
        ("GET /x/?token=abc&page=2", f"GET /x/?token={HIDDEN}&page=2"),
        ("/notifikasi/berhenti/WzcsIm0iXQ:1abc/", f"/notifikasi/berhenti/{HIDDEN}/"),
        ("DETAIL:  Key (email)=(sari@contoh.id) already exists.", f"DETAIL:  Key ({HIDDEN})"),
        ("USL-2026-000123 in 2026-11-24T03:00:00.123456Z", "USL-2026-000123 in 2026-11-24T03:00:00.123456Z"),
        ("id 6f1c2b9e-7c1d-4a55-9f7e-123456789012", "id 6f1c2b9e-7c1d-4a55-9f7e-123456789012"),
        ("nul\x00byte", "nulbyte"),
    ],
)
def test_clean_text_hides_people_and_secrets_only(text: str, clean: str) -> None:
    assert clean_text(text) == clean


def test_clean_text_is_cut() -> None:
    assert len(clean_text("x" * 10_000)) == 2000


@pytest.mark.parametrize(
    "name", ["password", "new_password1", "csrfmiddlewaretoken", "Cookie", "email", "nik", "Authorization"]
)
def test_clean_value_hides_by_name(name: str) -> None:
    assert clean_value(name, "anything") == HIDDEN


def test_clean_value_looks_into_nested_values() -> None:
    nested = {"rows": [{"email": "a@b.id", "n": 3}, "to a@b.id"], "ok": True}
    assert clean_value("detail", nested) == {"rows": [{"email": HIDDEN, "n": 3}, f"to {HIDDEN}"], "ok": True}


def test_processor_cleans_a_trace_line_by_line() -> None:
    event = processor(None, "error", {"event": "x", "exception": "Traceback\nValueError: a@b.id"})
    assert event["exception"] == f"Traceback\nValueError: {HIDDEN}"
