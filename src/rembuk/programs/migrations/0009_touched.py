"""Neighbourhoods of proposals whose groups wait to be reckoned again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One row for each."""

    dependencies = [("programs", "0008_details")]

    operations = [
        migrations.CreateModel(
            name="Touched",
            fields=[
                (
                    "near",
                    models.CharField(db_collation="C", max_length=64, primary_key=True, serialize=False),
                ),
            ],
        ),
    ]
