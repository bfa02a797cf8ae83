from django.db import migrations, models

from rembuk.common.postgresql.operations import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("consultations", "0007_standing"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="consultation",
            index=models.Index(
                condition=models.Q(("state", "closed")),
                fields=["answer_due_at", "id"],
                name="consultation_due",
            ),
        ),
    ]
