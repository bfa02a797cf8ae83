"""The icons that can stand for a topic, with what each shows in words; signs of acts and directions are none."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TOPICS: Final[Mapping[str, Promise]] = {
    "tag": _("General"),
    "building": _("Public buildings and offices"),
    "home": _("Housing"),
    "route": _("Roads and transport"),
    "merge": _("Drains and canals"),
    "eye": _("Lighting"),
    "link": _("Networks and connections"),
    "pin": _("Places and spatial planning"),
    "globe": _("Environment"),
    "trash": _("Waste"),
    "pulse": _("Health"),
    "people": _("Society and families"),
    "person": _("Civil registration"),
    "clipboard": _("Administration and services"),
    "document": _("Permits and documents"),
    "scale": _("Law and justice"),
    "shield": _("Safety and order"),
    "alert": _("Disasters and emergencies"),
    "chart": _("Economy and trade"),
    "gear": _("Industry and technology"),
    "phone": _("Telecommunication"),
    "comment": _("Information and media"),
    "image": _("Tourism and culture"),
    "calendar": _("Events and sport"),
    "flag": _("Nation and government"),
    "send": _("Delivery and logistics"),
    "ballot": _("Elections and participation"),
}
