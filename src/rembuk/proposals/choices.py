"""Closed lists of the proposals domain that are not states."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Where a proposal comes from (planning law: UU 25/2004, Permendagri 86/2017)."""

    CITIZEN = "citizen", _("Citizen")
    VILLAGE_MEETING = "village_meeting", _("Village planning meeting")
    SUBDISTRICT_MEETING = "subdistrict_meeting", _("Subdistrict planning meeting")
    COUNCIL = "council", _("Council members' main points")
    AGENCY = "agency", _("Agency")


class ParticipantKind(models.TextChoices):
    """As what somebody proposes (UU 12/2011 art. 96)."""

    PERSON = "person", _("Individual")
    GROUP = "group", _("Group")
    ORGANISATION = "organisation", _("Organisation")


class Channel(models.TextChoices):
    """How a proposal reached the office that entered it on behalf of somebody."""

    VISIT = "visit", _("Visit")
    LETTER = "letter", _("Letter")
    CALL = "call", _("Call")
    MEETING = "meeting", _("Meeting")


class AssessmentVerdict(models.TextChoices):
    """What a work unit finds (telaah)."""

    FEASIBLE = "feasible", _("Feasible")
    CONDITIONAL = "conditional", _("Feasible with conditions")
    UNFEASIBLE = "unfeasible", _("Not feasible")
    NOT_OURS = "not_ours", _("Outside our authority")


class AnswerKind(models.TextChoices):
    """What the official answer says."""

    ADOPTED = "adopted", _("Taken into a work programme")
    DEFERRED = "deferred", _("Kept for a later year")
    FORWARDED = "forwarded", _("Handed on outside")
    DECLINED = "declined", _("Not continued")
