"""No staff page shows a link that its reader may not open: every link of the main desk pages, role by role."""

import re
from html import unescape

import pytest
from django.test import Client

from rembuk.access.seeds import SEEDS
from tests import consultation_scenes, people, program_scenes, report_scenes, scenes

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)', re.IGNORECASE)
LISTS = (
    "/kelola/",
    "/kelola/moderasi/",
    "/kelola/usulan/",
    "/kelola/program/",
    "/kelola/laporan/",
    "/kelola/uji-publik/",
    "/kelola/pengguna/",
    "/kelola/pengguna/loket/",
    "/kelola/hak-akses/",
    "/kelola/hak-akses/peran/",
    "/kelola/hak-akses/peran/matriks/",
    "/kelola/hak-akses/peran/moderator/",
    "/kelola/hak-akses/mengapa/",
    "/kelola/jejak-audit/",
    "/kelola/log/",
)


def links(client: Client, page: str) -> set[str]:
    """Every address inside the desk that a page of the desk links to; none where the page is closed to her."""
    answer = client.get(page)
    if answer.status_code == 403:
        return set()
    assert answer.status_code == 200, page
    found = (unescape(link) for link in LINK.findall(answer.content.decode()))
    return {link for link in found if link.startswith("/kelola/")}


def is_refused(client: Client, link: str) -> bool:
    """Whether the page behind a link refuses her; a file that it sends is read to its end, which closes it."""
    answer = client.get(link)
    if answer.streaming:
        assert answer.getvalue(), link
    return answer.status_code == 403


@pytest.fixture
def pages() -> tuple[scenes.Regency, tuple[str, ...]]:
    """The lists, proposals in two states, a draft and a running programme, consultations in three stages."""
    place = scenes.regency()
    proposals = [scenes.published(place), scenes.submitted(place)]
    programs = [program_scenes.draft(place), program_scenes.published(place)]
    report_scenes.evaluation(programs[1], report_scenes.head(place))
    report_scenes.account(place.works, report_scenes.head(place))
    talks = [consultation_scenes.draft(place), consultation_scenes.opened(place)]
    talks.append(consultation_scenes.answering(place))
    details = [f"/kelola/usulan/{one.code}/" for one in proposals]
    details += [f"/kelola/uji-publik/{one.code}/{rest}" for one in talks for rest in ("", "pertanyaan/")]
    return place, (*LISTS, *details, *(f"/kelola/program/{one.code}/" for one in programs))


@pytest.mark.parametrize("role", [slug for slug, seed in SEEDS.items() if seed.permissions])
def test_no_link_of_the_desk_is_refused_to_who_sees_it(
    role: str, pages: tuple[scenes.Regency, tuple[str, ...]]
) -> None:
    place, addresses = pages
    for unit in (place.root, place.works):
        client = Client()
        client.force_login(people.staff(role, unit))
        shown = {link: page for page in addresses for link in links(client, page)}
        assert shown, role
        refused = [f"{shown[link]} > {link}" for link in sorted(shown) if is_refused(client, link)]
        assert refused == [], role
