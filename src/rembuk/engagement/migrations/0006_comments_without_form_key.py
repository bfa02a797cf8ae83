"""Comments are guarded against a double submit as every form is (audit.sendings).

The column stays for one release, so that a process of the version before can still write comments; a later one drops it.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("engagement", "0005_witness_subject")]
    operations = [
        migrations.RemoveConstraint(model_name="comment", name="comment_form_once"),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name="comment", name="form_key")]
        ),
    ]
