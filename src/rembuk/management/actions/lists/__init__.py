"""Changing managed lists: ``listings`` says which there are, ``entries`` orders, retires and deletes rows of any.

``texts`` makes and edits reasons and text templates; kinds and templates of phases are in ``actions.phases``.
"""

from rembuk.management.actions.lists.texts import (
    change_reason,
    change_template,
    create_reason,
    create_template,
    replace_reason,
)

__all__ = ["change_reason", "change_template", "create_reason", "create_template", "replace_reason"]
