"""Months of the trail are made with the storage settings of the others: see the SQL beside."""

from pathlib import Path

from django.db import migrations

FORWARD = (Path(__file__).parent / "0005_tuned_partitions.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_take_over")]
    # The version before asks the same function for the same months.
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
