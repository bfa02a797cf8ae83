"""Words for full-text search: what is kept of a text, its weighted vector, the query of what somebody typed.

PostgreSQL's ``indonesian`` configuration has stems but no stop list, so words without meaning are dropped
here, on both sides. Names of places are indexed as they are (``simple``) beside the stems. Not here: which rows.
"""

import re
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable, SearchVector
from django.db.models import Value
from django.db.models.expressions import Combinable

from rembuk.common.words.roots import root_of

MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_STOP_WORDS = """
    ada adalah agar akan aku anda antara apa apabila atas atau bagi bahwa banyak beberapa belum berada
    bila bisa boleh bukan dalam dan dapat dari daripada dengan di dia guna hal hanya harus hingga ia ini
    itu jadi jika juga kalau kami kamu karena ke kepada kita lagi lalu lebih maka mana masih mau mereka
    merupakan mohon namun oleh pada para pun saat saja sangat sebab sebagai sebuah secara sedang
    sehingga sejak selalu semua seperti serta sesuai setelah siapa sudah supaya tapi telah tentang
    terhadap tersebut tetapi tiap tidak untuk walau yaitu yakni yang a an and are at for from in is of
    on or the this to was with
"""
_STOP = frozenset(_STOP_WORDS.split())
# Short forms as people write them (measured on real complaints); expanded before indexing and asking.
_SHORT = {
    "pju": "penerangan jalan umum",
    "rtlh": "rumah tidak layak huni",
    "tpt": "tembok penahan tanah",
    "rehab": "rehabilitasi",
    "betonisasi": "beton",
    "jut": "jalan usaha tani",
    "ttg": "tentang",
    "dpt": "dapat",
    "hrs": "harus",
    "kpd": "kepada",
    "sblm": "sebelum",
    "stlh": "setelah",
    "bgt": "banget",
    "tlg": "tolong",
    "sm": "sama",
    "bs": "bisa",
    "kmrn": "kemarin",
    "jmbtn": "jembatan",
    "jl": "jalan",
    "jln": "jalan",
    "yg": "yang",
    "utk": "untuk",
    "untk": "untuk",
    "dgn": "dengan",
    "dg": "dengan",
    "sdh": "sudah",
    "udh": "sudah",
    "blm": "belum",
    "tdk": "tidak",
    "gak": "tidak",
    "ga": "tidak",
    "dr": "dari",
    "dlm": "dalam",
    "krn": "karena",
    "karna": "karena",
    "tsb": "tersebut",
    "sy": "saya",
    "bpk": "bapak",
    "jd": "jadi",
    "jgn": "jangan",
    "kel": "kelurahan",
    "kec": "kecamatan",
    "kab": "kabupaten",
    "ds": "desa",
    "dsn": "dusun",
    "kp": "kampung",
    "gg": "gang",
    "thn": "tahun",
    "org": "orang",
    "sklh": "sekolah",
    "pkl": "pukul",
    "lgkp": "lengkap",
    "bgmn": "bagaimana",
    "spy": "supaya",
    "trs": "terus",
    "skrg": "sekarang",
    "skr": "sekarang",
    "msh": "masih",
    "byk": "banyak",
    "pd": "pada",
    "lg": "lagi",
}


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, short forms written out, stop words gone unless nothing is left."""
    words = [root_of(word) for word in written_out(text)]
    return [word for word in words if not is_stop_word(word)] or words


def written_out(text: str) -> list[str]:
    """The words of a text in lower case as they stand, short forms written out."""
    return [word for short in _WORD.findall(text.lower()) for word in _SHORT.get(short, short).split()]


def is_stop_word(word: str) -> bool:
    """Whether a word says nothing by itself."""
    return word in _STOP


def vector(*, title: str, names: str = "", body: str = "") -> Combinable:
    """The weighted vector of a row: title and names of places as written, stems of title (A) and body (C)."""
    return (
        SearchVector(Value(_indexed(title)), config="indonesian", weight="A")
        + SearchVector(Value(f"{_indexed(title)} {_indexed(names)}"), config="simple", weight="A")
        + SearchVector(Value(_indexed(body)), config="indonesian", weight="C")
    )


def query(text: str) -> SearchQueryCombinable | None:
    """What somebody typed as a query: every word, as a stem or as written; ``None`` when no word is in it."""
    words = words_of(text)[:MOST_WORDS]
    if not words:
        return None
    return reduce(and_, [_either(word) for word in words])


def _either(word: str) -> SearchQueryCombinable:
    return reduce(
        or_, [SearchQuery(word, config=config, search_type="plain") for config in ("indonesian", "simple")]
    )


def _indexed(text: str) -> str:
    return " ".join(words_of(text))
