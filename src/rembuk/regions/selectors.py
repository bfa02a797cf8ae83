"""Looking up regions by code and by name."""

from collections.abc import Collection
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.db.models.functions import Upper

from .models import Level, Region

SHORTEST_WORD = 2


def region(code: str) -> Region | None:
    """The region with this code."""
    return Region.objects.filter(code=code).first()


def provinces() -> QuerySet[Region]:
    """All provinces that were loaded, by name."""
    return Region.objects.filter(parent=None, level=Level.PROVINCE).order_by("name")


def children(code: str) -> QuerySet[Region]:
    """The regions directly within one, by name; of no region (an empty code), the provinces."""
    return Region.objects.filter(parent=code).order_by("name", "code") if code else provinces()


def within_any(codes: QuerySet[Any, Any]) -> QuerySet[Region]:
    """The regions directly within those that a query gives the codes of, by name; one statement with it."""
    return Region.objects.filter(parent__in=codes).order_by("name", "code")


def path(of: Region | str) -> list[Region]:
    """The way from the province down to a region, itself included: [provinsi, kabupaten, kecamatan, desa]."""
    return list(
        Region.objects.filter(code__in=codes_above(of if isinstance(of, str) else of.code)).order_by("code")
    )


def codes_above(code: str) -> list[str]:
    """The codes of a region and of those around it, from the province down; no query."""
    parts = code.split(".") if code else []
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]


def common(codes: Collection[str]) -> Region | None:
    """The smallest region that holds all of these, a regency at the largest."""
    ways = [codes_above(code) for code in codes]
    shared = [steps[0] for steps in zip(*ways, strict=False) if len(set(steps)) == 1]
    return region(shared[-1]) if len(shared) > 1 else None


def at_or_below(field: str, code: str) -> Q:
    """Rows whose region, reached by ``field``, is the one with a code or lies in it: one range of an index.

    Codes below it go on with a dot, which the slash follows.
    """
    return Q(**{f"{field}__gte": code, f"{field}__lt": f"{code}/"})


def full_name(of: Region) -> str:
    """``Desa Sukamaju, Kec. Ciawi, Kab. Bogor, Jawa Barat``."""
    return of.full_name


def full_names(codes: Collection[str]) -> dict[str, str]:
    """The full names of regions, by code, in one query."""
    return dict(Region.objects.filter(code__in=set(codes)).values_list("code", "full_name"))


def search(text: str, limit: int = 10, level: int | None = None) -> list[Region]:
    """Regions whose full name holds every word typed, the likeliest first: for typing ahead.

    Words match anywhere in the name, so ``sukamaju ciawi`` finds the village by its subdistrict. Where no
    region holds all words, spelling mistakes are forgiven by similarity.
    """
    words = [word for word in text.replace(",", " ").split() if len(word) >= SHORTEST_WORD]
    if not words:
        return []
    found = Region.objects.annotate(upper=Upper("full_name"))
    found = (found if level is None else found.filter(level=level)).order_by(
        *_likeliest(text.strip(), words[0])
    )
    exact, similar = found, found
    for word in words:
        exact = exact.filter(full_name__icontains=word)
        similar = similar.filter(upper__trigram_word_similar=word.upper())
    return list(exact[:limit]) or list(similar[:limit])


def _likeliest(text: str, first_word: str) -> tuple[Case | str, ...]:
    """Called exactly so, then beginning so, then the rest; within each the larger region first."""
    called = Q(name__iexact=text) | Q(name__iexact=f"kota {text}") | Q(name__iexact=f"kabupaten {text}")
    begins = Q(name__istartswith=first_word) | Q(name__istartswith=f"kota {first_word}")
    begins |= Q(name__istartswith=f"kabupaten {first_word}")
    rank = Case(When(called, then=0), When(begins, then=1), default=2, output_field=IntegerField())
    return rank, "level", "code"
