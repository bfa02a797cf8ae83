"""Sheets laid aside: found by their token, gone when cleared, swept away after a while."""

from datetime import timedelta

from django.core.files.base import ContentFile

from rembuk.common.clock import now
from rembuk.proposals.imports import shelf


def test_sheet_is_found_by_its_token_until_it_is_cleared() -> None:
    token = shelf.lay(ContentFile(b"judul\nJalan", name="usulan.csv"))
    with shelf.taken(token) as path:
        assert path.read_bytes() == b"judul\nJalan"
    shelf.clear(token)
    assert not shelf.is_there(token)


def test_token_can_not_name_a_path() -> None:
    assert not shelf.is_there("../secrets")


def test_old_sheets_are_swept_away_and_fresh_ones_stay() -> None:
    token = shelf.lay(ContentFile(b"judul", name="usulan.csv"))
    assert shelf.clear_old(now() - timedelta(days=1)) == 0
    assert shelf.is_there(token)
    assert shelf.clear_old(now() + timedelta(seconds=5)) == 1
    assert not shelf.is_there(token)
