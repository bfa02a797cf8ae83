"""What an officer enters, put together from its forms: the entry, its remarks, its answers; the scan is kept meanwhile.

A scan is stored as soon as it was chosen, so that a fault elsewhere in the form does not lose it; a signed reference
comes back with the form. What nobody refers to in the end is removed with the other orphans.
"""

import uuid
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from typing import Any

from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext as _

from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid
from rembuk.consultations import rules
from rembuk.consultations.actions.enter import Entry, enter_submission
from rembuk.consultations.choices import Channel
from rembuk.consultations.content import Content
from rembuk.consultations.models import Consultation, Submission
from rembuk.consultations.selectors import wording
from rembuk.consultations.writing.comparing import clause_label
from rembuk.files.actions import store_upload
from rembuk.files.models import StoredFile
from rembuk.web.consultations.offline.forms import EntryForm, Remarks
from rembuk.web.consultations.taking.questions import QuestionsForm, name_of

_SALT = "rembuk.web.consultations.offline.scan"
_PREFIX = "butir"


class EntrySheet:
    """The three forms as one. ``previous`` is an entry of the same letter or meeting, whose head is taken over."""

    form_class: type[EntryForm] = EntryForm

    def __init__(
        self,
        consultation: Consultation,
        by: Person,
        data: QueryDict | None = None,
        files: Any = None,
        previous: Submission | None = None,
    ) -> None:
        self.consultation, self.by = consultation, by
        self.kept_scan = ""  # what the hidden field sends back
        self.version = wording.published_version(consultation)
        rows = wording.texts_of(self.version) if self.version else []
        said = self.said()
        named = {row.clause.number: row.full_label or row.heading for row in rows}
        gone = {number: clause_label(None, number) for number in said.remarks if number not in named}
        self.clauses = [*named.items(), *gone.items()]
        initial = {"key": uuid.uuid4(), **(_head_of(previous, by) if previous else {}), **self.initial()}
        self.form = self.form_class(data, files, initial=initial, consultation=consultation)
        remarks = [{"clause": number, **asdict(remark)} for number, remark in said.remarks.items()]
        self.remarks: Any = Remarks(
            data, prefix=_PREFIX, initial=remarks, form_kwargs={"clauses": self.clauses}
        )
        questions = list(consultation.questions.prefetch_related("corrections"))
        for question in questions:
            question.is_required = False  # a letter may leave any question open
        args = () if data is None else (data,)
        self.questions = QuestionsForm(*args, questions=questions, answers=said.answers)
        self.scan = self._scan(data, files)

    def said(self) -> Content:
        """What the forms begin with."""
        return Content()

    def initial(self) -> dict[str, Any]:
        """What the first form begins with besides."""
        return {}

    def is_valid(self) -> bool:
        """Whether all three forms are; faults stand in them."""
        return all([self.form.is_valid(), self.remarks.is_valid(), self.questions.is_valid()])

    def forget_faults(self) -> None:
        """Show what was typed without judging it yet."""
        for form in self._all():
            form.errors.clear()

    def non_field_errors(self) -> list[str]:
        """Faults of no single field; with ``__iter__`` the summary reads all forms as one."""
        return [str(text) for form in self._all() for text in form.non_field_errors()]

    def __iter__(self) -> Iterator[Any]:
        """Every field of every form."""
        return chain.from_iterable(self._all())

    def _all(self) -> list[Any]:
        return [self.form, *self.remarks.forms, self.questions]

    def enter(self) -> Submission | None:
        """The submission that valid forms make; none, with the faults in the forms, when it was refused."""
        kept = self.form.cleaned_data
        entry = Entry(
            key=kept["key"],
            content=self._content(),
            on_behalf_of=kept["on_behalf_of"],
            channel=Channel(kept["channel"]),
            received_on=kept["received_on"],
            scan=self.scan,
        )
        try:
            return self.carry_out(entry)
        except Invalid as fault:
            self._show(fault)
            return None

    def carry_out(self, entry: Entry) -> Submission:
        """Do with the entry what the sheet is for.

        Raises:
            Invalid: as the action does.
        """
        return enter_submission(self.consultation, entry, by=self.by)

    def _content(self) -> Content:
        kept = self.form.cleaned_data
        region = kept["region"]
        return Content(
            stance=kept.get("stance", ""),
            reason=kept["reason"],
            participant_kind=kept["participant_kind"],
            is_affected=kept["is_affected"],
            is_name_masked=kept["is_name_masked"],
            region=region.code if region else "",
            remarks=self.remarks.remarks(self.version.number) if self.version else {},
            answers=self.questions.answers(),
        )

    def _show(self, fault: Invalid) -> None:
        if not fault.fields:
            self.form.add_error(None, str(fault))
        by_clause = {f"clause-{form.cleaned_data.get('clause')}": form for form in self.remarks.forms}
        by_question = {f"question-{q.number}": name_of(q) for q in self.questions.questions}
        for name, texts in fault.fields.items():
            words = [str(text) for text in texts]
            if name in by_clause:
                by_clause[name].add_error("comment", words)
            elif name in by_question:
                self.questions.add_error(by_question[name], words)
            else:
                self.form.add_error(name if name in self.form.fields else None, words)

    def _scan(self, data: QueryDict | None, files: Any) -> StoredFile | None:
        """The file that was just sent, stored; else the one kept from before."""
        found: StoredFile | None
        sent = files.get("scan") if files else None
        if sent:
            try:
                found = store_upload(sent, by=rights.acting(self.by), purpose="scan")
            except Invalid as fault:
                self.form.full_clean()
                self.form.add_error("scan", str(fault))
                return None
        else:
            kept = data.get("kept_scan", "") if data is not None else self.form.initial.get("kept_scan", "")
            found = _read(str(kept), self.by)
        self.kept_scan = _written(found, self.by) if found else ""
        return found


def more_remarks(data: QueryDict) -> QueryDict:
    """What was sent, with room for one more remark."""
    found = data.copy()
    name = f"{_PREFIX}-TOTAL_FORMS"
    count = data.get(name, "")
    found[name] = str(int(count) + 1) if count.isdecimal() and len(count) < 4 else "1"
    return found


def summary_of(made: Submission) -> str:
    """What is said after an entry."""
    return _("%(code)s is entered for %(name)s.") % {"code": made.code, "name": made.on_behalf_of}


def _head_of(previous: Submission, by: Person) -> dict[str, Any]:
    """How and when the entry came; its scan for who may read that, and for who held the paper when she entered it."""
    is_enterer = previous.entered_by_id == by.pk
    has_scan = previous.scan is not None and (is_enterer or rules.may_see_scan(previous, by).ok)
    return {
        "channel": previous.channel,
        "received_on": previous.received_on,
        "region": previous.region.full_name if previous.region else "",
        "kept_scan": _written(previous.scan, by) if previous.scan and has_scan else "",
    }


def _written(scan: StoredFile, by: Person) -> str:
    return signing.dumps([str(scan.public_id), by.pk], salt=_SALT)


def _read(text: str, by: Person) -> StoredFile | None:
    try:
        public_id, person = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return None
    return StoredFile.objects.filter(public_id=public_id).first() if person == by.pk else None
