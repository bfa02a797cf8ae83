"""Two administrators edit one row: the second sees what the first changed (409) and loses nothing she typed."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from django.db.models import Model
from django.http import QueryDict

from rembuk.audit import selectors as trail
from rembuk.audit.models import AuditEntry
from rembuk.management.actions.rows import held
from rembuk.web.guards import PersonRequest
from rembuk.web.management.fields import ManagedForm
from rembuk.web.management.pages import attempt
from rembuk.web.programs.editing.seen import Sight


class RowSight(Sight):
    """What a form was filled with, against the row as it is now. ``target`` is how the trail names the row."""

    def __init__(
        self,
        request: PersonRequest,
        row: Model,
        target: tuple[str, str],
        build: Callable[[QueryDict | None], ManagedForm],
    ) -> None:
        self.row, self.target = row, target
        self.form_of = build
        stored: Any = row
        super().__init__(request, stored, lambda data: [build(data)])
        self.form = build(self.data)

    def save(self, act: Callable[[ManagedForm], object]) -> bool:
        """Do what the form asks if it is well and nobody came in between.

        Raises:
            Clashed: when somebody was faster; asking the page again finds the difference.
        """
        if self.clash is not None:
            self.form.full_clean()
            return False

        def held_act() -> None:
            with self.held():
                act(self.form)

        return attempt(self.form, held_act)

    def _locked(self) -> AbstractContextManager[None]:
        return held(self.row, self._check)

    def _trail(self, limit: int) -> Sequence[AuditEntry]:
        kind, key = self.target
        return trail.trail_of(kind, key, limit=limit)
