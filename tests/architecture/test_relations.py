"""Each relation between models points to the same stratum or a lower one; nobody uses signals or generic keys."""

from pathlib import Path

from django.apps import apps
from django.db import models

STRATA = [
    {"logbook"},
    {"keeping"},
    {"audit"},
    {"regions"},
    {"notifications", "files", "workdays", "siteconfig"},
    {"accounts"},
    {"workunits"},
    {"taxonomy"},
    {"access"},
    {"exports"},
    {"engagement"},
    {"proposals"},
    {"programs"},
    {"consultations"},
    {"insights", "search"},
    {"reports"},
    {"management"},
    {"web", "ops"},
]
HEIGHT = {label: height for height, labels in enumerate(STRATA) for label in labels}
OURS = [model for model in apps.get_models() if model.__module__.startswith("rembuk.")]
SRC = Path(__file__).resolve().parents[2] / "src" / "rembuk"


def relations() -> list[tuple[str, str, str]]:
    """(model, field, label of the app it points to) of all our models."""
    found = []
    for model in OURS:
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey | models.OneToOneField | models.ManyToManyField):
                found.append((model._meta.label, field.name, field.related_model._meta.app_label))
    return found


def test_every_app_has_a_stratum() -> None:
    assert {model._meta.app_label for model in OURS} <= set(HEIGHT)


def test_relations_point_down() -> None:
    up = [
        f"{model}.{field} points up to {target}"
        for model, field, target in relations()
        if HEIGHT[target] > HEIGHT[model.split(".")[0]]
    ]
    assert up == []


def test_no_generic_foreign_keys_and_no_signals() -> None:
    banned = ("GenericForeignKey", "django.db.models.signals", "@receiver")
    guilty = [
        f"{path.relative_to(SRC)}: {word}"
        for path in SRC.rglob("*.py")
        for word in banned
        if word in path.read_text(encoding="utf-8")
    ]
    assert guilty == []
