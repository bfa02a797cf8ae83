"""The Atom feed of published proposals."""

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from rembuk.proposals import selectors
from rembuk.proposals.models import Proposal
from rembuk.web.guards import visitors_page

NEWEST = 30


class _Proposals(Feed):  # type: ignore[type-arg]
    feed_type = Atom1Feed
    title = _("Published proposals")
    subtitle = _("What people propose, and what became of it.")

    def link(self) -> str:
        """The page the feed belongs to."""
        return reverse("proposals:list")

    def items(self) -> QuerySet[Proposal]:
        """The newest published proposals."""
        return selectors.listed().order_by("-published_at", "-id")[:NEWEST]

    def item_title(self, item: Proposal) -> str:
        """Its title."""
        return item.title

    def item_description(self, item: Proposal) -> str:
        """Its first words."""
        return item.excerpt

    def item_link(self, item: Proposal) -> str:
        """Its page."""
        return reverse("proposals:detail", args=[item.code])

    def item_pubdate(self, item: Proposal) -> object:
        """When it was published."""
        return item.published_at

    def item_updateddate(self, item: Proposal) -> object:
        """When it last changed."""
        return item.changed_at


_feed = _Proposals()


@visitors_page(lifetime=300)
def feed(request: HttpRequest) -> HttpResponse:
    """The newest proposals for feed readers."""
    return _feed(request)
