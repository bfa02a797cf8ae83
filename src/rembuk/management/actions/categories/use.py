"""Taking a category out of use and back, for one and for many. The caller holds the lock of the tree."""

from django.utils.translation import gettext as _

from rembuk.common.errors import WrongState
from rembuk.taxonomy.models import Category


def set_active(category: Category, is_active: bool) -> None:
    """Take a category out of use, or put it back.

    Raises:
        WrongState: when it is so already, while active ones hang below, below a retired one, or once it was merged.
    """
    if category.is_active == is_active:
        raise WrongState(
            _("This category is in use already.") if is_active else _("This category is retired already.")
        )
    if is_active:
        _refuse_restoring(category)
    elif category.children.filter(is_active=True).exists():
        raise WrongState(_("There are categories in use below this one. Move or retire them first."))
    category.is_active = is_active
    category.save(update_fields=["is_active"])


def _refuse_restoring(category: Category) -> None:
    if category.merged_into is not None:
        raise WrongState(
            _("This category was merged into “%(name)s”. What stood in it is there now.")
            % {"name": category.merged_into}
        )
    if category.parent and not category.parent.is_active:
        raise WrongState(_("The category above it is retired. Put that one back into use first."))
