from django.db import migrations, models
from django.db.models import Q

from rembuk.common.postgresql.operations import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("proposals", "0004_growth"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="proposal",
            index=models.Index(
                fields=["answer_due_at", "id"],
                condition=Q(state__in=["published", "reviewing"]),
                name="proposal_overdue",
            ),
        ),
    ]
