"""Roots of words that PostgreSQL's ``indonesian`` stemmer takes apart wrongly, for search.

Me- and pe- swallow the first letter of many roots (tingkat: meningkatkan, peningkatan), and the stemmer can't
know which letter it was, so that ``tingkatkan`` didn't find ``peningkatan``. For roots that are common in
proposals every form is built here and led back to its root, before indexing and before asking alike. Add a root
when a search misses; forms that the stemmer handles need no entry. See docs/decisions/0005-search-text.md.
"""

_ROOTS = frozenset(
    [
        "arah",
        "bor",
        "cat",
        "cor",
        "kelola",
        "kembang",
        "kendali",
        "kering",
        "keruk",
        "kuat",
        "kumpul",
        "lengkap",
        "lindung",
        "makam",
        "manfaat",
        "muda",
        "mukim",
        "normalisasi",
        "olah",
        "pagar",
        "pelihara",
        "pindah",
        "pipa",
        "pulih",
        "rawat",
        "rehabilitasi",
        "rencana",
        "renovasi",
        "rumah",
        "sapu",
        "sekolah",
        "semprot",
        "siram",
        "sosialisasi",
        "susul",
        "tahan",
        "tambah",
        "tambal",
        "tampung",
        "tanam",
        "tangan",
        "tanggul",
        "tanggulang",
        "tangkap",
        "tata",
        "tebang",
        "tempat",
        "tentu",
        "terang",
        "terap",
        "terima",
        "tertib",
        "timbun",
        "tindaklanjut",
        "tinggi",
        "tingkat",
        "tumbuh",
        "tumpuk",
        "tunjang",
        "turap",
        "turun",
        "tutup",
    ]
)
_SWALLOWED = {"k": "ng", "t": "n", "p": "m", "s": "ny"}
_ONE_SYLLABLE = frozenset({"bor", "cat", "cor"})


def _joined(root: str) -> str:
    """The root as it stands after me- and pe-: ``tingkat`` as ``ningkat``, ``olah`` as ``ngolah``."""
    first = root[0]
    if root in _ONE_SYLLABLE:
        return f"nge{root}"
    if first in _SWALLOWED:
        return _SWALLOWED[first] + root[1:]
    if first in "aeiou":
        return f"ng{root}"
    return root


def _forms(root: str) -> list[str]:
    joined = _joined(root)
    actions = [f"me{joined}{end}" for end in ("", "kan", "i")] + [
        f"di{root}{end}" for end in ("", "kan", "i")
    ]
    things = [f"pe{joined}{end}" for end in ("", "an")] + [f"{root}{end}" for end in ("kan", "i", "an")]
    forms = [*actions, *things, f"ter{root}", f"per{root}an", f"ke{root}an"]
    return [form + end for form in forms for end in ("", "nya")]


_ROOT_BY_FORM = {form: root for root in _ROOTS for form in _forms(root) if form not in _ROOTS}


def root_of(word: str) -> str:
    """The root of a word in lower case where the stemmer would miss it, else the word itself."""
    return _ROOT_BY_FORM.get(word, word)
