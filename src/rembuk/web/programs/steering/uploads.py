"""Storing the pictures of an update: each by itself, so that a broken one costs neither the others nor the
text.
"""

from django.utils.translation import gettext as _

from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid
from rembuk.files.actions import store_upload
from rembuk.files.models import FileKind
from rembuk.web.programs.steering.update_form import PURPOSE, UpdateForm


def keep_uploads(form: UpdateForm, by: Person) -> bool:
    """Store each new picture by itself, note the faults, and say whether the whole form stands."""
    form.recall(by)
    is_valid = form.is_valid()
    for number, upload in form.uploads().items():
        try:
            stored = store_upload(upload, by=acting(by), purpose=PURPOSE)
        except Invalid as refusal:
            form.add_error(f"picture_{number}", str(refusal))
            is_valid = False
            continue
        if stored.kind != FileKind.PICTURE:
            form.add_error(f"picture_{number}", _("This is no picture. Add it below as a document."))
            is_valid = False
            continue
        form.kept[number] = stored
    form.refuse_taken()
    form.refuse_wordless()
    return is_valid and form.is_valid()
