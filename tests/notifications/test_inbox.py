"""What people see and choose: inbox, preferences, the link that ends mails, erasure."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from rembuk.audit.actors import Actor
from rembuk.audit.selectors import Filter, entries
from rembuk.common.errors import Invalid, NotVisible
from rembuk.notifications import actions, kinds, selectors, unsubscribe
from rembuk.notifications.kinds import Kind
from rembuk.notifications.models import Delivery, Event, Frequency, Notice, Preference
from rembuk.notifications.sending import delivery
from rembuk.notifications.texts import words_of

from .conftest import BUDI, FOLLOWED, NOON, OWN, SARI, Tell

HERSELF = Actor(person_id=SARI)


def test_inbox_page_by_page_shows_own_notices_newest_first(tell: Tell) -> None:
    for number in range(3):
        tell(key=f"e{number}", to=[SARI, BUDI])
    first = selectors.inbox(SARI, limit=2)
    rest = selectors.inbox(SARI, before=first[-1].pk, limit=2)
    assert [notice.event.key for notice in [*first, *rest]] == ["e2", "e1", "e0"]
    assert {notice.person_id for notice in [*first, *rest]} == {SARI}


def test_mark_read_of_one_and_of_all_counts_only_own_unread(tell: Tell) -> None:
    for number in range(3):
        tell(key=f"e{number}", to=[SARI, BUDI])
    one = selectors.inbox(SARI)[0]
    foreign = selectors.inbox(BUDI)[0]
    assert actions.mark_read(SARI, [one.pk, foreign.pk]) == 1
    assert (selectors.unread_count(SARI), selectors.unread_count(BUDI)) == (2, 3)
    assert [actions.mark_read(SARI), actions.mark_read(SARI)] == [2, 0]
    assert selectors.notice(SARI, foreign.pk) is None


def test_words_are_filled_and_a_missing_one_is_left_empty(tell: Tell) -> None:
    tell(kind=FOLLOWED, params={"title": "Jembatan"})
    words = words_of(Event.objects.get())
    assert (words.subject, words.body) == ("Jembatan has moved", "It is now .")


def test_words_of_a_kind_gone_from_the_code_are_its_title(
    tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(params={"title": "Jembatan"})
    monkeypatch.setattr(kinds, "_registered", {})
    with override("en"):
        assert words_of(Event.objects.get()).subject == "Jembatan"


def test_choices_are_the_defaults_until_chosen(tell: Tell) -> None:
    before = selectors.frequencies(SARI)
    changed = actions.choose(SARI, {OWN.key: "daily", FOLLOWED.key: "daily"}, by=HERSELF)
    entry = entries(Filter(verb="notification.preferences_changed"))[0]
    assert before == {OWN.key: "instantly", FOLLOWED.key: "daily"}
    assert changed == {OWN.key: Frequency.DAILY}
    assert (entry.before, entry.after) == ({OWN.key: "instantly"}, {OWN.key: "daily"})
    assert [choice.frequency for choice in selectors.choices(SARI)] == ["daily", "daily"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "choice", [{"trial.suspended": "never"}, {"trial.unheard": "never"}, {"trial.moved": "weekly"}]
)
def test_choose_what_cannot_be_chosen_is_refused(choice: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        actions.choose(SARI, choice, by=HERSELF)
    assert not Preference.objects.exists()


def test_link_ends_mails_of_its_kind_also_those_that_wait(tell: Tell) -> None:
    tell()
    token = unsubscribe.token(SARI, OWN.key)
    ended = [actions.end_mails(token, by=Actor()) for _turn in range(2)]
    assert ended == [[OWN], [OWN]]
    assert (delivery.send_waiting(at=NOON), selectors.unread_count(SARI)) == (0, 1)
    assert len(entries(Filter(verb="notification.unsubscribed"))) == 1


def test_link_of_the_daily_letter_ends_all_that_comes_in_it(tell: Tell) -> None:
    actions.end_mails(unsubscribe.token(SARI, unsubscribe.EVERYTHING_DAILY), by=Actor())
    assert selectors.frequencies(SARI) == {OWN.key: "instantly", FOLLOWED.key: "never"}


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "x", "WzEwMSwiKiJd:1abc:def"])
def test_link_that_is_not_ours_is_not_found(token: str) -> None:
    with pytest.raises(NotVisible):
        actions.end_mails(token, by=Actor())


def test_erase_leaves_nothing_of_the_person_and_all_of_others(tell: Tell) -> None:
    tell(to=[SARI, BUDI])
    actions.choose(SARI, {OWN.key: "never"}, by=HERSELF)
    actions.erase(SARI)
    assert set(Notice.objects.values_list("person_id", flat=True)) == {BUDI}
    assert not Preference.objects.exists()
    assert Delivery.objects.count() == 1


def test_prune_removes_old_events_with_their_notices(tell: Tell) -> None:
    tell(key="old", at=NOON - timedelta(days=731))
    tell(key="young")
    actions.prune(730, at=NOON)
    assert [notice.event.key for notice in selectors.inbox(SARI)] == ["young"]


def test_register_refuses_a_taken_key_and_an_unknown_category() -> None:
    for wrong in (
        Kind(key=OWN.key, label="x", subject="x", body="x"),
        Kind(key="n", label="", subject="", body="", category="?"),
    ):
        with pytest.raises(ValueError, match=r"twice|category"):
            kinds.register(wrong)


def test_in_inbox_of_an_event_are_those_told(tell: Tell) -> None:
    tell(to=[SARI, BUDI])
    assert selectors.in_inbox("e1") == {SARI, BUDI}
