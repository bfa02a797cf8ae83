"""Sites that stand already: their standard roles get the permissions of consultations; roles made there are left alone."""

from django.db import migrations

_READ = ["consultation.read"]
_WHOLE = [
    *_READ,
    "consultation.edit",
    "consultation.publish",
    "consultation.enter",
    "consultation.answer",
    "consultation.approve",
    "consultation.export",
    "submission.moderate",
]
ADDED = {
    "administrator": [*_WHOLE, "submission.unmask"],
    "unit-admin": [*_WHOLE, "submission.unmask"],
    "moderator": [*_READ, "submission.moderate"],
    "program-manager": _READ,
    "consultation-manager": _WHOLE,
    "assessor": [*_READ, "consultation.answer"],
    "auditor": [*_READ, "consultation.export"],
}


def add(apps, schema_editor):
    """Add what is missing, role by role."""
    for role in apps.get_model("access", "Role").objects.using(schema_editor.connection.alias).filter(slug__in=ADDED):
        missing = [key for key in ADDED[role.slug] if key not in role.permissions]
        role.permissions = [*role.permissions, *missing]
        role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
