"""Sample input for every component, in Indonesian, as a busy kabupaten would show it.

The data stand in samples.json beside this file (invented people and places); here are the forms and the
reading of the data. The test of the components page renders all of it.
"""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django import forms
from django.utils.safestring import mark_safe

from rembuk.web.components.formats import percent
from rembuk.web.components.suggesting import SuggestingInput
from rembuk.web.desk.unit_input import UnitInput

DATA = Path(__file__).with_name("samples.json")


class SampleForm(forms.Form):
    """One field of every kind, bound with faults so that the error summary shows."""

    judul = forms.CharField(
        label="Judul usulan",
        min_length=10,
        max_length=150,
        help_text="Sebut apa dan di mana, dalam satu kalimat.",
    )
    uraian = forms.CharField(
        label="Apa dan mengapa",
        max_length=10000,
        widget=forms.Textarea,
        help_text="Ceritakan keadaan sekarang, siapa yang merasakannya, dan apa yang Anda usulkan.",
    )
    kategori = forms.ChoiceField(
        label="Kategori", choices=[("", "Pilih satu"), ("jalan", "Jalan dan jembatan"), ("air", "Air bersih")]
    )
    biaya = forms.CharField(label="Perkiraan biaya", required=False, help_text="Contoh: 150 juta")
    peserta = forms.ChoiceField(
        label="Anda mengusulkan sebagai",
        choices=[("orang", "Perorangan"), ("kelompok", "Kelompok warga"), ("lembaga", "Organisasi")],
        widget=forms.RadioSelect,
    )
    tanggal = forms.DateField(
        label="Tanggal musyawarah", required=False, widget=forms.DateInput({"type": "date"})
    )
    dusun = forms.CharField(
        label="Dusun", required=False, widget=SuggestingInput, help_text="Ketik beberapa huruf."
    )
    satuan = forms.CharField(label="Satuan kerja", required=False, widget=UnitInput)
    samar = forms.BooleanField(
        label="Samarkan nama saya dari publik",
        required=False,
        help_text="Petugas tetap dapat melihatnya, dan setiap kali dicatat.",
    )


class SampleUpload(forms.Form):
    """The file field of the upload component."""

    berkas = forms.FileField(
        label="Lampiran", required=False, help_text="PDF, JPEG, PNG, atau WebP, paling besar 10 MB."
    )


class SampleFilter(forms.Form):
    """A filter as lists use it."""

    hide_optional = True
    unit = forms.ChoiceField(
        label="Satuan kerja", required=False, choices=[("", "Semua"), ("pu", "Dinas Pekerjaan Umum")]
    )
    status = forms.MultipleChoiceField(
        label="Status",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("published", "Diterbitkan"), ("reviewing", "Sedang ditelaah")],
    )


def _read(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Turn ISO texts into dates and instants, and stored HTML into safe text, as pages hand them over."""
    row = dict(pairs)
    for key, value in row.items():
        if key == "html":
            row[key] = mark_safe(value)  # noqa: S308 - our own samples
        elif isinstance(value, str) and value[:2] == "20" and value[4:5] == "-":
            row[key] = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return row


_PLAN: list[dict[str, Any]] = [
    {
        "label": "Pelaksanaan",
        "planned": (date(2027, 2, 1), date(2027, 8, 31)),
        "first": (date(2027, 2, 1), date(2027, 7, 15)),
        "actual": (date(2027, 2, 15), None),
        "state": "Berjalan",
    },
    {
        "label": "Pondasi jembatan",
        "depth": 1,
        "planned": (date(2027, 2, 1), date(2027, 4, 30)),
        "actual": (date(2027, 2, 15), date(2027, 5, 10)),
        "state": "Selesai",
    },
    {
        "label": "Rangka dan lantai",
        "depth": 1,
        "planned": (date(2027, 5, 1), date(2027, 8, 31)),
        "state": "Direncanakan",
    },
]


def _curve() -> dict[str, Any]:
    """A programme that is behind."""
    values = {"first": (0, 20, 60, 100, 100), "plan": (0, 10, 40, 75, 100), "actual": (0, 10, 25, None, None)}
    labels = {"first": "Rencana awal", "plan": "Rencana kini", "actual": "Nyata"}
    return {
        "id": "contoh-kurva",
        "title": "Kurva S kemajuan",
        "words": "Pada 20 Mei 2027 rencana 40%, nyata 25%: 15 poin di belakang rencana.",
        "days": [date(2027, month, 20) for month in (1, 3, 5, 7, 8)],
        "series": [
            {
                "label": labels[look],
                "look": look,
                "values": [None if value is None else Decimal(value) for value in row],
            }
            for look, row in values.items()
        ],
        "write": percent,
        "today": date(2027, 5, 20),
    }


def everything() -> dict[str, Any]:
    """Return the context of the components page."""
    data: dict[str, Any] = json.loads(DATA.read_text("utf-8"), object_pairs_hook=_read)
    item = {"id": "1", "name": "foto-jembatan.jpg", "size": 812_000, "remove_url": "#"}
    form = SampleForm({"judul": "Jalan", "uraian": "", "samar": "on"})
    form.fields["dusun"].widget.options = ["Dusun Krajan", "Dusun Ngabean", "Dusun Wonosari"]
    return data | {
        "form": form,
        "filter_form": SampleFilter({"status": ["published"]}),
        "upload": {"field": SampleUpload()["berkas"], "url": "#", "items": [item]},
        "progress_curve": _curve(),
        "plan_chart": {"title": "Jadwal fase dan tonggak", "today": date(2027, 5, 20), "rows": _PLAN},
        "clocks": [-2, 0, 1, 3],
        "tones": ["ok", "info", "warn", "bad", "mute", "done"],
    }
