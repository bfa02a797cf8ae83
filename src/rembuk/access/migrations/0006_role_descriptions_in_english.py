"""Sites that stand already: their seeded roles get an English description where nobody wrote one."""

from django.db import migrations

WRITTEN = {
    "administrator": "Runs the whole site: categories, work units, users, access rights, settings, the audit trail and the log.",
    "unit-admin": "Runs moderation, official answers, work programmes and consultations in the own work unit and below it.",
    "moderator": "Checks proposals, submissions and comments, and hands proposals to work units.",
    "program-manager": "Makes work programmes out of proposals and reports how they go.",
    "consultation-manager": "Holds consultations, answers every submission and announces the results.",
    "assessor": "Records what the work unit finds about proposals handed to it, and answers submissions.",
    "auditor": "Reads the audit trail and the log, without changing anything.",
    "member": "Everybody with an account; without any permission.",
}


def fill(apps, schema_editor):
    """Write it where there is none."""
    roles = apps.get_model("access", "Role").objects.using(schema_editor.connection.alias)
    for slug, text in WRITTEN.items():
        roles.filter(slug=slug, description_en="").update(description_en=text)


class Migration(migrations.Migration):
    dependencies = [("access", "0005_management_permissions")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
