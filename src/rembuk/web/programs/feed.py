"""The Atom feed of what happens in public programmes."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from rembuk.programs import selectors
from rembuk.programs.models import ProgramEvent
from rembuk.web.guards import visitors_page
from rembuk.web.programs.parts import event_words

NEWEST = 30


class _Events(Feed):  # type: ignore[type-arg]
    feed_type = Atom1Feed
    title = _("Work programmes")
    subtitle = _("What happens in the work programmes: publication, phases, news, changes of the plan.")

    def link(self) -> str:
        """The page the feed belongs to."""
        return reverse("programs:list")

    def items(self) -> QuerySet[ProgramEvent]:
        """The newest public events."""
        return selectors.public_events().order_by("-at", "-id")[:NEWEST]

    def item_title(self, item: ProgramEvent) -> str:
        """The programme and what happened."""
        return f"{item.program.title}: {event_words(item)}"

    def item_description(self, item: ProgramEvent) -> str:
        """The public reason, else what the programme is."""
        return item.reason or item.program.summary

    def item_link(self, item: ProgramEvent) -> str:
        """The page of the programme."""
        return reverse("programs:detail", args=[item.program.code])

    def item_guid(self, item: ProgramEvent) -> str:
        """One name per event, without a key of ours."""
        return f"{self.item_link(item)}#{item.step}-{item.at:%Y%m%d%H%M%S%f}"

    def item_pubdate(self, item: ProgramEvent) -> datetime:
        """When it happened."""
        return item.at

    def item_updateddate(self, item: ProgramEvent) -> datetime:
        """The same: events never change."""
        return item.at


_feed = _Events()


@visitors_page(lifetime=300)
def feed(request: HttpRequest) -> HttpResponse:
    """The newest events for feed readers."""
    return _feed(request)
