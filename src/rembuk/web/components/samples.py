"""Sample input for every component, in Indonesian, as a busy kabupaten would show it.

Invented people and places only. The test of the components page renders all of it; a component without a sample
here is not finished.
"""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.utils.safestring import mark_safe

NOW = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
type Row = dict[str, Any]


class SampleForm(forms.Form):
    """One field of every kind, bound with faults so that the error summary shows."""

    judul = forms.CharField(
        label="Judul usulan", min_length=10, max_length=150, help_text="Sebut apa dan di mana, dalam satu kalimat."
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
        choices=[("orang", "Perorangan"), ("kelompok", "Kelompok warga"), ("lembaga", "Organisasi kemasyarakatan")],
        widget=forms.RadioSelect,
    )
    tanggal = forms.DateField(label="Tanggal musyawarah", required=False, widget=forms.DateInput({"type": "date"}))
    samar = forms.BooleanField(
        label="Samarkan nama saya dari publik",
        required=False,
        help_text="Petugas tetap dapat melihatnya, dan setiap kali dicatat.",
    )


class SampleUpload(forms.Form):
    """The file field of the upload component."""

    berkas = forms.FileField(label="Lampiran", required=False, help_text="PDF, JPEG, PNG, atau WebP, paling besar 10 MB.")


class SampleFilter(forms.Form):
    """A filter as lists use it."""

    hide_optional = True
    unit = forms.ChoiceField(label="Satuan kerja", required=False, choices=[("", "Semua"), ("pu", "Dinas Pekerjaan Umum")])
    status = forms.MultipleChoiceField(
        label="Status",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("published", "Diterbitkan"), ("reviewing", "Sedang ditelaah"), ("adopted", "Masuk program kerja")],
    )


def _proposals() -> list[Row]:
    return [
        {
            "url": "#1", "code": "USL-2026-000123", "state": "adopted", "date": date(2026, 9, 3), "supports": 1284,
            "title": "Perbaikan jembatan gantung Kali Bening yang menghubungkan dua dusun", "comments": 87,
            "excerpt": "Papan jembatan sudah lapuk dan tiga anak sekolah terperosok bulan lalu. Warga memutar delapan "
            "kilometer bila hujan. Kami mengusulkan penggantian papan dan kabel sebelum musim hujan.",
            "category": "Jalan dan jembatan", "category_url": "#", "place": "Desa Sukamaju, Kec. Bening",
            "unit": "Dinas Pekerjaan Umum", "unit_url": "#",
        },
        {
            "url": "#2", "code": "USL-2026-000131", "state": "reviewing", "date": date(2026, 8, 12), "supports": 342,
            "title": "Lampu jalan di ruas pasar sampai puskesmas", "comments": 19, "overdue": True,
            "excerpt": "Sepanjang 600 meter gelap total sesudah pukul enam petang, padahal puskesmas buka 24 jam.",
            "category": "Penerangan", "place": "Kelurahan Rawasari", "unit": "Dinas Perhubungan",
            "source": "Musrenbang kelurahan",
        },
        {
            "url": "#3", "code": "USL-2026-000140", "state": "deferred", "state_detail": "2027", "comments": 1,
            "date": date(2026, 11, 20), "supports": 58, "title": "Taman baca di balai RW 05", "category": "Pendidikan",
            "excerpt": "Ruang sudah tersedia, yang dibutuhkan rak, buku, dan seorang penjaga sore hari.",
            "place": "Desa Mekarwangi",
        },
    ]  # fmt: skip


def _programs() -> list[Row]:
    names = ("Perencanaan", "Pelaksanaan", "Monitoring dan Evaluasi")
    return [
        {
            "url": "#", "code": "PRG-2026-0012", "title": "Jembatan aman untuk sekolah", "state": "published",
            "summary": "Sebelas jembatan gantung diperbaiki, dimulai dari yang dilewati anak sekolah.", "year": 2026,
            "unit": "Dinas Pekerjaan Umum", "late_days": 12, "proposals": 5, "people": 2140,
            "phases": [{"name": n, "state": s, "leads": s == "active"} for n, s in zip(names, ("done", "active", "upcoming"), strict=True)],
        },
        {
            "url": "#", "code": "PRG-2026-0007", "title": "Air bersih untuk tiga desa di lereng utara", "state": "completed",
            "summary": "Sambungan pipa dari mata air ke 412 rumah.", "unit": "Dinas Perumahan dan Permukiman",
            "proposals": 2, "people": 611, "phases": [{"name": n, "state": "done"} for n in names],
        },
    ]  # fmt: skip


def _phases() -> list[Row]:
    return [
        {"name": "Perencanaan", "state": "done", "planned_start": date(2026, 2, 1), "planned_end": date(2026, 4, 30),
         "actual_start": date(2026, 2, 3), "actual_end": date(2026, 5, 6)},
        {"name": "Pelaksanaan", "state": "active", "leads": True, "planned_start": date(2026, 5, 1), "url": "#",
         "planned_end": date(2026, 11, 12), "first_planned_end": date(2026, 9, 30), "actual_start": date(2026, 5, 18),
         "late_days": 12},
        {"name": "Monitoring dan Evaluasi", "state": "upcoming", "planned_start": date(2026, 11, 15),
         "planned_end": date(2027, 1, 31)},
    ]  # fmt: skip


def _history() -> list[Row]:
    return [
        {"at": NOW, "title": "Masuk program kerja", "tone": "ok", "office": "Dinas Pekerjaan Umum", "current": True,
         "reason": "Jembatan termasuk dalam sebelas lokasi prioritas.", "url": "#", "url_label": "Jembatan aman untuk sekolah"},
        {"at": NOW, "title": "Ditelaah: layak bersyarat", "tone": "info", "actor": "Penelaah",
         "office": "Bidang Bina Marga", "reason": "Perlu izin pemilik lahan di sisi utara."},
        {"at": NOW, "title": "Dikembalikan untuk diperbaiki", "tone": "warn", "actor": "Moderator", "bulk": True,
         "reason": "Mohon sebutkan nama dusun."},
        {"at": NOW, "title": "Dikirim"},
    ]  # fmt: skip


def _comments() -> list[Row]:
    acts = {"reply_url": "#", "report_url": "#", "support_url": "#", "supports": 12}
    return [
        {"anchor": "k1", "depth": 1, "author": "Suharto", "at": NOW, **acts,
         "html": mark_safe("<p>Setuju. Tahun lalu saya sendiri hampir jatuh di situ.</p>")},  # noqa: S308
        {"anchor": "k2", "depth": 2, "author": "Dwi Lestari", "office": "Dinas Pekerjaan Umum", "at": NOW,
         "in_reply_to": "Suharto", "reply_url": "#",
         "html": mark_safe("<p>Terima kasih. Tim kami meninjau lokasi pada hari Kamis.</p>")},  # noqa: S308
        {"anchor": "k3", "depth": 3, "author": "Ibu Wati", "at": NOW, "is_proposer": True, **acts,
         "html": mark_safe("<p>Kami tunggu, Bu. Warga siap kerja bakti.</p>")},  # noqa: S308
        {"anchor": "k4", "depth": 1, "author": "", "at": NOW, "hidden_text": "Komentar ini disembunyikan: memuat data pribadi."},
    ]  # fmt: skip


def _queue() -> list[Row]:
    return [
        {"url": "#", "title": "Perbaikan saluran air di depan SD Negeri 3", "code": "USL-2026-000201", "at": NOW,
         "kind": "Usulan", "author": "Ahmad Fauzi", "unit": "Kelurahan Rawasari", "days_left": -2, "key": "1",
         "excerpt": "Setiap hujan air masuk ke halaman sekolah setinggi mata kaki.", "claimed_by": "Rina"},
        {"url": "#", "title": "Komentar dilaporkan: kata kasar", "code": "USL-2026-000123", "at": NOW, "kind": "Laporan",
         "days_left": 0, "key": "2", "flags": [{"label": "3 laporan", "tone": "warn"}]},
        {"url": "#", "title": "Posyandu keliling untuk dusun atas", "code": "USL-2026-000207", "at": NOW,
         "kind": "Usulan", "author": "Ibu Wati", "days_left": 3, "key": "3", "state_kind": "proposal", "state": "submitted"},
    ]  # fmt: skip


def _table() -> Row:
    return {
        "caption": "Tanggapan per satuan kerja",
        "columns": [
            {"label": "Satuan kerja", "sort_url": "#", "sorted": "ascending"},
            {"label": "Usulan", "kind": "num"}, {"label": "Ditanggapi", "kind": "num"}, {"label": "Lewat batas", "kind": "num"},
        ],
        "rows": [
            [{"value": "Dinas Pekerjaan Umum", "url": "#"}, "412", "380", "6"],
            [{"value": "Dinas Kesehatan", "url": "#"}, "158", "151", "0"],
            [{"value": "Kecamatan Bening", "url": "#"}, "97", "64", "11"],
        ],
    }  # fmt: skip


def _results() -> Row:
    return {
        "ballot": {"supports": 1284, "opposes": 41, "is_open": True, "action_url": "#", "mine": 1},
        "visitor_ballot": {"supports": 342, "opposes": 1, "is_open": True, "login_url": "#", "target": "suara-2", "label": "Dukung, pengunjung"},
        "closed_ballot": {"supports": 58, "opposes": 0, "is_open": False, "closed_text": "Pemungutan suara ditutup.", "target": "suara-3", "label": "Dukung, ditutup"},
        "bars": {
            "title": "Apakah pelaksanaannya berjalan baik di tempat Anda?", "total_text": "412 orang menjawab.",
            "rows": [
                {"label": "Ya", "value": 268, "percent": 65, "tone": "ok"},
                {"label": "Ragu-ragu", "value": 90, "percent": 22, "tone": "warn"},
                {"label": "Tidak", "value": 54, "percent": 13, "tone": "bad"},
            ],
        },
        "figures": {
            "heard": 4193, "considered": 2876, "considered_percent": 69, "considered_days": 18, "explained": 2410,
            "explained_percent": 57, "explained_days": 41, "unreachable": 63, "period": "Sejak 1 Januari 2026",
        },
        "stats": [
            {"value": 17, "label": "menunggu moderasi", "url": "#"}, {"value": 4, "label": "lewat batas", "tone": "bad", "url": "#"},
            {"value": 23, "label": "menunggu telaah", "note": "9 di antaranya minggu ini"}, {"value": 1284, "label": "sudah ditanggapi"},
        ],
    }  # fmt: skip


def _texts() -> Row:
    return {
        "hero": {"title": "Usulan Anda dijawab di depan semua orang", "action_url": "#", "action_label": "Tulis usulan",
                 "text": "Sampaikan apa yang dibutuhkan tempat Anda. Setiap usulan dicatat, ditelaah, dan dijawab dengan alasan yang dapat dibaca siapa saja.",
                 "second_url": "#", "second_label": "Lihat usulan warga"},
        "steps": [
            {"title": "Tulis", "text": "Apa, mengapa, dan di mana. Lima menit cukup."},
            {"title": "Diperiksa", "text": "Moderator menerbitkannya dalam tiga hari kerja."},
            {"title": "Ditelaah", "text": "Satuan kerja yang berwenang menilai kelayakannya."},
            {"title": "Dijawab", "text": "Tanggapan resmi dengan alasan, paling lama 60 hari kerja."},
        ],
        "answer": {"decision": "Masuk program kerja", "tone": "ok", "office": "Dinas Pekerjaan Umum", "at": NOW, "url": "#",
                   "url_label": "Jembatan aman untuk sekolah", "reason": "Sesuai prioritas",
                   "html": mark_safe("<p>Jembatan Kali Bening kami tetapkan sebagai lokasi pertama. Pekerjaan dimulai 18 Mei.</p>")},  # noqa: S308
        "facts": [{"term": "Tempat", "value": "Desa Sukamaju, Kecamatan Bening"}, {"term": "Satuan kerja", "value": "Dinas Pekerjaan Umum", "url": "#"},
                  {"term": "Perkiraan biaya", "value": "Rp150.000.000"}, {"term": "Kosong", "value": ""}],
        "files": [{"url": "#", "name": "foto-jembatan.jpg", "kind": "JPEG", "size": 812_000, "note": "Sisi utara"},
                  {"url": "#", "name": "surat-dukungan-warga.pdf", "kind": "PDF", "size": 2_400_000}],
        "parts": [{"op": "same", "text": "Kami mengusulkan penggantian papan "}, {"op": "del", "text": "jembatan"},
                  {"op": "ins", "text": "dan kabel jembatan"}, {"op": "same", "text": " sebelum musim hujan."}],
        "receipt": {"code": "USL-2026-000123", "title": "Perbaikan jembatan gantung Kali Bening", "at": NOW, "name": "Ibu Wati",
                    "url": "https://rembuk.example.go.id/usulan/USL-2026-000123/",
                    "next": ["Moderator memeriksa dalam tiga hari kerja.", "Anda dikabari lewat surel setiap ada keputusan."]},
        "confirm": {"title": "Terbitkan usulan yang dipilih?", "count_text": "12 usulan akan diterbitkan.", "action_url": "#", "label": "Terbitkan 12 usulan",
                    "text": "Setiap pengusul dikabari. Riwayat publik mencatat bahwa ini diputuskan bersama-sama.", "cancel_url": "#"},
        "bulk": {"action_url": "#", "actions": [{"name": "step", "value": "publish", "label": "Terbitkan"}, {"name": "step", "value": "reject", "label": "Tidak terbitkan", "tone": "bad"}]},
    }  # fmt: skip


def everything() -> Row:
    """Return the context of the components page."""
    form = SampleForm({"judul": "Jalan", "uraian": "", "samar": "on"})
    return {
        **_results(), **_texts(), "proposals": _proposals(), "programs": _programs(), "phases": _phases(), "entries": _history(),
        "comments": _comments(), "rows": _queue(), "table": _table(), "form": form, "filter_form": SampleFilter({"status": ["published"]}),
        "active": [{"label": "Sedang ditelaah", "remove_url": "#"}, {"label": "Kecamatan Bening", "remove_url": "#"}],
        "crumbs": [{"label": "Meja kerja", "url": "/kelola/"}, {"label": "Komponen", "url": ""}],
        "sample_tabs": [{"label": "Uraian", "url": "#", "current": True}, {"label": "Komentar", "url": "#", "count": 87}, {"label": "Riwayat", "url": "#"}],
        "upload": {"field": SampleUpload()["berkas"], "url": "#", "items": [{"id": "1", "name": "foto-jembatan.jpg", "size": 812_000, "remove_url": "#"}]},
        "clocks": [-2, 0, 1, 3], "amount": 1_234_567_890, "now": NOW, "tones": ["ok", "info", "warn", "bad", "mute", "done"],
    }  # fmt: skip
