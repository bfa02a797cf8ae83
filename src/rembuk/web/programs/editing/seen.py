"""Two officials edit one programme: the second sees what the first changed and loses nothing she typed.

A form carries in a hidden field what it was filled with (``Sight.mark``). When it is sent, that is compared with what is
stored now: before anything is done, and once more under the lock of the programme. On a difference nothing is written;
the page (409) shows field by field what was there, what is there now and what she typed. Fields she left alone take
the new value, her own words stay, and the button saves over the rest knowingly: the page carries the new state.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, cast

from django import forms
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _

from rembuk.audit import selectors as trail
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import WrongState
from rembuk.programs.actions.editing.seen import held
from rembuk.programs.models import Program
from rembuk.web.guards import PersonRequest, View
from rembuk.web.programs.editing.clash import Clash, clash_of
from rembuk.web.programs.editing.reading import Fields, field_names, read, take
from rembuk.web.trail.rows import audit_rows

SEEN = "seen"
type Build = Callable[[QueryDict | None], Sequence[forms.BaseForm]]
type Join = Callable[[QueryDict, Fields], None]


class Clashed(WrongState):
    """Somebody changed what the form was filled with; the page of the form shows the difference."""


class Sight:
    """What a form was filled with, against what is stored now.

    ``build`` makes the forms from what was sent, or fresh from the database for ``None``. ``join`` puts rows that were
    added meanwhile into what was sent.
    """

    def __init__(
        self, request: PersonRequest, program: Program, build: Build, join: Join | None = None
    ) -> None:
        self.program, self.build = program, build
        self.sent = request.POST if request.method == "POST" else None
        self._seen, self._newest = _unpacked(self.sent)
        self.data: QueryDict | None = self.sent
        self.clash: Clash | None = None
        if self.sent is not None and self._seen is not None:
            self._compare(self.sent, self._seen, join)

    def _compare(self, sent: QueryDict, seen: Mapping[str, str], join: Join | None) -> None:
        now = read(self.build(None))
        posted = self.build(sent)
        clash = clash_of(seen, now, posted, sent)
        if clash is None:
            return
        self.clash = clash
        clash.deeds = self._deeds()
        self.data = sent.copy()
        names = field_names(posted)
        for name, value in clash.taken.items():
            if name in names:
                take(self.data, posted, names[name], value)
        if join is not None:
            join(self.data, {name: field for name, field in now.items() if name not in seen})

    @contextmanager
    def held(self) -> Iterator[None]:
        """Do the act inside only while what she saw is still there.

        Raises:
            Clashed: when somebody was faster; asking again finds the difference.
        """
        with self._locked():
            yield

    def _locked(self) -> AbstractContextManager[None]:
        """Holds the row while ``_check`` and the act run."""
        return held(self.program, self._check)

    def _trail(self, limit: int) -> Sequence[AuditEntry]:
        """The newest deeds on it."""
        return trail.trail_of("program", self.program.code, limit=limit)

    def _check(self) -> None:
        if self.sent is None or self._seen is None:
            return
        if clash_of(self._seen, read(self.build(None)), self.build(self.sent), self.sent) is not None:
            raise Clashed(_("Somebody changed this while you were writing. Nothing of yours was saved."))

    @property
    def mark(self) -> str:
        """What the page carries in its hidden field: the values of now, and the newest deed behind them."""
        if self.sent is not None and self.clash is None and self._seen is not None:
            return self.sent.get(SEEN, "")
        values = {name: field.text for name, field in read(self.build(None)).items()}
        return json.dumps([self._newest_deed(), values], ensure_ascii=False, separators=(",", ":"))

    def status(self, refused: int = 422) -> int:
        """The status of the page: 409 for a difference, ``refused`` for other faults, 200 for a first look."""
        if self.sent is None:
            return 200
        return 409 if self.clash else refused

    def _newest_deed(self) -> int:
        newest = self._trail(1)
        return newest[0].pk if newest else 0

    def _deeds(self) -> list[dict[str, Any]]:
        """Who did what since she opened the page, newest first; at least the last deed."""
        rows = self._trail(5)
        return audit_rows([row for row in rows if row.pk > self._newest] or rows[:1])


def once_more(view: View, request: PersonRequest, *args: object) -> HttpResponse:
    """Ask the view again after ``Clashed``: now it finds the difference before it does anything."""
    return cast(HttpResponse, view(request, *args))


def _unpacked(sent: QueryDict | None) -> tuple[dict[str, str] | None, int]:
    """What the form was filled with and the newest deed then; nothing for a form that carries nothing readable."""
    try:
        newest, values = json.loads(str(sent.get(SEEN, "")) if sent else "")
        return {str(name): str(value) for name, value in values.items()}, int(newest)
    except (ValueError, TypeError, AttributeError):
        return None, 0
