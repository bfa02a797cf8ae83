"""What is asked in a round: the three of the short rating, or the nine unsur of the SKM, each with its four answers.

The nine and their order are those of Permen PANRB 14/2017, the questions and answers those of its model sheet.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.programs.choices import Survey


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that is rated: its name, the question, and the words of 1 to 4."""

    code: str
    name: Promise
    question: Promise
    answers: tuple[Promise, Promise, Promise, Promise]


SHORT = (
    Element(
        "benefit",
        _("Benefit"),
        _("How useful are the results to you?"),
        (_("Not useful"), _("Hardly useful"), _("Useful"), _("Very useful")),
    ),
    Element(
        "quality",
        _("Quality"),
        _("How well was the work done?"),
        (_("Badly"), _("Rather badly"), _("Well"), _("Very well")),
    ),
    Element(
        "openness",
        _("Openness"),
        _("How openly were you told what happens?"),
        (_("Not openly"), _("Hardly openly"), _("Openly"), _("Very openly")),
    ),
)
_FIT = (_("Do not fit"), _("Hardly fit"), _("Fit"), _("Fit very well"))
SKM = (
    Element("u1", _("Requirements"), _("How well do the requirements fit the kind of service?"), _FIT),
    Element(
        "u2",
        _("System, mechanism and procedure"),
        _("How easy is the procedure of the service?"),
        (_("Not easy"), _("Hardly easy"), _("Easy"), _("Very easy")),
    ),
    Element(
        "u3",
        _("Time of completion"),
        _("How fast is the service given?"),
        (_("Not fast"), _("Hardly fast"), _("Fast"), _("Very fast")),
    ),
    Element(
        "u4",
        _("Costs or tariffs"),
        _("How fair are the costs or tariffs of the service?"),
        (_("Very expensive"), _("Rather expensive"), _("Cheap"), _("Free of charge")),
    ),
    Element(
        "u5",
        _("Product specification of the kind of service"),
        _("How well do the results fit what the service standard says?"),
        _FIT,
    ),
    Element(
        "u6",
        _("Competence of those who serve"),
        _("How competent are the people who serve you?"),
        (_("Not competent"), _("Hardly competent"), _("Competent"), _("Very competent")),
    ),
    Element(
        "u7",
        _("Behaviour of those who serve"),
        _("How polite and friendly are the people who serve you?"),
        (
            _("Not polite and friendly"),
            _("Hardly polite and friendly"),
            _("Polite and friendly"),
            _("Very polite and friendly"),
        ),
    ),
    Element(
        "u8",
        _("Handling of complaints, suggestions and input"),
        _("How are complaints of users handled?"),
        (
            _("There is no such thing"),
            _("There is, but it does not work"),
            _("It works, but not well enough"),
            _("It is handled well"),
        ),
    ),
    Element(
        "u9",
        _("Facilities and infrastructure"),
        _("How good are the facilities and the infrastructure?"),
        (_("Bad"), _("Sufficient"), _("Good"), _("Very good")),
    ),
)
OF: dict[str, tuple[Element, ...]] = {Survey.SHORT: SHORT, Survey.SKM: SKM}
