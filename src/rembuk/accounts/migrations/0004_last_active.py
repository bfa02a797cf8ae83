"""People who signed in before the day of the last request was kept: their last sign-in stands for it."""

from django.db import migrations
from django.db.models.functions import TruncDate


def fill(apps, schema_editor):
    """Take the day of the last sign-in."""
    people = apps.get_model("accounts", "Person").objects.using(schema_editor.connection.alias)
    people.filter(last_active_on=None, last_login__isnull=False).update(last_active_on=TruncDate("last_login"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_desk_accounts")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
