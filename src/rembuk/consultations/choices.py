"""Closed lists of the consultations domain that are not states."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What is put to the public."""

    PLAN = "plan", _("Plan or activity")
    REGULATION = "regulation", _("Draft regulation")
    POLICY = "policy", _("Policy")
    EVALUATION = "evaluation", _("Evaluation of a programme")


class Audience(models.TextChoices):
    """Who may answer."""

    MEMBERS = "members", _("Every member")
    ORGANISATIONS = "organisations", _("Named organisations")


class Moment(models.TextChoices):
    """When something is shown to the public."""

    AT_ONCE = "at_once", _("At once")
    AFTER_CLOSING = "after_closing", _("After closing")


class Zone(models.TextChoices):
    """The zones of Indonesia; names as in ``common.clock``."""

    WIB = "WIB", "WIB"
    WITA = "WITA", "WITA"
    WIT = "WIT", "WIT"


class Stance(models.TextChoices):
    """What somebody says of the whole, or of one clause."""

    AGREE = "agree", pgettext_lazy("stance", "Agree")
    WITH_NOTES = "with_notes", pgettext_lazy("stance", "Agree with notes")
    DISAGREE = "disagree", pgettext_lazy("stance", "Disagree")


class ParticipantKind(models.TextChoices):
    """As what somebody takes part (UU 12/2011 art. 96)."""

    PERSON = "person", _("Individual")
    GROUP = "group", _("Group")
    BUSINESS = "business", _("Business")
    ORGANISATION = "organisation", _("Organisation")


class Channel(models.TextChoices):
    """How a submission reached the office that entered it for somebody; ``web`` is the participant's own."""

    WEB = "web", _("This site")
    LETTER = "letter", _("Letter")
    MEETING = "meeting", _("Meeting")
    CALL = "call", _("Call")
    VISIT = "visit", _("Visit")
    EMAIL = "email", _("Email")


class ClauseKind(models.TextChoices):
    """What kind of part a clause is (UU 12/2011, lampiran II, on the frame of a regulation)."""

    HEADING = "heading", _("Heading")
    PREAMBLE = "preamble", pgettext_lazy("clause", "Considering (Menimbang)")
    BASIS = "basis", pgettext_lazy("clause", "In view of (Mengingat)")
    DECISION = "decision", pgettext_lazy("clause", "Decides (Memutuskan, Menetapkan)")
    BOOK = "book", pgettext_lazy("clause", "Book (Buku)")
    CHAPTER = "chapter", pgettext_lazy("clause", "Chapter (Bab)")
    PART = "part", pgettext_lazy("clause", "Part (Bagian)")
    SECTION = "section", pgettext_lazy("clause", "Section (Paragraf)")
    ARTICLE = "article", pgettext_lazy("clause", "Article (Pasal)")
    DICTUM = "dictum", pgettext_lazy("clause", "Dictum (KESATU, KEDUA, …)")
    PARAGRAPH = "paragraph", pgettext_lazy("clause", "Paragraph (ayat)")
    LETTER = "letter", pgettext_lazy("clause", "Letter (huruf)")
    NUMBER = "number", pgettext_lazy("clause", "Number (angka)")
    ELUCIDATION = "elucidation", pgettext_lazy("clause", "Elucidation (Penjelasan)")
    ANNEX = "annex", pgettext_lazy("clause", "Annex (Lampiran)")
    TEXT = "text", pgettext_lazy("clause", "Text")


class Change(models.TextChoices):
    """How a clause of a version relates to the version before."""

    FIRST = "first", pgettext_lazy("clause", "First version")
    UNCHANGED = "unchanged", pgettext_lazy("clause", "Unchanged")
    CHANGED = "changed", pgettext_lazy("clause", "Changed")
    MOVED = "moved", pgettext_lazy("clause", "Moved")
    NEW = "new", pgettext_lazy("clause", "New")


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SINGLE = "single", _("One choice")
    MULTIPLE = "multiple", _("Several choices")
    SCALE = "scale", _("Scale")
    SHORT = "short", _("Short text")
    LONG = "long", _("Long text")


class RowSource(models.TextChoices):
    """Which part of a submission a row of the matrix holds."""

    OVERALL = "overall", _("Overall stance")
    REMARK = "remark", _("Remark on a clause")
    ANSWER = "answer", _("Answer to a question")
    CUT = "cut", _("Point cut out by the office")


class Verdict(models.TextChoices):
    """What was done with a point (matriks masukan dan tanggapan)."""

    ACCEPTED = "accepted", _("Accepted")
    PARTLY = "partly", _("Partly accepted")
    REJECTED = "rejected", pgettext_lazy("verdict", "Rejected")
    ALREADY = "already", _("Already provided for")
    OUTSIDE = "outside", _("Outside the scope")


class Tie(models.TextChoices):
    """How a programme belongs to a consultation."""

    ABOUT = "about", _("The consultation is about this programme")
    OUTCOME = "outcome", _("The programme came out of the consultation")
