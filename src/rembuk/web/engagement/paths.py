"""Addresses around a subject: its own page, its discussion, and the way over sign-in and back."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language

from rembuk.common.errors import NotVisible
from rembuk.engagement.models import Comment, Subject
from rembuk.web.links import link

# Words in the address for kinds of subjects.
KINDS = {
    "usulan": Subject.Kind.PROPOSAL,
    "program": Subject.Kind.PROGRAM,
    "fase": Subject.Kind.PHASE,
    "uji-publik": Subject.Kind.CONSULTATION,
    "butir": Subject.Kind.CLAUSE,
    "masukan": Subject.Kind.SUBMISSION,
    "kesaksian": Subject.Kind.WITNESS,
}
# The entry of the main menu that stands for a kind; programmes and phases share one.
SECTIONS = {
    Subject.Kind.PROPOSAL: "proposals",
    Subject.Kind.CONSULTATION: "consultations",
    Subject.Kind.CLAUSE: "consultations",
    Subject.Kind.SUBMISSION: "consultations",
}
_WORDS = {kind: word for word, kind in KINDS.items()}


def kind_of(word: str) -> Subject.Kind:
    """The kind of subject behind a word of the address.

    Raises:
        NotVisible: for any other word.
    """
    if word not in KINDS:
        raise NotVisible
    return KINDS[word]


def section_of(subject: Subject) -> str:
    """The entry of the main menu under which the subject's talk stands."""
    return SECTIONS.get(Subject.Kind(subject.kind), "programs")


def to(route: str, subject: Subject) -> str:
    """The address of one of the subject's acts or of its discussion."""
    return link(f"engagement:{route}", _WORDS[Subject.Kind(subject.kind)], subject.code)


def to_comment(route: str, comment: Comment) -> str:
    """The address of one of the comment's acts or of its thread."""
    return link(f"engagement:{route}", comment.public_id)


def page_of(subject: Subject, anchor: str = "") -> str:
    """The subject's own page in the language of the reader, at an anchor."""
    prefix = "/en" if get_language() == "en" else ""
    return f"{prefix}{subject.path}{f'#{anchor}' if anchor else ''}"


def place_of(comment: Comment) -> str:
    """The comment in its thread."""
    return f"{to_comment('thread', comment)}#{comment.anchor}"


def sign_in(back: str) -> str:
    """The sign-in page that leads back."""
    return f"{reverse('account_login')}?{urlencode({'next': back})}"
