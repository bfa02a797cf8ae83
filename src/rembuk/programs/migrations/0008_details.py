"""A programme's place becomes the first of its places; the nomenclature is a code or nothing."""

from django.db import migrations, models

SHAPE = r"^([1-9]\.[0-9]{2}|X\.XX)\.[0-9]{2}(\.[0-9]\.[0-9]{2}(\.[0-9]{2}|\.[0-9]{4})?)?$"

FORWARD = """
INSERT INTO programs_programplace (program_id, position, region_id, words)
SELECT id, 1, region_id, place FROM programs_program
WHERE (region_id IS NOT NULL OR place <> '')
  AND NOT EXISTS (SELECT FROM programs_programplace p WHERE p.program_id = programs_program.id);
"""


class Migration(migrations.Migration):
    dependencies = [("programs", "0007_suggestions")]
    operations = [
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="program",
            constraint=models.CheckConstraint(
                condition=models.Q(nomenclature="") | models.Q(nomenclature__regex=SHAPE),
                name="program_nomenclature_is_a_code",
            ),
        ),
    ]
