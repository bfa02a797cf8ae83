"""Which requests the cache may answer, and the name under which a page is kept."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

type Environ = dict[str, Any]
type Page = tuple[str, str, str, bool]
"""Scheme, host, path, and whether htmx asks for a fragment."""

LISTED = "rembuk.page_reads"
"""Under this name in the request a visitors' page tells which parameters it reads."""
LONGEST_QUERY = 500
FILES = "/static/"
"""Files of the site itself come packed and kept for good; they are no pages."""
# Marks that other sites hang onto links; no page of ours reads them.
_FOREIGN = re.compile(r"(?:utm_\w+|fbclid|gclid|igshid|mibextid)")


def is_for_everybody(environ: Environ, personal_cookies: tuple[str, ...]) -> bool:
    """Whether nothing in the request says who asks: a reading method, no cookie of a person, no credentials.

    Nor anything unusual in the two headers that are part of a page's name, which Django and this cache might read apart.
    """
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
        return False
    if environ.get("PATH_INFO", "").startswith(FILES):
        return False
    if environ.get("HTTP_X_FORWARDED_PROTO", "http") not in ("http", "https"):
        return False
    if environ.get("HTTP_HX_REQUEST", "true") != "true":
        return False
    if cookies := environ.get("HTTP_COOKIE"):
        return not any(name in cookies for name in personal_cookies)
    return True


def key_of(environ: Environ) -> tuple[Page, str]:
    """The page that is asked for, and the query, which loses what other sites hang onto links."""
    query = environ.get("QUERY_STRING", "")
    if query:
        query = environ["QUERY_STRING"] = without_foreign_marks(query)
    page = (
        environ.get("HTTP_X_FORWARDED_PROTO") or environ["wsgi.url_scheme"],
        environ.get("HTTP_HOST", ""),
        environ.get("PATH_INFO", ""),
        "HTTP_HX_REQUEST" in environ,
    )
    return page, query


def without_foreign_marks(query: str) -> str:
    """The query without what other sites hang onto links, so that no page can show it."""
    if not query or not _FOREIGN.search(query):
        return query
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([pair for pair in pairs if not _FOREIGN.fullmatch(pair[0])])


def is_listed(query: str, names: frozenset[str]) -> bool:
    """Whether the query has only parameters that the page reads, none twice.

    A page may repeat its query in links, so one with anything else is neither kept nor answered from what is kept.
    """
    if not query:
        return True
    if len(query) > LONGEST_QUERY:
        return False
    given = [name for name, _value in parse_qsl(query, keep_blank_values=True)]
    return len(given) == len(set(given)) and names.issuperset(given)


def for_refill(environ: Environ) -> Environ:
    """The request as the page is made for everybody: whole, unpacked, unconditional, from nobody."""
    asked = {key: value for key, value in environ.items() if key not in _LEFT_OUT and not _is_detail(key)}
    asked["REQUEST_METHOD"] = "GET"
    return asked


def _is_detail(key: str) -> bool:
    """Whether a header tells which part of a page htmx wants it for; a kept page is the same for all of them."""
    return key.startswith("HTTP_HX_") and key != "HTTP_HX_REQUEST"


_LEFT_OUT = frozenset(
    {
        "HTTP_ACCEPT_ENCODING",
        "HTTP_ACCEPT_LANGUAGE",
        "HTTP_COOKIE",
        "HTTP_IF_MODIFIED_SINCE",
        "HTTP_IF_NONE_MATCH",
        "HTTP_RANGE",
        "HTTP_REFERER",
    }
)


def shared_seconds(headers: Mapping[str, str]) -> int:
    """For how many seconds a shared cache may keep an answer (RFC 9111 section 5.2.2.10); 0 when it may not."""
    policy = headers.get("cache-control", "")
    if "public" not in policy or "set-cookie" in headers:
        return 0
    found = re.search(r"s-maxage=(\d+)", policy)
    return int(found[1]) if found else 0
