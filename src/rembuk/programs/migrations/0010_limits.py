"""What really happened follows its order too, and a phase never ends without having a start."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("programs", "0009_touched")]
    operations = [
        migrations.AddConstraint(
            model_name="phase",
            constraint=models.CheckConstraint(
                condition=Q(planned_end_on=None) | Q(planned_start_on__isnull=False),
                name="phase_end_has_a_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="phase",
            constraint=models.CheckConstraint(
                condition=Q(actual_end_on=None)
                | (Q(actual_start_on__isnull=False) & Q(actual_end_on__gte=F("actual_start_on"))),
                name="phase_ended_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="updatepicture",
            constraint=models.CheckConstraint(
                condition=Q(moment__in=["", "before", "after"]), name="updatepicture_moment_exists"
            ),
        ),
    ]
