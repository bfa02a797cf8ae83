"""A place as people write it: names and numbers. «Kp. Kawung Luwuk RT 03/02» and «kampung kawungluwuk rt.3 rw.2» are one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

MOST_CHARACTERS, MOST_MENTIONED = 400, 2_000
_SHOUTING = 0.5
# What kind of place it is says nothing: «Kp. Tugu» and «Tugu» are one.
_TYPES = """
    kp kampung kmp dsn dus dusun kedusunan ds des desa kel kelurahan kec kecamatan kab kabupaten jl jln jalan jalanan
    ruas blok gg gang lingkungan lingk ling lembur komplek kompleks perum perumahan wilayah daerah lokasi tersebar
    terletak alamat di dan serta dengan sampai menuju raya no nomor km kode pos telp telepon fax email silahkan pilih
    semua seluruh se sekitar tempat lokal unit volume
"""
_TYPE_WORDS = frozenset(_TYPES.split())
_RANGE = r"\d{1,3}[a-z]?(?:\s*(?:,|&|-|s/d|sd|dan|sampai)\s*(?:rt\.?|rw\.?)?\s*\d{1,3}[a-z]?\b(?!\s*/))*"
_RT_RW = re.compile(rf"\brt\s*[./]*\s*rw\b[\s.:]*(?P<rt>{_RANGE})\s*/\s*(?P<rw>{_RANGE})")
_RT = re.compile(rf"\brt\b[\s.:;]*(?P<rt>{_RANGE})(?:\s*/\s*(?:rw\b[\s.]*)?(?P<rw>{_RANGE}))?")
_RW = re.compile(rf"\brw\b[\s.:;]*(?P<rw>{_RANGE})")
_BARE = re.compile(r"(?<![\d/])(?P<rt>\d{1,3})\s*/\s*(?P<rw>\d{1,3})(?![\d/])")
_GLUED = re.compile(r"\b(rt|rw|kp|jl|jln|ds|dsn)(?=\d)|\b(kp|jln?)\.(?=\w)")
_ROMAN = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
}
_WORD = re.compile(r"[^\W\d_]+(?:['’`-][^\W\d_]+)*|\d+[a-z]?|[,;.&/()+-]")
_MENTION = re.compile(
    r"\b(?i:kp|kampung|dusun|dsn|jl|jln|jalan|gang|gg|blok|rt|rw|sdn?|smpn?|pasar|jembatan|masjid|sungai|komplek|perumahan)\b\.?"
    r"\s*(?:[A-Z][\w'-]*|\d+(?:\s*/\s*\d+)?)(?:\s+(?:[A-Z][\w'-]*|\d+(?:\s*/\s*\d+)?)\.?)*"
)
_DOUBLE = re.compile(r"(.)\1+")
_SCHOOLS = {
    "sdn": "sd",
    "smpn": "smp",
    "sman": "sma",
    "smkn": "smk",
    "negeri": "",
    "lapang": "lapangan",
    "mesjid": "masjid",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place: names in a plain spelling and numbers (``rt5``, ``rw2``, ``3`` for «SDN 3»). Empty where nothing was written."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of it."""
        return not self.names and not self.numbers


NOWHERE = Place()


def place_of(text: str, around: Iterable[str] = ()) -> Place:
    """The place a line names. ``around``: the names of village and district, which say something only where nothing else does."""
    plain = _GLUED.sub(lambda found: f"{found[1] or found[2]} ", text[:MOST_CHARACTERS].lower())
    numbers: set[str] = set()
    for pattern in (_RT_RW, _RT, _RW, _BARE):
        plain = pattern.sub(lambda found: _taken(found, numbers), plain)
    names, others = _names(plain)
    known = {_spelled(name) for name in around}
    own = names - known
    whole = {"*"} if names & known or not own else set()
    has_any = bool(names or others or numbers or _says_all(plain))
    return Place(tuple(sorted(own or whole)), tuple(sorted(numbers | others))) if has_any else NOWHERE


def place_in(text: str, around: Iterable[str] = ()) -> Place:
    """The place a text speaks of where no line names it: what stands after «Jalan», «Kp.», «RT», with capitals or numbers."""
    letters = [letter for letter in text if letter.isalpha()]
    if not letters or sum(letter.isupper() for letter in letters) > _SHOUTING * len(letters):
        return NOWHERE
    return place_of(" ; ".join(found[0] for found in _MENTION.finditer(text[:MOST_MENTIONED])), around)


def _says_all(plain: str) -> bool:
    return bool(re.search(r"\b(?:semua|seluruh|desa|kelurahan|sedesa)\b", plain))


def _taken(found: re.Match[str], numbers: set[str]) -> str:
    for kind in ("rt", "rw"):
        values = found.groupdict().get(kind)
        if values:
            numbers.update(f"{kind}{number}" for number in _numbers(values))
    return " ; "


def _numbers(values: str) -> list[str]:
    """«05-07, 9» as 5, 6, 7, 9."""
    parts = re.findall(r"(\d+[a-z]?)|(-|s/d|sd|sampai)", values)
    found: list[str] = []
    is_range = False
    for number, through in parts:
        if through:
            is_range = True
            continue
        plain = number.lstrip("0") or "0"
        if is_range and found and found[-1].isdigit() and plain.isdigit():
            found += [str(each) for each in range(int(found[-1]) + 1, min(int(plain), int(found[-1]) + 40))]
        found.append(plain)
        is_range = False
    return found


def _names(plain: str) -> tuple[set[str], set[str]]:
    names: set[str] = set()
    numbers: set[str] = set()
    parts: list[str] = []
    for token in [*_WORD.findall(plain), ";"]:
        word = _SCHOOLS.get(token, token)
        if word in _ROMAN or word[:1].isdigit():
            numbers.add((_ROMAN.get(word) or word).lstrip("0") or "0")
        elif (word.isalpha() and word not in _TYPE_WORDS) or (len(word) > 1 and word not in _TYPE_WORDS):
            parts.append(word)
        elif parts and (word in _TYPE_WORDS or word != "."):
            names.add(_spelled("".join(parts)))
            parts = []
    return names - {""}, numbers


def _spelled(name: str) -> str:
    """A spelling that slips and fashions of writing share: «Manngunsari», «Mangunsari»."""
    letters = re.sub(r"[^a-z]", "", name.lower())
    letters = (
        letters.replace("oe", "u").replace("dj", "j").replace("tj", "c").replace("y", "i").replace("h", "")
    )
    return _DOUBLE.sub(r"\1", letters.replace("v", "p").replace("f", "p"))
