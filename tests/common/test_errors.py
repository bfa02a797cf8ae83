"""Expected errors carry a code and a sentence; rules return verdicts."""

import pytest

from rembuk.common.errors import ALLOWED, Denied, Invalid, NotVisible, TooMany, WrongState, require


def test_require_lets_pass_what_a_rule_allows() -> None:
    require(ALLOWED)
    assert ALLOWED


def test_require_raises_the_refusal_of_a_rule_with_its_reason() -> None:
    with pytest.raises(Denied, match="Bukan unit Anda") as refusal:
        require(Denied("Bukan unit Anda", code="elsewhere"))
    assert refusal.value.code == "elsewhere"


def test_invalid_keeps_its_messages_by_field() -> None:
    assert Invalid("x", fields={"title": ("a", "b")}).fields == {"title": ["a", "b"]}


@pytest.mark.parametrize(
    ("error", "code"),
    [(WrongState("x"), "wrong_state"), (TooMany(), "too_many"), (NotVisible(), "not_found")],
)
def test_each_error_has_a_code_and_a_sentence(error: Exception, code: str) -> None:
    assert error.code == code  # type: ignore[attr-defined]
    assert str(error)
