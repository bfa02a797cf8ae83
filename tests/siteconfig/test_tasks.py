"""The log is kept as long as the instansi has set."""

import logging
from datetime import timedelta

import pytest

from rembuk.audit.actors import SYSTEM
from rembuk.common.clock import now
from rembuk.logbook.models import LogRecord
from rembuk.siteconfig.actions import change_settings
from rembuk.siteconfig.tasks import prune_log


@pytest.mark.django_db
def test_prune_log_keeps_what_the_setting_says() -> None:
    for days in (29, 40):
        at = now() - timedelta(days=days)
        LogRecord.objects.create(at=at, level=logging.ERROR, event=str(days), logger="x")
    change_settings({"log_keep_days": 30}, by=SYSTEM)
    prune_log(timestamp=0)
    assert [record.event for record in LogRecord.objects.all()] == ["29"]
