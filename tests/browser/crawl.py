"""Finds the pages of the site as a reader would: link by link, a few addresses of each shape."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

from tests.browser.reader import Reader

PER_SHAPE = 2
_CODE = re.compile(r"(?<=/)(?:[A-Z]{3}-\d{4}-\d+|\d+|[0-9a-f-]{16,}|[\w-]*\.[\w.-]+)(?=/|$)")
_NO_PAGE = re.compile(
    r"/keluar/|[?&]ekspor=|/unduh|/berkas/|/foto/|/gambar/|/dokumen/|/lampiran/|/media/|/static/"
    r"|/ekspor/(?:csv|xlsx)/|/undang-banyak/templat/"
    r"|/bukti/[0-9a-f-]{16,}/(?:\?|$)|/realisasi/[0-9a-f-]{16,}/bukti/(?:\?|$)"
    r"|\.(?:csv|json|atom|xml|xlsx|pdf|zip|txt|ics)(?:\?|$)"
)
# Places whose next part is a name of its own, unless it is the name of a page: one shape however many there are.
_NAMED = re.compile(
    r"^(/(?:en/)?(?:kategori|satuan-kerja|kelola/(?:kategori|satuan-kerja|hak-akses/peran|pengaturan/alasan"
    r"|pengaturan/fase/templat|pengaturan/fase))/)(?!baru/|impor/|matriks/|templat/)[^/]+(?=/)"
)


def shape(address: str) -> str:
    """The address with codes, numbers and names taken out: pages of one shape come from one view."""
    parts = urlsplit(address)
    keys = ",".join(sorted({pair.split("=")[0] for pair in parts.query.split("&") if pair}))
    return f"{_NAMED.sub(r'\1*', _CODE.sub('*', parts.path))}?{keys}"


def links(who: Reader) -> list[str]:
    """The addresses of this host that the page at hand leads to, without jumps and downloads."""
    found = who.page.eval_on_selector_all(
        "a[href]:not([download])", "all => all.map(a => a.getAttribute('href'))"
    )
    addresses = (urldefrag(urljoin(who.page.url, href)).url for href in found)
    return [one for one in addresses if one.startswith(f"{who.site}/") and not _NO_PAGE.search(one)]


def _most(kind: str) -> int:
    """How many addresses of a shape are opened: one of the other language and of lists narrowed or sorted."""
    return PER_SHAPE if kind.endswith("?") and not kind.startswith("/en/") else 1


def pages(who: Reader, starts: tuple[str, ...], leave: str = "") -> Iterator[str]:
    """Every address to visit, as it is found: the caller opens it before asking for the next.

    Paths that ``leave`` matches from their beginning are left to another reader.
    """
    waiting = deque(who.site + start for start in starts)
    seen, shapes = set(waiting), Counter(map(shape, waiting))
    while waiting:
        yield waiting.popleft()
        for address in links(who):
            kind = shape(address)
            if leave and re.match(leave, urlsplit(address).path):
                continue
            if address not in seen and shapes[kind] < _most(kind):
                seen.add(address)
                shapes[kind] += 1
                waiting.append(address)
