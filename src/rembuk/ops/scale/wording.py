"""Texts of a made-up site: Indonesian sentences that differ enough for search and likeness to have real work."""

from rembuk.ops.scale.drawing import Draw

_ACTS = (
    "Perbaikan",
    "Pembangunan",
    "Pelebaran",
    "Pembersihan",
    "Pengadaan",
    "Penambahan",
    "Pemeliharaan",
    "Penataan",
)
_THINGS = (
    "jalan desa", "jembatan gantung", "saluran air", "lampu jalan", "gedung posyandu", "ruang kelas", "pasar desa",
    "taman bacaan", "jaringan air bersih", "tempat sampah terpilah", "halte angkutan", "lapangan olahraga", "irigasi tersier",
    "trotoar sekolah", "puskesmas pembantu", "bank sampah", "rambu penyeberangan", "tembok penahan tanah", "embung",
    "akses kursi roda", "sumur bor", "kandang komunal", "jalan usaha tani", "internet balai desa", "pelatihan jahit",
    "bibit kopi", "ambulans desa", "pos ronda", "drainase permukiman", "rumah tidak layak huni",
)  # fmt: skip
_PLACES = (
    "Krajan", "Ngadirejo", "Sumberejo", "Kalisari", "Wonosari", "Tegalrejo", "Karanganyar", "Purwosari", "Banjarsari",
    "Mekarsari", "Sidomulyo", "Margosari", "Sukamaju", "Cibeureum", "Pasirjaya", "Lembur Sawah", "Gunungsari", "Kedungrejo",
    "Randusari", "Jatimulyo", "Tanjungsari", "Bojongsari", "Karangtengah", "Sambirejo", "Ringinanom", "Watukumpul",
)  # fmt: skip
_WHY = (
    "Setiap musim hujan air meluap sampai ke halaman rumah warga dan anak-anak tidak bisa berangkat sekolah.",
    "Sudah tiga tahun kondisinya rusak dan belum pernah diperbaiki walaupun sering disampaikan dalam rapat dusun.",
    "Ibu hamil dan warga lanjut usia kesulitan mencapai puskesmas karena jaraknya jauh dan tidak ada angkutan.",
    "Pada malam hari gelap sekali sehingga beberapa kali terjadi kecelakaan di tikungan dekat balai desa.",
    "Petani harus menunggu giliran air sampai dua minggu dan sebagian tanaman padi mengering sebelum panen.",
    "Sampah menumpuk di tepi sungai karena tidak ada tempat pembuangan sementara di lingkungan kami.",
    "Kelompok pemuda siap ikut bekerja bakti dan merawat hasilnya bila bahan disediakan pemerintah.",
    "Hampir dua ratus keluarga setiap hari melewatinya untuk bekerja, belajar, dan berdagang.",
    "Kami sudah mengukur panjangnya bersama ketua RT, kurang lebih empat ratus meter.",
    "Warga pengguna kursi roda selama ini terpaksa turun ke badan jalan yang ramai kendaraan.",
)
_SAYINGS = (
    "Setuju, kami di sebelah utara juga merasakannya.", "Mohon diprioritaskan tahun depan.", "Apakah sudah diukur panjangnya?",
    "Di tempat kami sudah dibangun dan hasilnya baik.", "Anggarannya berapa dan dari mana?", "Saya siap membantu kerja bakti.",
    "Tolong perhatikan juga saluran di sampingnya.", "Kondisi terakhir kemarin sore makin parah.",
    "Sebaiknya dimulai dari ujung dekat sekolah.", "Terima kasih, semoga segera ditindaklanjuti.",
)  # fmt: skip
_NAMES = (
    "Sari",
    "Budi",
    "Wulan",
    "Agus",
    "Dewi",
    "Joko",
    "Rina",
    "Slamet",
    "Ayu",
    "Hendra",
    "Tuti",
    "Bagas",
    "Lestari",
    "Putra",
)


def place(draw: Draw) -> str:
    """A hamlet with its neighbourhood."""
    return f"Dusun {draw.choice(_PLACES)} RT {draw.randrange(1, 25):02}"


def title(draw: Draw, where: str) -> str:
    """What a proposal or a programme is called."""
    return f"{draw.choice(_ACTS)} {draw.choice(_THINGS)} di {where}"


def body(draw: Draw, sentences: int = 5) -> str:
    """Some paragraphs of reasons."""
    chosen = draw.sample(_WHY, min(sentences, len(_WHY)))
    middle = len(chosen) // 2
    return " ".join(chosen[:middle]) + "\n\n" + " ".join(chosen[middle:])


def saying(draw: Draw) -> str:
    """A comment."""
    return f"{draw.choice(_SAYINGS)} {draw.choice(_WHY) if draw.random() < 0.4 else ''}".strip()


def person(draw: Draw, number: int) -> str:
    """A name; the number keeps people apart."""
    return f"{draw.choice(_NAMES)} {draw.choice(_NAMES)} {number}"
