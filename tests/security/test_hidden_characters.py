"""Characters that turn or hide text reach no page: what stands there is what a reader thinks it is."""

from typing import Any

import pytest
from django.test import Client

from rembuk.common.text import clean_line
from tests import people, scenes

pytestmark = pytest.mark.django_db
TURNING = (
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u200b\u2060\ufeff\x00\x1b\x7f"
)


@pytest.mark.parametrize("character", TURNING)
def test_hidden_character_is_taken_out_of_a_line(character: str) -> None:
    assert clean_line(f"gambar{character}fdp.exe") == "gambarfdp.exe"


def test_hidden_characters_of_a_proposal_and_its_author_are_not_shown(client: Client) -> None:
    author = people.citizen()
    client.force_login(author)
    client.post("/akun/pengaturan/", {"name": f"Sari{TURNING.replace(chr(0), '')}ah", "language": "id"})
    author.refresh_from_db()
    texts: dict[str, Any] = {"title": f"Jalan {TURNING} desa Sukamaju", "body": f"{scenes.BODY}{TURNING}"}
    proposal = scenes.published(scenes.regency(), author, **texts)
    page = Client().get(f"/usulan/{proposal.code}/").content.decode()
    assert author.name == "Sariah"
    assert [character for character in TURNING if character in page] == []
