"""Several roles of the list at once: shown with whom it affects, then all or none, under one mark."""

from typing import Any

import pytest
from django.test import Client

from rembuk.access import rights
from rembuk.access.models import Role
from rembuk.audit.models import AuditEntry
from tests import people, scenes
from tests.management.roles import WHY, made, now
from tests.web.management.pages import K, signed_in
from tests.web.management.test_roles_matrix import SAVE, deeds, token

pytestmark = pytest.mark.django_db
LIST = f"{K}hak-akses/peran/"
HERE = f"{LIST}sekaligus/"


def asked(client: Client, *slugs: str, act: str = "nonaktif") -> Any:
    """What comes after the button below the list."""
    return client.post(HERE, {"act": act, "selected": slugs})


def test_selected_roles_go_out_of_use_together_after_a_look_and_come_back() -> None:
    place = scenes.regency()
    made("pelapor", "desk.enter", "program.report")
    made("penilai", "desk.enter")
    people.grant(ani := people.citizen("Ani"), "pelapor", place.works)
    client = signed_in("administrator", place)
    shown = asked(client, "pelapor", "penilai")
    parts = {part["role"].slug: part for part in shown.context["parts"]}
    assert (shown.status_code, set(parts), deeds()) == (200, {"pelapor", "penilai"}, [])
    assert parts["pelapor"]["table"]["rows"][0][0] == "Ani"
    saved = client.post(HERE, {**SAVE, **token(shown)})
    assert (saved.status_code, saved["Location"]) == (303, LIST)
    assert [now(slug).is_active for slug in ("pelapor", "penilai")] == [False, False]
    assert not rights.is_staff(type(ani).objects.get(pk=ani.pk))
    back = asked(client, "pelapor", "penilai", act="aktif")
    client.post(HERE, {**SAVE, **token(back)})
    assert [verb for _slug, verb in deeds()] == ["role.retired"] * 2 + ["role.restored"] * 2
    marks = AuditEntry.objects.filter(verb="role.retired").values_list("bulk", "reason")
    assert (len(set(marks)), marks[0][1]) == (1, WHY)


def test_one_that_may_not_go_holds_back_all() -> None:
    made("pelapor", "desk.enter")
    client = signed_in("administrator", scenes.regency())
    shown = asked(client, "pelapor", "administrator")
    assert shown.status_code == 403
    assert client.post(HERE, {**SAVE, **token(shown)}).status_code == 403
    assert (now("pelapor").is_active, deeds()) == (True, [])


def test_nothing_selected_an_unknown_act_and_a_step_back_change_nothing() -> None:
    made("pelapor", "desk.enter")
    client = signed_in("administrator", scenes.regency())
    assert [asked(client)["Location"], asked(client, "tidak-ada")["Location"]] == [LIST, LIST]
    assert asked(client, "pelapor", act="aktif")["Location"] == LIST
    assert asked(client, "pelapor", act="hapus").status_code == 404
    shown = asked(client, "pelapor")
    assert client.post(HERE, {"langkah": "ubah", **token(shown)})["Location"] == LIST
    assert client.post(HERE, {"langkah": "simpan", "reason": "", **token(shown)}).status_code == 422
    assert deeds() == []


def test_who_only_gives_roles_sees_no_boxes_and_is_refused() -> None:
    client = signed_in("unit-admin", scenes.regency())
    assert b'name="selected"' not in client.get(LIST).content
    assert asked(client, "auditor").status_code == 403
    assert Role.objects.get(slug="auditor").is_active


def test_list_of_a_keeper_has_a_box_for_each_role() -> None:
    page = signed_in("administrator", scenes.regency()).get(LIST).content.decode()
    assert page.count('name="selected"') == Role.objects.filter(is_active=True).count()
