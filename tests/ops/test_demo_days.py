"""The demo is filled on whatever day somebody tries it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import override_settings

from rembuk.ops.demo import loading
from rembuk.ops.demo.content import entries
from rembuk.ops.demo.days import Calendar
from rembuk.ops.demo.plays.spending import ends_of_months

YEAR = [datetime(2026, 1, 1, 3, tzinfo=UTC) + timedelta(days=each) for each in range(365)]


@pytest.mark.django_db
def test_periods_of_an_indicator_end_on_days_of_their_own_whatever_the_day() -> None:
    steps = [
        [ago for ago, _value in step["targets"]]
        for programme in entries("program-*.toml", "program", 2026)
        for step in programme["steps"]
        if step["do"] == "indicator"
    ]
    assert len(steps) > 10
    for now in YEAR:
        calendar = Calendar(now)
        for targets in steps:
            ends = ends_of_months([calendar.day(ago) for ago in targets])
            assert len(set(ends)) == len(targets), now


@pytest.mark.nightly
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("now", YEAR[11::14], ids=lambda now: f"{now:%m-%d}")
def test_demo_is_filled_on_any_day(now: datetime, tmp_path: object) -> None:
    with override_settings(MEDIA_ROOT=str(tmp_path), DEMO=True), transaction.atomic():
        assert loading.load(now) > 1000
        transaction.set_rollback(True)
