"""What drafts say and leave out, from figures written by hand."""

from typing import Any

import pytest

from rembuk.common.text import render_staff
from rembuk.reports.accountability import words as accountability
from rembuk.reports.evaluation import words as evaluation
from rembuk.reports.wording import bullets, count, decimal, percent, plain, sentences


def programme(**fields: Any) -> dict[str, Any]:
    """A programme on its plan, without layers."""
    phase = {"number": 1, "name": "Perencanaan", "state": "done", "days_late": 0, "days_late_first": 0}
    return {
        "today": "2026-11-24",
        "program": {
            "title": "Jalan *desa*",
            "unit": "Dinas PU",
            "year": 2026,
            "state": "published",
        },
        "time": {
            "days_late": 0,
            "days_late_first": 0,
            "progress": None,
            "deviation": None,
            "revisions": [],
            "phases": [phase, {**phase, "number": 2, "state": "active"}],
        },
        "milestones": [],
        "money": None,
        "indicators": [],
        "voices": {"proposals": 0, "people": 0, "comments": 0, "answers": []},
        "consultations": [],
        "ratings": [],
        **fields,
    }


def indicator(*periods: tuple[str, str, str | None, str | None], achievement: str | None) -> dict[str, Any]:
    rows = [
        {"name": name, "ends_on": on, "target": "10", "actual": actual, "achievement": reached}
        for name, on, actual, reached in periods
    ]
    return {"name": "Panjang jalan", "measure": "km", "achievement": achievement, "periods": rows}


def test_names_of_people_can_not_write_markdown() -> None:
    said = evaluation.drafted(programme())["summary"]
    assert "<em>" not in render_staff(said)
    assert "Jalan *desa*" in render_staff(said)
    assert "1 dari 2 fase selesai." in said
    assert plain("a\n# b [c](d)") == r"a \# b \[c\](d)"


def test_dates_that_are_kept_and_those_that_are_not() -> None:
    kept = evaluation.drafted(programme())["time"]
    assert kept == "Menurut tanggal fase, rencana kini dipenuhi."
    time = programme()["time"] | {"days_late_first": 9, "deviation": {"points": "2.00", "days": 1}}
    said = evaluation.drafted(programme(time=time))["time"]
    assert "Menurut tanggal fase, program kerja ini terlambat 9 hari dari rencana awal." in said
    assert "poin" not in said
    behind = time | {
        "deviation": {"points": "-12.50", "days": -20},
        "revisions": [{"on": "2026-05-01", "reason": "Hujan."}],
    }
    said = evaluation.drafted(programme(time=behind))["time"]
    assert "Menurut tonggak, kemajuan 12,5 poin dan 20 hari di belakang rencana kini." in said
    assert "Rencana direvisi 1 kali." in said


def test_milestones_done_or_waiting_after_their_planned_end_are_told() -> None:
    row = {"title": "Ruas 1", "actual_end": None, "first_end": None, "planned_end": "2026-11-20"}
    row |= {"contradicted": False, "said": {"yes": 0, "partly": 0, "no": 0}}
    rows = [
        row | {"state": "done", "overdue": 15},
        row | {"state": "done", "overdue": 0},
        row | {"state": "planned", "overdue": 4},
        row | {"state": "ongoing", "overdue": 2},
    ]
    said = evaluation.drafted(programme(milestones=rows))["time"]
    assert "1 tonggak selesai lewat dari rencana selesainya, paling lama 15 hari." in said
    assert "2 tonggak lewat dari rencana selesai dan belum selesai, paling lama 4 hari." in said


def test_payments_are_told_with_how_many_have_evidence_attached() -> None:
    money = {"first": None, "pagu": "9.00", "realised": "5.00", "left": "4.00", "absorption": None}
    said = evaluation.drafted(programme(money=money | {"payments": 5, "evidenced": 1}))["money"]
    assert said.endswith("Angka ini berasal dari 5 pembayaran. Bukti dilampirkan pada 1 di antaranya.")
    older = evaluation.drafted(programme(money=money | {"payments": 5}))["money"]
    assert older.endswith("Angka ini berasal dari 5 pembayaran.")


def test_money_without_revision_and_of_a_pagu_of_nothing() -> None:
    money = {
        "first": "500.00",
        "pagu": "500.00",
        "realised": "0.00",
        "left": "500.00",
        "absorption": "0.00",
        "payments": 0,
    }
    said = evaluation.drafted(programme(money=money))["money"]
    assert "Penyerapan 0%." in said
    assert "rencana awal" not in said
    nothing = money | {"first": None, "pagu": "0.00", "left": "0.00", "absorption": None}
    drafted = evaluation.drafted(programme(money=nothing))
    assert "Penyerapan" not in drafted["money"]
    assert "%" not in drafted["summary"]


@pytest.mark.parametrize(
    ("found", "result", "advice"),
    [
        (
            indicator(("2025", "2025-12-31", None, None), achievement=None),
            "- Panjang jalan: belum ada yang dilaporkan.",
            "- Melaporkan nilai “Panjang jalan” yang belum ada.",
        ),
        (
            indicator(("2026", "2026-10-31", "9.5", "95.00"), achievement="95.00"),
            "- Panjang jalan (2026): 9,5 dari 10 km, capaian 95%.",
            "- Mencapai target “Panjang jalan”.",
        ),
        (
            indicator(
                ("2026", "2026-10-31", "12", "120.00"),
                ("2027", "2027-12-31", None, None),
                achievement="120.00",
            ),
            "- Panjang jalan (2026): 12 dari 10 km, capaian 120%.",
            "",
        ),
    ],
)
def test_indicators_are_told_and_what_is_open_is_advised(
    found: dict[str, Any], result: str, advice: str
) -> None:
    drafted = evaluation.drafted(programme(indicators=[found]))
    assert drafted["results"] == result
    assert drafted["advice"] == advice


def test_milestones_done_late_dropped_and_contradicted() -> None:
    base = {
        "first_end": "2026-05-01",
        "planned_end": "2026-06-01",
        "actual_end": None,
        "contradicted": False,
        "overdue": 0,
        "said": {"yes": 0, "partly": 0, "no": 0},
    }
    rows = [
        base | {"title": "Pondasi", "state": "done", "actual_end": "2026-07-30", "contradicted": True},
        base | {"title": "Lantai", "state": "done", "actual_end": "2026-05-01"},
        base | {"title": "Cat", "state": "dropped"},
    ]
    drafted = evaluation.drafted(programme(milestones=rows))
    assert drafted["results"] == "- 2 dari 2 tonggak selesai."
    assert drafted["lessons"].splitlines() == [
        "- “Pondasi” selesai pada 30 Juli 2026; menurut rencana awal 1 Mei 2026.",
        "- Warga membantah bahwa “Pondasi” sudah selesai.",
    ]
    assert "Cat" not in drafted["advice"]
    assert "Memeriksa kembali “Pondasi”" in drafted["advice"]


def test_voices_tell_proposals_and_answers_where_there_are_any() -> None:
    answers = [
        {"phase": "Pelaksanaan", "yes": 4, "unsure": 1, "no": 2},
        {"phase": "Evaluasi", "yes": 0, "unsure": 0, "no": 0},
    ]
    voices = {"proposals": 3, "people": 1200, "comments": 5, "answers": answers}
    said = evaluation.drafted(programme(voices=voices))["voices"]
    assert said.splitlines() == [
        "- Program kerja ini berasal dari 3 usulan; 1.200 orang menulis atau mendukungnya.",
        "- Warga menulis 5 komentar.",
        "- Pertanyaan fase Pelaksanaan: 4 ya, 1 ragu, 2 tidak.",
    ]


def test_accounts_without_absorption_or_overdue_consultations_say_nothing_of_them() -> None:
    data: dict[str, Any] = {
        "unit": "Dinas PU",
        "period": "Tahun 2026",
        "today": "2026-11-24",
        "is_over": True,
        "proposals": {"n": 0, "decisions": {}},
        "answers": {
            "heard": 0,
            "considered": 0,
            "explained": 0,
            "given": 0,
            "late": 0,
            "overdue": 0,
            "days": None,
        },
        "programs": {"n": 0, "by_condition": {}, "late_days": None, "rows": []},
        "money": {"pagu": "0.00", "within": "0.00", "so_far": "0.00", "absorption": None},
        "consultations": {"n": 1, "heard": 0, "considered": 0, "explained": 0, "overdue": 0},
    }
    drafted = accountability.drafted(data)
    assert "Penyerapan" not in drafted["money"]
    assert "batas waktu" not in drafted["consultations"]
    assert drafted["programs"] == "0 program kerja dijalankan secara terbuka."


def test_figures_are_written_as_the_official_language_does() -> None:
    assert count(1234567) == "1.234.567"
    assert decimal("1234.5000") == "1.234,5"
    assert percent("100.00") == "100%"
    assert sentences(["satu.", "", "dua."]) == "Satu. Dua."
    assert bullets(["satu.", ""]) == "- Satu."
