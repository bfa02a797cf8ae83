"""What a visitors' page refuses: methods that don't read, addresses without end; and what shared caches may not keep."""

import logging
from urllib.parse import quote

import pytest
from django.test import Client

from tests import scenes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "DELETE", "POST"])
def test_visitors_page_is_only_read(method: str) -> None:
    answer = Client().generic(method, "/usulan/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert "Usulan" not in answer.headers.get("ETag", "")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT"])
def test_open_form_is_read_and_sent_and_nothing_else(method: str) -> None:
    answer = Client().generic(method, "/akun/masuk/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")


def test_address_without_end_is_refused_in_words_and_not_repeated() -> None:
    answer = Client().get(f"/usulan/?q={'a' * 60_000}")
    page = answer.content.decode()
    assert (answer.status_code, "a" * 300 in page, answer["Cache-Control"]) == (
        400,
        False,
        "private, no-store",
    )
    assert "Alamatnya terlalu panjang" in page


def test_too_many_words_are_told_by_the_form() -> None:
    scenes.regency()
    answer = Client().get(f"/usulan/?q={quote('ä' * 201)}")
    assert "200" in answer.context["filter_form"].errors["q"][0]
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("query", "is_shared"),
    [
        ("", True),
        ("q=jalan", True),
        ("utm_source=x", True),
        ("x=1", False),
        ("q=a&q=b", False),
        (f"q={'a' * 600}", False),
    ],
)
def test_shared_caches_keep_what_the_page_cache_keeps(query: str, is_shared: bool) -> None:
    policy = Client().get(f"/usulan/?{query}")["Cache-Control"]
    assert ("s-maxage" in policy, policy == "private, no-store") == (is_shared, not is_shared)


def test_other_host_is_one_short_warning() -> None:
    lines: list[logging.LogRecord] = []
    logger, handler = logging.getLogger("django.security.DisallowedHost"), logging.Handler()
    handler.emit = lines.append  # type: ignore[method-assign]
    logger.addHandler(handler)
    try:
        answer = Client(raise_request_exception=False).get(
            "/usulan/", headers={"Host": f"{'x' * 900}.example"}
        )
    finally:
        logger.removeHandler(handler)
    assert answer.status_code == 400
    assert [(line.levelname, line.exc_info, len(line.getMessage())) for line in lines] == [
        ("WARNING", None, 200)
    ]
