"""The closed list of deeds. Each app registers its own in ``verbs.py``, imported by its ``ready()``."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Verb:
    """A deed: a stable key such as ``proposal.published`` and a sentence for people.

    A quiet one changes nothing that a visitor could see, such as an export or a sign-in. Others are taken for visible when
    staff, a command or a job does them; a ``is_telling`` one whoever does it.

    One in place changes only pages that name its proposal, programme or consultation already, and lists. Any other may make
    something appear where nothing of it was (shown again, published, tied): no kept page is sure of not having to show it.

    A repeatable one may come again from the same form (``sendings``): it states a value that its row holds, so that following,
    unfollowing and following from an old page counts; or its answer is what was wanted, as with a sign-in, a look, a copy.
    """

    key: str
    sentence: str | Promise
    is_quiet: bool = False
    is_telling: bool = False
    is_repeatable: bool = False
    is_in_place: bool = False

    def __str__(self) -> str:
        return self.key


class UnknownVerb(LookupError):
    """A deed that no app has registered: a mistake in the code."""


_registered: dict[str, Verb] = {}


def register(*verbs: Verb) -> None:
    """Add deeds to the list.

    Raises:
        ValueError: when a key is taken by a different deed.
    """
    for verb in verbs:
        if _registered.setdefault(verb.key, verb) is not verb:
            raise ValueError(f"verb registered twice: {verb.key}")


def known(key: str) -> Verb:
    """The deed with this key.

    Raises:
        UnknownVerb: when there is none.
    """
    try:
        return _registered[key]
    except KeyError:
        raise UnknownVerb(key) from None


def sentence(key: str) -> str:
    """What the deed is called on a page; the key itself for one that no longer exists in the code."""
    verb = _registered.get(key)
    return str(verb.sentence) if verb else key


def choices() -> list[tuple[str, str]]:
    """All deeds as (key, sentence), by key."""
    return sorted((key, str(verb.sentence)) for key, verb in _registered.items())


EXPORTED = Verb("audit.exported", _("Audit trail exported"), is_quiet=True, is_repeatable=True)
DENIED = Verb("access.denied", _("Access denied"), is_quiet=True, is_repeatable=True)
register(EXPORTED, DENIED)
