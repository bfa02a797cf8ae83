"""How a consultation is answered: a new version of the text, the matrix, groups, objection, result, conclusion."""

from datetime import datetime, timedelta
from functools import partial

from django.db.models import Q

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.consultations.actions import concluding, objecting, versions
from rembuk.consultations.actions.answering.deciding import propose_answer
from rembuk.consultations.actions.answering.drafting import AnswerText
from rembuk.consultations.actions.answering.publishing import publish_answers
from rembuk.consultations.actions.grouping import editing
from rembuk.consultations.models import ClauseText, MatrixRow, Objection
from rembuk.ops.demo.content import Entry
from rembuk.ops.demo.plays.consulting import Consulting
from rembuk.ops.demo.schedule import Act, Schedule

_PROPOSED_BEFORE = 2
_AFTER = timedelta(minutes=3)


class Replying:
    """The answers to one consultation of the texts."""

    def __init__(self, course: Consulting) -> None:
        self.course = course
        self.entry = course.entry
        self.key = course.key

    def plan(self, plan: Schedule) -> None:
        """Plan every deed after closing."""
        if "revision" in self.entry:
            row = self.entry["revision"]
            self._add(plan, row["ago"], "revision", partial(self._revise, row))
        for number, row in enumerate(self.entry.get("answer", []), start=1):
            self._plan_answer(plan, number, row)
        for row in self.entry.get("objection", []):
            self._plan_objection(plan, row)
        if "result" in self.entry:
            row = self.entry["result"]
            self._add(plan, row["ago"], "result", partial(self._publish_result, row))
            self._add(plan, row["concluded"], "conclude", self._conclude)

    @property
    def manager(self) -> Person:
        """Who answers first."""
        return self.course.manager

    def _add(self, plan: Schedule, ago: int, what: str, act: Act) -> None:
        at = self.course.world.calendar.moment(ago, f"{self.key} {what}", office=True)
        plan.add(at, act, f"{self.key}: {what}")

    def _revise(self, row: Entry, at: datetime) -> None:
        source = self.entry["text"]
        for old, new in row["replace"]:
            if old not in source:
                raise LookupError(old)
            source = source.replace(old, new)
        version = self.course.write_text(source, at)
        doubtful = ClauseText.objects.filter(version=version, is_doubtful=True).select_related("clause")
        if decided := {text.position: text.clause.number for text in doubtful}:
            versions.confirm_matches(version, decided, by=self.manager, at=at)
        versions.publish_version(version, by=self.manager, note=row["note"], at=at + _AFTER)

    def _plan_answer(self, plan: Schedule, number: int, row: Entry) -> None:
        published = row.get("published")
        proposed = row["proposed"] if published is None else published + _PROPOSED_BEFORE
        self._add(plan, proposed, f"answer {number}", partial(self._propose, row))
        if published is not None:
            self._add(plan, published, f"published {number}", partial(self._publish, row))

    def _rows(self, row: Entry) -> list[MatrixRow]:
        """The rows an answer is for: one point of a submission, or the like points of several."""
        points = row.get("points") or [[row["submission"], row.get("row", 1)]]
        wanted = Q()
        for submission, number in points:
            wanted |= Q(submission=self.course.sent[submission], number=number)
        return list(MatrixRow.objects.filter(wanted).order_by("pk"))

    def _propose(self, row: Entry, at: datetime) -> None:
        rows = self._rows(row)
        if "group" in row:
            rows = self._group(row["group"], rows, at)
        changed = self.course.clause(row["changed"]) if "changed" in row else None
        answer = AnswerText(
            verdict=row["verdict"],
            reason=row["reason"],
            change=row.get("change", ""),
            clause=changed.clause if changed else None,
            version=changed.version if changed else None,
        )
        propose_answer(rows, answer=answer, by=self.manager, at=at)

    def _group(self, title: str, rows: list[MatrixRow], at: datetime) -> list[MatrixRow]:
        """Rows put together and confirmed to say the same."""
        group = editing.create_group(rows, by=self.manager, title=title, at=at - _AFTER)
        editing.confirm_group(group, rows, by=self.manager, at=at - _AFTER)
        return rows

    def _publish(self, row: Entry, at: datetime) -> None:
        publish_answers(self._rows(row), by=self.manager, at=at)

    def _plan_objection(self, plan: Schedule, row: Entry) -> None:
        self._add(plan, row["ago"], "objection", partial(self._object, row))
        if "decided" in row:
            self._add(plan, row["decided"], "second decision", partial(self._decide, row))

    def _object(self, row: Entry, at: datetime) -> None:
        (point,) = self._rows(row)
        author = self.course.submission(row["submission"]).author
        assert author is not None
        objecting.object_to_answer(point, text=row["text"], by=author, at=at)

    def _decide(self, row: Entry, at: datetime) -> None:
        objection = Objection.objects.get(submission=self.course.sent[row["submission"]])
        second = self.course.world.officer(
            izin.CONSULTATION_ANSWER, self.course.unit, barred={self.manager.pk}
        )
        objecting.decide_objection(
            objection, verdict=row["verdict"], explanation=row["answer"], by=second, at=at
        )

    def _publish_result(self, row: Entry, at: datetime) -> None:
        concluding.publish_result(self.course.consultation, body=row["text"].strip(), by=self.manager, at=at)

    def _conclude(self, at: datetime) -> None:
        concluding.conclude_consultation(self.course.consultation, by=self.manager, at=at)
