"""Acts of staff reach visitors through the page cache; votes, comments and sign-ins of citizens leave it alone."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from prometheus_client import REGISTRY

from rembuk.access.actions import note_denial, note_export
from rembuk.access.rights import acting
from rembuk.audit.actions import forget_changes
from rembuk.audit.models import VisibleChange
from rembuk.common import clock
from rembuk.consultations.actions.moderate import withhold_submission
from rembuk.engagement.actions import comments, moderation, votes
from rembuk.engagement.actions.moderation import Grounds
from rembuk.engagement.models import Ballot
from rembuk.management.actions.erasure import delete_account
from rembuk.programs.actions.phases import start_phase
from rembuk.proposals.actions import hide
from rembuk.siteconfig.actions import change_settings
from rembuk.taxonomy.models import ReasonCode
from rembuk.web.pagecache.cache import PageCache
from rembuk.web.pagecache.freshness import Watch
from tests import consultation_scenes, people, program_scenes, scenes
from tests.engagement import talks
from tests.web.pagecache.asking import ask

pytestmark = pytest.mark.django_db


def test_hidden_proposal_is_gone_for_visitors_at_the_next_look(page_cache: PageCache, watch: Watch) -> None:
    place = scenes.regency()
    proposal = scenes.published(place, title="Lampu jalan di Dusun Krajan")
    watch.look()
    pages = [reverse("proposals:detail", args=[proposal.code]), "/usulan/", "/"]
    assert all(b"Lampu jalan" in ask(page_cache, page).body for page in pages)
    reason = ReasonCode.objects.filter(uses__contains=["hide"]).first()
    assert reason is not None
    hide.hide_proposal(
        proposal, reason=reason, message="Isinya iklan.", by=people.staff("administrator", place.root)
    )
    assert watch.look() > 0
    assert [b"Lampu jalan" in ask(page_cache, page).body for page in pages] == [False] * 3


def test_hidden_comment_is_gone_at_the_next_look_and_pages_of_other_things_stay(
    page_cache: PageCache, watch: Watch
) -> None:
    place = scenes.regency()
    here, there = (scenes.published(place) for _ in range(2))
    assert here.subject is not None
    said = talks.comment(here.subject, people.citizen("Tuti"), "Beli obat kuat di sini.")
    watch.look()
    page, other = (reverse("proposals:detail", args=[one.code]) for one in (here, there))
    moderator, grounds = (
        people.staff("moderator", place.works),
        Grounds(reason=talks.reason("hide"), explanation="Isinya iklan."),
    )
    seen = []
    for act in (
        lambda: None,
        lambda: moderation.hide_comment(said, by=moderator, grounds=grounds),
        lambda: moderation.show_again(said, by=moderator, explanation="Ternyata bukan iklan."),
    ):
        for path in (page, other):
            ask(page_cache, path)
        before = _outdated()
        act()
        watch.look()
        seen.append((_outdated() - before, b"Beli obat" in ask(page_cache, page).body))
    assert seen == [(0, True), (1, False), (1, True)]


def test_submission_withheld_and_phase_begun_are_told_at_the_next_look_and_pages_of_other_things_stay(
    page_cache: PageCache, watch: Watch
) -> None:
    place = scenes.regency()
    asked, program = consultation_scenes.opened(place), program_scenes.published(place)
    said = consultation_scenes.sent(
        asked, content=consultation_scenes.content(reason="Beli obat kuat di sini.")
    )
    officer = people.staff("administrator", place.root)
    asked_page, program_page = f"/uji-publik/{asked.code}/masukan/", f"/program/{program.code}/"
    watch.look()
    assert b"Beli obat" in ask(page_cache, asked_page).body
    assert b"phase-active" not in ask(page_cache, program_page).body
    before = _outdated()
    withhold_submission(
        said, reason=talks.reason("hide"), message="Isinya iklan, bukan masukan atas naskah.", by=officer
    )
    watch.look()
    assert (_outdated() - before, b"Beli obat" in ask(page_cache, asked_page).body) == (1, False)
    start_phase(program_scenes.phase(program, 1), by=program_scenes.manager(place))
    watch.look()
    assert _outdated() - before == 2
    assert b"phase-active" in ask(page_cache, program_page).body


def _outdated() -> float:
    return REGISTRY.get_sample_value("rembuk_page_cache_outdated_total") or 0


def test_act_between_the_first_page_of_a_process_and_its_first_look_is_noticed(page_cache: PageCache) -> None:
    place = scenes.regency()
    assert b"Rembuk Bersama" not in ask(page_cache, "/").body
    change_settings({"site_name": "Rembuk Bersama"}, by=acting(people.staff("administrator", place.root)))
    assert Watch(page_cache.store).look() > 0
    assert b"Rembuk Bersama" in ask(page_cache, "/").body


def test_changed_setting_stands_on_pages_at_the_next_look(page_cache: PageCache, watch: Watch) -> None:
    place = scenes.regency()
    watch.look()
    assert b"Rembuk Bersama" not in ask(page_cache, "/").body
    change_settings({"site_name": "Rembuk Bersama"}, by=acting(people.staff("administrator", place.root)))
    watch.look()
    assert b"Rembuk Bersama" in ask(page_cache, "/").body


def test_citizens_make_no_page_old(page_cache: PageCache, watch: Watch) -> None:
    place = scenes.regency()
    proposal = scenes.published(place)
    assert proposal.subject is not None
    watch.look()
    ballot = Ballot.objects.get(subject=proposal.subject)
    votes.cast_vote(ballot, voter=people.citizen("Budi"), value=1)
    comments.post_comment(
        proposal.subject, comments.Draft(body="Saya setuju sekali."), by=people.citizen("Tuti")
    )
    assert watch.look() == 0


def test_quiet_deeds_of_staff_make_no_page_old(page_cache: PageCache, watch: Watch) -> None:
    officer = people.staff("administrator", scenes.regency().root)
    watch.look()
    note_export(by=officer, what="audit", filters={})
    note_denial(by=officer, what="desk", reason="Bukan wewenang Anda.")
    assert watch.look() == 0


def test_each_change_is_noticed_once_and_forgotten_after_an_hour(watch: Watch) -> None:
    forget_changes(before=clock.now())  # those of the database's making, which may be older than an hour
    change_settings({"tagline": "Mari"}, by=acting(people.staff("administrator", scenes.regency().root)))
    assert watch.look() > 0
    assert watch.look() == 0
    assert forget_changes(before=clock.now() - timedelta(hours=1)) == 0
    assert forget_changes(before=clock.now() + timedelta(seconds=1)) > 0
    assert not VisibleChange.objects.exists()


def test_mark_goes_with_the_transaction_of_the_deed(watch: Watch) -> None:
    officer = people.staff("administrator", scenes.regency().root)
    watch.look()
    with transaction.atomic():
        change_settings({"tagline": "Mari"}, by=acting(officer))
        transaction.set_rollback(True)
    assert watch.look() == 0


def test_name_of_a_deleted_account_is_gone_at_the_next_look(page_cache: PageCache, watch: Watch) -> None:
    place, author = scenes.regency(), people.citizen("Xaverius Penanda")
    proposal = scenes.published(place, author)
    watch.look()
    page = f"/usulan/{proposal.code}/"
    assert b"Xaverius Penanda" in ask(page_cache, page).body
    delete_account(author, by=acting(author))
    assert watch.look() > 0
    assert b"Xaverius Penanda" not in ask(page_cache, page).body
