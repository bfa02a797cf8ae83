"""Kept pieces of pages: what is shown is the key, nothing else; bounded; escaped; safe for threads."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template
from django.test.signals import template_rendered
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from rembuk.access.models import Role
from rembuk.web import fragments
from rembuk.web.fragments import Kept

CARD: dict[str, Any] = {
    "url": "/usulan/USL-2026-000001/",
    "code": "USL-2026-000001",
    "title": "Lampu jalan",
    "state": "published",
    "state_detail": "",
    "date": datetime(2026, 11, 2, 3, tzinfo=UTC),
    "excerpt": "Gelap setelah pukul enam.",
    "category": "Jalan",
    "category_url": "/kategori/jalan/",
    "place": "Rawasari",
    "unit": "Dinas PU",
    "unit_url": "/satuan/pu/",
    "source": "",
    "supports": 12,
    "comments": 3,
    "overdue": False,
}
OTHER = {
    "url": "/usulan/USL-2026-000002/",
    "code": "USL-2026-000002",
    "title": "Lampu taman",
    "state": "adopted",
    "date": datetime(2026, 11, 3, 3, tzinfo=UTC),
    "excerpt": "Terang.",
    "category": "Taman",
    "category_url": "/kategori/taman/",
    "place": "Kemiri",
    "unit": "Dinas LH",
    "unit_url": "/satuan/lh/",
    "source": "Musrenbang",
    "supports": 13,
    "comments": 4,
    "overdue": True,
}


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    fragments.forget()
    yield
    fragments.forget()


def cards(*rows: dict[str, Any]) -> str:
    page = Template('{% include "components/proposal_cards.html" with cards=rows %}')
    return page.render(Context({"rows": rows}))


def made() -> float:
    return fragments.MADE._value.get()  # type: ignore[attr-defined,no-any-return]


def test_same_facts_are_rendered_once() -> None:
    before = made()
    assert cards(CARD) == cards(dict(CARD))
    assert made() == before + 1


@pytest.mark.parametrize("fact", sorted(OTHER))
def test_card_with_another_fact_is_another_piece_at_once(fact: str) -> None:
    first = cards(CARD)
    changed = cards({**CARD, fact: OTHER[fact]})
    assert changed != first
    fragments.forget()
    assert cards({**CARD, fact: OTHER[fact]}) == changed


def test_thirty_cards_that_nobody_asked_for_yet_render_no_template_each() -> None:
    rendered: list[object] = []

    def note(template: object, **_rest: object) -> None:
        rendered.append(template)

    template_rendered.connect(note)
    try:
        page = cards(*[{**CARD, "title": f"Usulan {number}"} for number in range(30)])
    finally:
        template_rendered.disconnect(note)
    assert page.count('<li class="card">') == 30
    assert len(rendered) == 2  # the page here, and the list


def test_languages_are_kept_apart() -> None:
    with translation.override("id"):
        indonesian = cards(CARD)
    with translation.override("en"):
        english = cards(CARD)
    assert ("dukungan" in indonesian, "supports" in english) == (True, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        ("<b>", mark_safe("<b>")),
        (0, None),
        ("", None),
        (1, "1"),
        (Decimal("1.0"), Decimal("1.00")),
        (date(2026, 1, 1), "2026-01-01"),
        ([1, 2], [2, 1]),
        ({"a": [1]}, {"a": [2]}),
    ],
)
def test_values_that_look_different_have_different_keys(one: object, other: object) -> None:
    first = fragments.kept("x", {"value": one}, lambda: SafeString("one"))
    second = fragments.kept("x", {"value": other}, lambda: SafeString("other"))
    assert (first, second) == ("one", "other")


@pytest.mark.parametrize("value", [Role(name="x"), object(), [Role(name="x")], {"a": Role(name="x")}])
def test_what_is_no_plain_fact_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no plain fact"):
        fragments.piece("layouts/_nav.html", {"section": value})


def test_hostile_texts_are_escaped_whether_rendered_now_or_kept() -> None:
    hostile = {**CARD, "title": "<script>alert(1)</script>", "excerpt": "\"><img src=x onerror='x'>"}
    for _ in range(2):
        page = cards(hostile)
        assert "<script>" not in page
        assert "<img" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_every_word_of_a_card_is_escaped() -> None:
    words = [name for name, value in CARD.items() if isinstance(value, str) and name not in ("state", "date")]
    page = cards({**CARD, **{name: f"<i>{name}</i>\"'&" for name in words}})
    assert "<i>" not in page
    escaped = [name for name in words if f"&lt;i&gt;{name}&lt;/i&gt;&quot;&#x27;&amp;" in page]
    assert set(words) - set(escaped) == {"state_detail"}  # a published proposal tells none


def test_text_is_not_taken_for_html_of_the_same_letters() -> None:
    item = {"anchor": "k", "depth": 1, "author": "Sari", "at": CARD["date"]}
    show = Template('{% include "components/comments.html" with comments=rows %}')
    html = show.render(Context({"rows": [{**item, "html": mark_safe("<p>Setuju</p>")}]}))
    text = show.render(Context({"rows": [{**item, "html": "<p>Setuju</p>"}]}))
    assert "<p>Setuju</p>" in html
    assert "<p>Setuju</p>" not in text


def test_piece_sees_nothing_of_the_page_around_it() -> None:
    page = Template('{% piece "layouts/_account.html" %}')
    assert "Sari" not in page.render(Context({"viewer": "Sari", "viewer_is_staff": True}))


def test_longest_unused_makes_room_and_the_bound_holds() -> None:
    kept = Kept(most=33)
    for key in "abc":
        kept.get((key,), lambda: SafeString("x" * 10))
    kept.get(("a",), lambda: pytest.fail("kept"))
    kept.get(("d",), lambda: SafeString("x" * 10))
    assert (len(kept), kept.characters) == (3, 33)
    kept.get(("a",), lambda: pytest.fail("used lately"))
    assert kept.get(("b",), lambda: SafeString("again")) == "again"
    assert kept.characters <= 33


def test_keys_count_for_the_bound_with_all_their_facts() -> None:
    kept = Kept(most=1000)
    for number in range(100):
        kept.get(("card", str, "a" * 100, int, number), lambda: SafeString(""))
    assert 5 < len(kept) < 10
    kept.get(("b" * 1001,), lambda: SafeString(""))
    assert (len(kept), kept.characters) == (0, 0)


def test_text_above_the_bound_is_shown_and_not_kept() -> None:
    kept = Kept(most=5)
    assert kept.get(("a",), lambda: SafeString("x" * 10)) == "x" * 10
    assert (len(kept), kept.characters) == (0, 0)


def test_many_threads_get_their_own_texts_within_the_bound() -> None:
    kept, faults = Kept(most=720), []

    def ask(start: int) -> None:
        for number in range(start, start + 2000):
            key = number % 97
            text = kept.get((key,), lambda key=key: SafeString(f"{key:010d}"))  # type: ignore[misc]
            if text != f"{key:010d}" or kept.characters > 738:
                faults.append((key, text, kept.characters))

    threads = [threading.Thread(target=ask, args=(7 * n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert kept.characters == sum(8 + len(text) for text in kept._texts.values()) <= 720
