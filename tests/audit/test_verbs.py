"""The closed list of deeds."""

import pytest

from rembuk.audit import verbs
from rembuk.audit.verbs import Verb


def test_register_a_key_taken_by_another_deed_is_refused() -> None:
    with pytest.raises(ValueError, match=r"page\.published"):
        verbs.register(Verb("page.published", "Something else"))


def test_sentence_of_a_deed_gone_from_the_code_is_its_key() -> None:
    assert verbs.sentence("proposal.painted") == "proposal.painted"


def test_choices_have_a_sentence_for_every_deed() -> None:
    choices = dict(verbs.choices())
    assert {"page.published", "settings.changed", "file.stored", "holiday.added"} <= set(choices)
    assert all(sentence and sentence != key for key, sentence in choices.items())
