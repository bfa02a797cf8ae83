"""The desk of money: planning without script, entering and striking payments, nothing typed lost, who gets in."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rembuk.accounts.models import Person
from rembuk.programs.choices import Fund
from rembuk.programs.models import Program, Realisation
from tests import money_scenes as money
from tests import people, scenes
from tests import program_scenes as programs
from tests.files.uploads import picture
from tests.program_scenes import REASON
from tests.scenes import Regency

pytestmark = pytest.mark.django_db
PAYMENT = {
    "fund": "apbd",
    "amount": "Rp100.000.000,50",
    "spent_on": "2026-11-20",
    "document_number": "SP2D-001",
    "description": "Uang muka",
}


def world(
    client: Client, *, is_public: bool = True, is_planned: bool = True
) -> tuple[Program, Person, Regency]:
    """A programme whose manager is signed in."""
    place = scenes.regency()
    by = programs.manager(place)
    client.force_login(by)
    program = programs.published(place, by=by) if is_public else programs.draft(place, by=by)
    return (money.planned(program, by) if is_planned else program), by, place


def url(name: str, *args: object) -> str:
    """An address of the desk."""
    return reverse(f"desk_programs:{name}", args=args)


def jpeg() -> SimpleUploadedFile:
    """A small picture as a browser sends it."""
    return SimpleUploadedFile("kuitansi.jpg", picture(), content_type="image/jpeg")


def test_money_of_a_draft_is_planned_as_typed_in_months_of_its_phases(client: Client) -> None:
    program, _by, _place = world(client, is_public=False, is_planned=False)
    empty = client.get(url("money", program.code)).content.decode()
    assert url("money_plan", program.code) in empty
    shown = client.get(url("money_plan", program.code)).content.decode()
    assert 'name="cash_2026-11"' in shown
    assert 'name="cash_2027-12"' in shown
    assert 'name="cash_2028-01"' not in shown
    assert 'name="reason"' not in shown
    answer = client.post(
        url("money_plan", program.code),
        {"pagu_apbd": "1,5 M", "pagu_grant": "Rp250.000,75", "cash_2027-03": "750 juta"},
    )
    assert (answer.status_code, answer["Location"]) == (303, url("money", program.code))
    assert dict(program.pagu.values_list("fund", "amount")) == {
        Fund.APBD: Decimal(1_500_000_000),
        Fund.GRANT: Decimal("250000.75"),
    }
    assert list(program.cash_plan.values_list("month", "amount")) == [
        (date(2027, 3, 1), Decimal(750_000_000))
    ]
    again = client.get(url("money_plan", program.code)).content.decode()
    assert 'value="Rp1.500.000.000,00"' in again


def test_published_money_is_revised_with_a_reason_and_nothing_typed_is_lost(client: Client) -> None:
    program, _by, _place = world(client)
    typed = {"pagu_apbd": "Rp600.000.000,00", "cash_2026-11": "200 juta", "cash_2026-12": "300 jta"}
    refused = client.post(url("money_plan", program.code), {**typed, "reason": "pendek"})
    text = refused.content.decode()
    assert refused.status_code == 422
    assert 'value="300 jta"' in text
    assert ">pendek</textarea>" in text.replace("\n", "")
    short = client.post(
        url("money_plan", program.code), {**typed, "cash_2026-12": "300 juta", "reason": "pendek"}
    )
    assert short.status_code == 422
    assert "id_reason" in short.content.decode()
    answer = client.post(
        url("money_plan", program.code), {**typed, "cash_2026-12": "300 juta", "reason": REASON}
    )
    assert answer.status_code == 303
    assert program.revisions.first().changes[0]["new"] == "600000000.00"  # type: ignore[union-attr]


def test_plan_above_the_pagu_and_below_what_is_spent_comes_back(client: Client) -> None:
    program, by, _place = world(client)
    money.entered(program, by)
    typed = {"pagu_apbd": "50 juta", "cash_2026-11": "10 juta", "cash_2026-12": "1 juta", "reason": REASON}
    below = client.post(url("money_plan", program.code), typed)
    assert (below.status_code, "Rp100.000.000,00" in below.content.decode()) == (422, True)
    above = client.post(
        url("money_plan", program.code), {**typed, "pagu_apbd": "400 juta", "cash_2026-11": "1 M"}
    )
    assert (above.status_code, "Rp1.001.000.000,00" in above.content.decode()) == (422, True)


def test_payment_is_entered_with_evidence_that_only_staff_of_the_unit_open(client: Client) -> None:
    program, _by, place = world(client)
    answer = client.post(url("spend", program.code), {**PAYMENT, "evidence": jpeg()})
    assert answer.status_code == 303
    row = Realisation.objects.get()
    assert (row.amount, row.evidence is not None) == (Decimal("100000000.50"), True)
    listed = client.get(url("money", program.code)).content.decode()
    assert "Rp100.000.000,50" in listed
    assert url("spend_evidence", program.code, row.public_id) in listed
    opened = client.get(url("spend_evidence", program.code, row.public_id))
    assert (opened.status_code, opened["Cache-Control"]) == (200, "private, no-store")
    assert b"".join(opened.streaming_content)  # type: ignore[attr-defined]
    client.force_login(people.staff("program-manager", place.health))
    assert client.get(url("spend_evidence", program.code, row.public_id)).status_code == 404


def test_refused_payment_keeps_what_was_typed_and_the_evidence(client: Client) -> None:
    program, _by, _place = world(client)
    refused = client.post(url("spend", program.code), {**PAYMENT, "amount": "501 juta", "evidence": jpeg()})
    text = refused.content.decode()
    assert refused.status_code == 422
    assert 'value="501 juta"' in text
    assert "Rp500.000.000,00" in text
    kept = re.search(r'name="kept" value="([^"]+)"', text)
    assert kept is not None
    client.post(url("spend", program.code), {**PAYMENT, "kept": kept[1]})
    row = Realisation.objects.select_related("evidence").get()
    assert row.evidence is not None
    assert str(row.evidence.public_id) == kept[1]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", ""),
        ("amount", "banyak"),
        ("spent_on", "2026-12-24"),
        ("document_number", ""),
        ("fund", "grant"),
    ],
)
def test_wrong_payment_is_refused_at_its_field(client: Client, field: str, value: str) -> None:
    program, _by, _place = world(client)
    refused = client.post(url("spend", program.code), {**PAYMENT, field: value})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == [field]
    assert not Realisation.objects.exists()


def test_broken_evidence_costs_nothing_that_was_typed(client: Client) -> None:
    program, _by, _place = world(client)
    broken = SimpleUploadedFile("kuitansi.jpg", b"bukan gambar", content_type="image/jpeg")
    refused = client.post(url("spend", program.code), {**PAYMENT, "evidence": broken, "kept": "bukan-kunci"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["evidence"])
    assert 'value="SP2D-001"' in refused.content.decode()


def test_payment_without_pagu_leads_to_planning(client: Client) -> None:
    program, _by, _place = world(client, is_planned=False)
    assert client.get(url("spend", program.code)).status_code == 409


def test_payment_is_struck_out_with_a_reason_and_stays_readable(client: Client) -> None:
    program, by, _place = world(client)
    row = money.entered(program, by)
    strike = url("strike", program.code, row.public_id)
    assert "SP2D-001" in client.get(strike).content.decode()
    assert client.post(strike, {"reason": "salah"}).status_code == 422
    assert client.post(strike, {"reason": REASON}).status_code == 303
    listed = client.get(url("money", program.code)).content.decode()
    assert "<s>Rp100.000.000,00</s>" in listed
    assert REASON in listed
    assert client.post(strike, {"reason": REASON}).status_code == 409


def test_evidence_is_added_later_and_only_once(client: Client) -> None:
    program, by, _place = world(client)
    row = money.entered(program, by)
    prove = url("prove", program.code, row.public_id)
    assert client.get(url("spend_evidence", program.code, row.public_id)).status_code == 404
    assert client.get(prove).status_code == 200
    assert client.post(prove, {}).status_code == 422
    assert client.post(prove, {"evidence": jpeg()}).status_code == 303
    assert client.post(prove, {"evidence": jpeg()}).status_code == 409


def test_pages_of_money_stay_shut_outside_of_the_units(client: Client) -> None:
    program, by, place = world(client)
    row = money.entered(program, by)
    client.force_login(people.staff("program-manager", place.health))
    for name in ("money", "money_plan", "spend"):
        assert client.get(url(name, program.code)).status_code == 404
    for name in ("strike", "prove"):
        assert client.post(url(name, program.code, row.public_id), {"reason": REASON}).status_code == 404
    client.force_login(people.staff("auditor", place.root))
    read = client.get(url("money", program.code)).content.decode()
    assert "SP2D-001" in read
    assert url("money_plan", program.code) not in read
    assert url("strike", program.code, row.public_id) not in read


@pytest.mark.parametrize("rows", [1, 32])
def test_list_of_payments_is_cut_into_pages_with_a_fixed_number_of_queries(
    rows: int, client: Client, django_assert_num_queries: object
) -> None:
    program, by, _place = world(client)
    for number in range(rows):
        money.entered(program, by, f"SP2D-{number:03}", "1000")
    client.get(url("money", program.code))
    with django_assert_num_queries(8):  # type: ignore[operator]
        first = client.get(url("money", program.code))
    assert len(first.context["entries"]) == min(rows, 30)
    if rows > 30:
        assert len(client.get(first.context["next_url"]).context["entries"]) == rows - 30
