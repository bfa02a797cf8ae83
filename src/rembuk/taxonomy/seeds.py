"""Reason codes and text templates every site starts with; seeding never overwrites what an administrator changed."""

from rembuk.taxonomy.models import ReasonCode, TextTemplate

_U = ReasonCode.Use
_REJECT, _RETURN, _DUPLICATE, _HIDE, _ANSWER, _REPORT = (
    _U.REJECT,
    _U.RETURN,
    _U.DUPLICATE,
    _U.HIDE,
    _U.ANSWER,
    _U.REPORT,
)

# code, label, English label, uses
REASONS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("tidak-jelas", "Tidak jelas", "Unclear", (_RETURN, _REJECT)),
    ("data-kurang", "Data pendukung kurang", "Supporting data missing", (_RETURN,)),
    ("lokasi-kurang", "Lokasi belum jelas", "Place unclear", (_RETURN,)),
    ("memuat-data-pribadi", "Memuat data pribadi", "Holds personal data", (_RETURN, _REJECT, _HIDE, _REPORT)),
    (
        "pengaduan",
        "Pengaduan, bukan usulan (SP4N-LAPOR!)",
        "A complaint, not a proposal (SP4N-LAPOR!)",
        (_REJECT,),
    ),
    ("bukan-wewenang", "Bukan wewenang instansi ini", "Outside our authority", (_REJECT, _ANSWER)),
    ("ujaran-kebencian", "Mengandung SARA atau ujaran kebencian", "Hate speech", (_REJECT, _HIDE, _REPORT)),
    ("iklan", "Iklan atau spam", "Advertising or spam", (_REJECT, _HIDE, _REPORT)),
    ("tidak-sopan", "Bahasa tidak sopan", "Abusive language", (_RETURN, _REJECT, _HIDE, _REPORT)),
    ("informasi-palsu", "Informasi palsu", "False information", (_REJECT, _HIDE, _REPORT)),
    ("melanggar-hukum", "Bertentangan dengan peraturan", "Against the law", (_REJECT, _HIDE, _ANSWER)),
    ("duplikat", "Duplikat", "Duplicate", (_DUPLICATE,)),
    ("sudah-dikerjakan", "Sudah ada atau sudah dikerjakan", "Exists or done already", (_REJECT, _ANSWER)),
    ("masuk-rencana", "Masuk rencana kerja", "Taken into the work plan", (_ANSWER,)),
    ("anggaran", "Tidak tersedia anggaran", "No budget available", (_ANSWER,)),
    ("tidak-layak-teknis", "Tidak layak teknis", "Technically not feasible", (_ANSWER,)),
    ("status-lahan", "Status lahan belum selesai", "Land status unsettled", (_ANSWER,)),
    ("di-luar-waktu", "Di luar batas waktu perencanaan", "Outside the planning window", (_ANSWER,)),
    ("prioritas-lain", "Prioritas lain didahulukan", "Other priorities come first", (_ANSWER,)),
    ("permintaan-pengusul", "Permintaan pengusul", "Asked for by the author", (_HIDE,)),
    ("lainnya", "Lainnya", "Other", (_RETURN, _REJECT, _HIDE, _ANSWER, _REPORT)),
)

TEMPLATES: tuple[tuple[str, str, str], ...] = (
    (
        "Lokasi perlu dilengkapi",
        _RETURN,
        "Terima kasih atas usulan Anda. Mohon lengkapi lokasinya (dusun atau RT/RW dan patokan terdekat), "
        "agar satuan kerja dapat meninjau tempatnya. Setelah diperbaiki, kirim kembali usulan ini.",
    ),
    (
        "Hapus data pribadi",
        _RETURN,
        "Usulan Anda memuat data pribadi (misalnya nomor telepon atau NIK). Mohon hapus data tersebut demi "
        "keamanan Anda, lalu kirim kembali usulan ini.",
    ),
    (
        "Arahkan ke SP4N-LAPOR!",
        _REJECT,
        "Isi kiriman ini adalah pengaduan atas layanan, bukan usulan kegiatan. Sampaikan melalui SP4N-LAPOR! "
        "(lapor.go.id atau SMS 1708) agar dapat ditindaklanjuti oleh petugas yang berwenang.",
    ),
    (
        "Ditampung untuk perencanaan tahun berikut",
        _ANSWER,
        "Usulan ini layak, tetapi rencana kerja tahun berjalan sudah ditetapkan. Kami menampungnya untuk dibahas "
        "dalam penyusunan rencana kerja tahun berikutnya.",
    ),
    (
        "Di luar wewenang",
        _ANSWER,
        "Setelah ditelaah, kegiatan yang diusulkan berada di luar wewenang instansi ini. Kami meneruskannya kepada "
        "instansi yang berwenang dan mencantumkan tujuannya di halaman usulan ini.",
    ),
)


def seed_reasons() -> None:
    """Make the reason codes and templates that are missing."""
    for position, (code, label, label_en, uses) in enumerate(REASONS):
        ReasonCode.objects.get_or_create(
            code=code,
            defaults={"label": label, "label_en": label_en, "uses": list(uses), "position": position},
        )
    if not TextTemplate.objects.exists():
        TextTemplate.objects.bulk_create(
            TextTemplate(title=t, use=use, body=body) for t, use, body in TEMPLATES
        )
