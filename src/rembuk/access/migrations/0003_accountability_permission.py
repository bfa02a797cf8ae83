"""Sites that stand already: their administrators and unit admins may publish accountability reports."""

from django.db import migrations

ADDED = "accountability.publish"


def add(apps, schema_editor):
    """Add it where it is missing."""
    roles = apps.get_model("access", "Role").objects.using(schema_editor.connection.alias)
    for role in roles.filter(slug__in=["administrator", "unit-admin"]):
        if ADDED not in role.permissions:
            role.permissions = [*role.permissions, ADDED]
            role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("access", "0002_consultation_permissions")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
