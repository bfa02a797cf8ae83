"""The Atom feed of what happens in consultations."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from rembuk.common.text import excerpt
from rembuk.consultations.models import ConsultationEvent
from rembuk.consultations.selectors import listing
from rembuk.web.consultations.reading.parts import event_words
from rembuk.web.guards import visitors_page

NEWEST = 30


class _Events(Feed):  # type: ignore[type-arg]
    feed_type = Atom1Feed
    title = _("Consultations")
    subtitle = _("What is put to the public, until when, and what became of the submissions.")

    def link(self) -> str:
        """The page the feed belongs to."""
        return reverse("consultations:list")

    def items(self) -> QuerySet[ConsultationEvent]:
        """The newest public events."""
        texts = [f"consultation__{text}" for text in listing.TEXTS]
        return listing.public_events().defer(*texts).order_by("-at", "-id")[:NEWEST]

    def item_title(self, item: ConsultationEvent) -> str:
        """The consultation and what happened."""
        return f"{item.consultation.title}: {event_words(item)}"

    def item_description(self, item: ConsultationEvent) -> str:
        """The public reason, else what it is about."""
        return item.reason or excerpt(item.consultation.summary, 300)

    def item_link(self, item: ConsultationEvent) -> str:
        """The page of the consultation."""
        return reverse("consultations:detail", args=[item.consultation.code])

    def item_guid(self, item: ConsultationEvent) -> str:
        """One name per event, without a key of ours."""
        return f"{self.item_link(item)}#{item.step}-{item.at:%Y%m%d%H%M%S%f}"

    def item_pubdate(self, item: ConsultationEvent) -> datetime:
        """When it happened."""
        return item.at

    def item_updateddate(self, item: ConsultationEvent) -> datetime:
        """The same: events never change."""
        return item.at


_feed = _Events()


@visitors_page(lifetime=300)
def feed(request: HttpRequest) -> HttpResponse:
    """The newest events for feed readers."""
    return _feed(request)
