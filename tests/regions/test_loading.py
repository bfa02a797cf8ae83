"""The shipped list: complete, loadable by province, the same when run twice."""

from collections import Counter

import pytest

from rembuk.regions import loading
from rembuk.regions.models import Kind, Level, Region


def test_read_gives_every_region_of_indonesia() -> None:
    levels = Counter(region.level for region in loading.read())
    assert levels == {Level.PROVINCE: 38, Level.REGENCY: 514, Level.DISTRICT: 7285, Level.VILLAGE: 83762}


def test_read_names_regions_whole() -> None:
    wanted = {"32.01.01.1001", "91.03.01.3007", "36.71"}
    found = {
        region.code: (region.kind, region.full_name) for region in loading.read() if region.code in wanted
    }
    assert found == {
        "32.01.01.1001": (Kind.URBAN_VILLAGE, "Kel. Pondok Rajeg, Kec. Cibinong, Kab. Bogor, Jawa Barat"),
        "91.03.01.3007": (Kind.CUSTOMARY_VILLAGE, "Desa Adat Yoboi, Kec. Sentani, Kab. Jayapura, Papua"),
        "36.71": (Kind.CITY, "Kota Tangerang, Banten"),
    }


@pytest.mark.django_db
def test_load_one_province_twice_writes_once() -> None:
    Region.objects.all().delete()
    first, second = loading.load({"92"}), loading.load({"92"})
    assert first.written == first.listed == Region.objects.count() > 100
    assert (second.listed, second.written) == (first.listed, 0)


@pytest.mark.django_db
def test_load_mends_a_region_renamed_since() -> None:
    loading.load({"92"})
    Region.objects.filter(code="92").update(name="x", full_name="x")
    assert loading.load({"92"}).written == 1
    assert Region.objects.get(code="92").name != "x"
