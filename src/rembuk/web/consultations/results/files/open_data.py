"""Open data of a consultation: every point that was said, with its official answer, without names.

One line for each part of a submission: the whole, a clause, a question, a point cut out by the office. Of a text
that is not shown there is the reason, and the answers it got. Where a name is hidden, the number, the day of receipt
and the place are left out too, and the lines of one submission follow those of another in an order drawn by lot,
always the same: it tells nothing of who came after whom. The meaning of the columns: ``dictionary_of``.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.common.text import safe_cell
from rembuk.consultations.choices import RowSource
from rembuk.consultations.matrix.words import Words, parted
from rembuk.consultations.models import Answer, Consultation, MatrixRow, Objection, Remark, Submission
from rembuk.consultations.results.groups import Split
from rembuk.consultations.results.rows import clause_labels
from rembuk.consultations.selectors.heard import counted, shows_submissions, shows_totals
from rembuk.consultations.states import RowState
from rembuk.web.components.words import office_words
from rembuk.web.consultations.results.charts import values_of
from rembuk.web.consultations.results.files.pieces import Said, read
from rembuk.web.consultations.results.files.taking import Taking
from rembuk.web.consultations.results.matrix import hidden_words
from rembuk.web.consultations.results.names import group_names
from rembuk.web.sheets.files import BOM, Echo
from rembuk.web.sheets.workbook import plain

type Line = dict[str, Any]

LICENCE = "CC-BY-4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
# Name and meaning of each column; the names are stable and the same in every language.
COLUMNS = {
    "uji_publik": gettext_lazy("Code of the consultation"),
    "masukan": gettext_lazy("Number of the submission; empty where the participant's name is hidden"),
    "diterima": gettext_lazy("Date of receipt; empty where the participant's name is hidden"),
    "kanal": gettext_lazy("By which way it came: web, letter, meeting, call, visit, email"),
    "jenis_peserta": gettext_lazy("Kind of participant: person, group, business, organisation"),
    "terdampak": gettext_lazy(
        "Directly affected (1) or not (0); empty where the participant's name is hidden"
    ),
    "wilayah": gettext_lazy("Regency or city; empty where the participant's name is hidden"),
    "bagian": gettext_lazy("What the line holds: overall, remark, answer, cut, not_shown"),
    "butir_nomor": gettext_lazy("Number of the clause in the addresses of this site"),
    "butir": gettext_lazy("Label of the clause"),
    "pertanyaan_nomor": gettext_lazy("Number of the question"),
    "pertanyaan": gettext_lazy("The question"),
    "sikap": gettext_lazy("Stance: agree, with_notes, disagree"),
    "sikap_butir": gettext_lazy("Stance on the clause the line is about: agree, with_notes, disagree"),
    "kutipan": gettext_lazy("Passage of the clause that is quoted"),
    "isi": gettext_lazy("What was said, without the passage"),
    "usulan_rumusan": gettext_lazy("Suggested wording of the clause"),
    "pilihan": gettext_lazy("Chosen answers, separated by semicolons"),
    "skala": gettext_lazy("Number chosen on a scale"),
    "tanggapan": gettext_lazy(
        "Official answer: accepted, partly, rejected, already, outside; empty while there is none"
    ),
    "alasan": gettext_lazy("Public reason of the answer"),
    "perubahan": gettext_lazy("What changed in the text"),
    "dijawab_oleh": gettext_lazy("Office that answers"),
    "dijawab_pada": gettext_lazy("Date of the answer"),
    "tanggapan_keberatan": gettext_lazy(
        "After the participant's objection: the new official answer beside the first, or confirmed"
    ),
    "alasan_keberatan": gettext_lazy("Public reason of the decision on the objection"),
    "dijawab_keberatan_pada": gettext_lazy("Date of the decision on the objection"),
    "keterangan": gettext_lazy("Why a text is not shown"),
}


def is_available(taking: Taking) -> bool:
    """Whether the public sees submissions and totals now; before, the file has its head alone."""
    found = taking.consultation
    return shows_submissions(found, taking.at) and shows_totals(found, taking.at)


def csv_lines(taking: Taking) -> Iterator[str]:
    """The file piece by piece: head, then every line, each cell safe in a spreadsheet."""
    writer = csv.DictWriter(Echo(), fieldnames=list(COLUMNS))
    yield BOM
    yield writer.writeheader()
    for line in lines(taking):
        yield writer.writerow({name: _cell(value) for name, value in line.items()})


def lines(taking: Taking) -> Iterator[Line]:
    """Every line, submission by submission, in no order of receipt; none while submissions or totals are not shown."""
    if not is_available(taking):
        return
    labels = clause_labels(taking.consultation)
    names = _regions(taking.consultation)
    for said in read(taking):
        head = _head(taking, said.submission, names)
        if not taking.reads(said.submission):
            hidden = {**head, "bagian": "not_shown", "keterangan": hidden_words(said.submission)}
            rows: Sequence[MatrixRow | None] = said.rows or [None]
            yield from ({**hidden, **_answer(taking, said, row)} for row in rows)
            continue
        for part, row in _parts(said, labels):
            yield {**head, **part, **_answer(taking, said, row)}


def dictionary_of(taking: Taking) -> dict[str, Any]:
    """Metadata beside the file (Perpres 39/2019): producer, licence, period, columns, what is left out."""
    found = taking.consultation
    return {
        "title": found.title,
        "code": found.code,
        "producer": found.unit.name,
        "contact": found.contact,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "period": {"from": found.opens_at, "until": found.closes_at, "zone": found.zone},
        "made_at": taking.at,
        "is_available": is_available(taking),
        "available_from": found.opens_at if _shows_at_once(found) else found.closes_at,
        "left_out": _("Names of participants; texts that are not shown (a line says so, with the reason)."),
        "columns": [{"name": name, "meaning": str(meaning)} for name, meaning in COLUMNS.items()],
    }


def _shows_at_once(found: Consultation) -> bool:
    return found.submissions_shown == found.totals_shown == "at_once"


def _regions(consultation: Consultation) -> dict[str, str]:
    codes = counted(consultation).filter(region__isnull=False).values_list("region", flat=True).distinct()
    return group_names(Split.REGENCY, {_regency(code) for code in codes})


def _regency(code: str) -> str:
    return ".".join(code.split(".")[:2])


def _head(taking: Taking, said: Submission, names: Mapping[str, str]) -> Line:
    head: Line = {
        "uji_publik": taking.consultation.code,
        "masukan": taking.number(said),
        "diterima": taking.received(said),
    }
    if not taking.reads(said):
        return head
    head |= {"kanal": said.channel, "jenis_peserta": said.participant_kind}
    if taking.places(said):
        head["terdampak"] = int(said.is_affected)
        head["wilayah"] = names.get(_regency(said.region_id), "") if said.region_id else ""
    return head


def _parts(said: Said, labels: Mapping[int, str]) -> Iterator[tuple[Line, MatrixRow | None]]:
    """The parts of a submission, each with the row of the matrix that answers it."""
    by_remark = {row.remark_id: row for row in said.rows if row.source == RowSource.REMARK}
    by_question = {row.question_id: row for row in said.rows if row.source == RowSource.ANSWER}
    whole = next((row for row in said.rows if row.source == RowSource.OVERALL), None)
    stance, reason = said.submission.stance, said.submission.reason
    if stance or reason or whole:
        yield {"bagian": "overall", "sikap": stance, "isi": reason}, whole
    for remark in said.remarks:
        yield _remark(remark, labels), by_remark.get(remark.pk)
    for answer in said.answers:
        yield _given(answer), by_question.get(answer.question_id)
    for row in said.rows:
        if row.source == RowSource.CUT:
            clause = (
                {"butir_nomor": row.clause.number, "butir": labels.get(row.clause.pk)} if row.clause else {}
            )
            stance = row.remark.stance if row.remark else ""
            words = parted(row.text) if row.remark else Words("", row.text)
            said_words = {"kutipan": words.passage, "isi": words.rest}
            yield {"bagian": "cut", "sikap_butir": stance, **said_words, **clause}, row


def _remark(remark: Remark, labels: Mapping[int, str]) -> Line:
    return {
        "bagian": "remark",
        "butir_nomor": remark.clause.number,
        "butir": labels.get(remark.clause_id, ""),
        "sikap": remark.stance,
        "sikap_butir": remark.stance,
        "kutipan": remark.quote,
        "isi": remark.comment,
        "usulan_rumusan": remark.suggestion,
    }


def _given(answer: Answer) -> Line:
    words = dict(values_of(answer.question))
    return {
        "bagian": "answer",
        "pertanyaan_nomor": answer.question.number,
        "pertanyaan": answer.question.text,
        "pilihan": "; ".join(words.get(value, str(value)) for value in answer.choices),
        "skala": answer.number,
        "isi": answer.text,
    }


def _answer(taking: Taking, said: Said, row: MatrixRow | None) -> Line:
    if row is None or row.state != RowState.PUBLISHED:
        return {}
    return {
        "tanggapan": row.verdict,
        "alasan": row.reason,
        "perubahan": row.change,
        "dijawab_oleh": office_words(row.office or row.unit, row.standing),
        "dijawab_pada": taking.day(row.published_at),
        **_later(taking, said.again.get(row.pk)),
    }


def _later(taking: Taking, again: Objection | None) -> Line:
    """What an objection led to, beside the first answer."""
    if again is None:
        return {}
    return {
        "tanggapan_keberatan": again.verdict or "confirmed",
        "alasan_keberatan": again.explanation,
        "dijawab_keberatan_pada": taking.day(again.decided_at),
    }


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return safe_cell(plain(value)) if isinstance(value, str) else str(value)
