"""The tool that keeps the catalogue notices what would reach a reader broken."""

import polib
import pytest

from tools import messages


@pytest.mark.parametrize(
    ("msgid", "plural", "msgstr", "is_fine"),
    [
        ("Hello %(name)s", "", "Halo %(name)s", True),
        ("Hello %(name)s", "", "Halo %(nama)s", False),
        ("Hello {name}", "", "Halo", False),
        ("See <b>this</b>", "", "Lihat <b>ini</b>", True),
        ("See <b>this</b>", "", "Lihat ini", False),
        ("One proposal", "%(n)s proposals", "%(n)s usulan", True),
        ("One proposal", "%(n)s proposals", "usulan", False),
    ],
)
def test_translation_with_other_placeholders_is_refused(
    msgid: str, plural: str, msgstr: str, is_fine: bool
) -> None:
    entry = polib.POEntry(msgid=msgid, msgid_plural=plural)
    assert (messages.inequality(entry, [msgstr]) == "") is is_fine


def test_text_that_left_the_source_becomes_obsolete_and_comes_back_translated() -> None:
    book = polib.POFile()
    book.append(polib.POEntry(msgid="Send", msgstr="Kirim"))
    messages.merged(book, polib.POFile())
    assert book[0].obsolete
    source = polib.POFile()
    source.append(polib.POEntry(msgid="Send", occurrences=[("a.py", "")]))
    messages.merged(book, source)
    assert (book[0].obsolete, book[0].msgstr) == (0, "Kirim")
