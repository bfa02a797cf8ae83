"""Sites that stand already: their seeded roles get the new permissions of management."""

from django.db import migrations

ADDED = {
    "administrator": ("person.export", "account.open", "role.manage"),
    "unit-admin": ("person.export", "account.open"),
    "moderator": ("account.open",),
}


def add(apps, schema_editor):
    """Add them where they are missing."""
    roles = apps.get_model("access", "Role").objects.using(schema_editor.connection.alias)
    for role in roles.filter(slug__in=list(ADDED)):
        missing = [key for key in ADDED[role.slug] if key not in role.permissions]
        if missing:
            role.permissions = [*role.permissions, *missing]
            role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("access", "0004_standing_and_requests")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
