"""Regions of a sheet's rows: subdistrict and village names looked up below the instansi's own region."""

from rembuk.proposals.imports.units import plain
from rembuk.regions.models import Region


class PlaceFinder:
    """Knows the subdistricts and villages of one regency; finds by exact name without blanks, never by likeness."""

    def __init__(self, regency_code: str) -> None:
        self._districts: dict[str, str] = {}
        self._villages: dict[tuple[str, str], str] = {}
        if not regency_code:
            return
        rows = Region.objects.filter(code__startswith=f"{regency_code}.").values_list("code", "name")
        for code, name in rows:
            parts = code.split(".")
            if len(parts) == 3:
                self._districts[_key(name)] = code
            else:
                self._villages[".".join(parts[:3]), _key(name)] = code

    def find(self, district: str, village: str) -> str | None:
        """The code of the village, else of the subdistrict, else ``None``."""
        district_code = self._districts.get(_key(district))
        if district_code is None:
            return None
        return self._villages.get((district_code, _key(village)), district_code)


def _key(name: str) -> str:
    return plain(name).replace(" ", "")
