"""The first cell of a row that can be selected for an act on many; the form is ``components/bulk_bar.html``."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def pick(value: object, name: str, cell: str | SafeString, words: str = "") -> SafeString:
    """A box that sends ``value`` as ``selected``, then the cell; a screen reader hears "Select" and the name."""
    return format_html(
        '<span class="row-pick"><label><input type="checkbox" name="selected" value="{}" form="bulk">'
        '<span class="sr">{}</span></label>{}</span>',
        value,
        words or _("Select %(name)s") % {"name": name},
        cell,
    )


def picked_link(value: object, name: str, url: str) -> SafeString:
    """A box and the name as a link to its page."""
    return pick(value, name, format_html('<a href="{}">{}</a>', url, name))
