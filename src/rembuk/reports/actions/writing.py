"""What every act on a report shares: the lock, what can't be done any more, the words, the publication."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from rembuk.common import reading
from rembuk.common.errors import Invalid, NotVisible
from rembuk.common.text import clean_text, render_staff
from rembuk.reports.errors import AlreadyPublished, ChangedMeanwhile, ChangedSinceRead
from rembuk.reports.models import Report
from rembuk.reports.states import PUBLISH

LONGEST = 20_000
SUMMARY = "summary"


def lock_draft[Kind: Report](report: Kind) -> Kind:
    """The report as it is now, its row locked until the transaction ends.

    Raises:
        AlreadyPublished: for a public one.
        NotVisible: for a draft that somebody discarded meanwhile.
    """
    found = type(report)._default_manager.select_for_update().filter(pk=report.pk).first()
    if found is None:
        raise NotVisible
    if found.state != PUBLISH.source:
        raise AlreadyPublished
    return found


def reckoned(read: Callable[[datetime], dict[str, Any]], moment: datetime) -> dict[str, Any]:
    """The figures of a report as they are now, or a little earlier where a replica tells them; they name their instant."""
    with reading.from_replica() as seen:
        return read(seen.at if seen else moment)


def put_words(
    report: Report, words: Mapping[str, str], parts: Iterable[str], seen: datetime, moment: datetime
) -> list[str]:
    """Write the parts of a locked draft, and what they look like; returns the parts that changed.

    Raises:
        ChangedMeanwhile: when it was changed after ``seen``.
        Invalid: for a part that is too long.
    """
    if report.changed_at != seen:
        raise ChangedMeanwhile
    cleaned = {part: clean_text(words.get(part, "")) for part in parts}
    too_long = _("At most %(most)s characters fit one part.") % {"most": LONGEST}
    wrong = {part: [too_long] for part, text in cleaned.items() if len(text) > LONGEST}
    if wrong:
        raise Invalid(too_long, fields=wrong)
    changed = [part for part, text in cleaned.items() if text != report.words.get(part, "")]
    fill(report, cleaned)
    report.changed_at = moment
    report.save(update_fields=["words", "html", "changed_at"])
    return changed


def fill(report: Report, words: Mapping[str, str]) -> None:
    """Set words and what they look like, without saving."""
    report.words = dict(words)
    report.html = {part: render_staff(text) for part, text in words.items()}


def make_public(report: Report, seen: datetime, moment: datetime) -> None:
    """Take a locked draft to the public, in the state that was read: nothing can be taken back afterwards.

    Raises:
        ChangedSinceRead: when it was changed after ``seen``.
        Invalid: without a summary.
    """
    if report.changed_at != seen:
        raise ChangedSinceRead
    if not report.words.get(SUMMARY):
        message = _("Write the summary first. It is what most people read.")
        raise Invalid(message, fields={SUMMARY: [message]})
    report.state = PUBLISH.target
    report.published_at = report.changed_at = moment
    report.save(update_fields=["state", "published_at", "changed_at"])
