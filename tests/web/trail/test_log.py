"""The log page: sign-ins and failures, denials, warnings and errors with their request; filters."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.logbook.models import LogRecord
from tests import people, scenes

pytestmark = pytest.mark.django_db
LIST = "/kelola/log/"
INFO, WARNING, ERROR = 20, 30, 40


def auditor(unit: str = "root", role: str = "auditor") -> Client:
    """A browser of an auditor."""
    client = Client()
    client.force_login(people.staff(role, getattr(scenes.regency(), unit)))
    return client


def record(event: str, level: int = INFO, **fields: object) -> LogRecord:
    """A record of the log."""
    values: dict[str, object] = {"at": datetime.now(UTC), "logger": "rembuk", "message": "", **fields}
    names = {field.name for field in LogRecord._meta.get_fields()}
    return LogRecord.objects.create(
        event=event, level=level, **{name: value for name, value in values.items() if name in names}
    )


def events(client: Client, query: str = "") -> list[str]:
    """The events on the page, newest first."""
    return [row["record"].event for row in client.get(f"{LIST}{query}").context["rows"]]


def test_page_shows_event_person_level_and_request() -> None:
    sari = people.citizen("Sari Wulandari")
    record(
        "sign_in.failed", WARNING, person_id=sari.pk, request_id="r-42", detail={"why": "<b>kata sandi</b>"}
    )
    page = auditor().get(LIST).content.decode()
    for words in (
        "Gagal masuk",
        "sign_in.failed",
        "Sari Wulandari",
        "Peringatan",
        "r-42",
        "&lt;b&gt;kata sandi",
    ):
        assert words in page, words


def test_filters_narrow_by_level_event_request_person_and_time() -> None:
    sari = people.citizen()
    record("sign_in.failed", WARNING, is_security=True, person_id=sari.pk)
    record("job.failed", ERROR, request_id="r-1")
    record("old.event", INFO, at=datetime.now(UTC) - timedelta(days=9))
    client = auditor()
    day = (datetime.now(UTC) - timedelta(days=5)).date().isoformat()
    for query, found in (
        ("tingkat=ERROR", ["job.failed"]),
        ("tingkat=WARNING", ["job.failed", "sign_in.failed"]),
        ("peristiwa=sign_in", ["sign_in.failed"]),
        ("permintaan=r-1", ["job.failed"]),
        (f"orang={sari.pk}", ["sign_in.failed"]),
        ("orang=sari", ["sign_in.failed"]),
        ("orang=tidak-ada", []),
        (f"sampai={day}", ["old.event"]),
        ("keamanan=on", ["sign_in.failed"]),
    ):
        assert [event for event in events(client, f"?{query}") if "request" not in event] == found, query


def test_filter_that_cannot_be_read_is_told_with_422() -> None:
    assert auditor().get(f"{LIST}?dari=kemarin").status_code == 422


def test_the_log_has_no_units_so_an_auditor_of_one_unit_is_denied() -> None:
    assert auditor("works").get(LIST).status_code == 403
    assert auditor(role="moderator").get(LIST).status_code == 403


@pytest.mark.parametrize("more", [1, 3])
def test_list_asks_as_often_for_three_as_for_one(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(more):
        record("sign_in.failed", WARNING, person_id=people.citizen().pk)
    client = auditor()
    client.get(LIST)
    with django_assert_num_queries(5):
        client.get(LIST)
