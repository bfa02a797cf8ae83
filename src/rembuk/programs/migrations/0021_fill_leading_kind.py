"""The kind of the phase that leads now; what changes meanwhile is kept by the trigger of 0020."""

from django.db import migrations
from django.db.models import OuterRef, Subquery

_BATCH = 500


def fill(apps, schema_editor):
    """Batch by batch, each in a transaction of its own; again from where it broke."""
    alias = schema_editor.connection.alias
    phases = apps.get_model('programs', 'Phase').objects.using(alias)
    programs = apps.get_model('programs', 'Program').objects.using(alias)
    leading = phases.filter(program=OuterRef('pk'), is_leading=True).values('kind')[:1]
    waiting = phases.filter(is_leading=True, program__leading_kind='').exclude(kind='')
    waiting = waiting.order_by('program').values_list('program', flat=True)
    while batch := list(waiting[:_BATCH]):
        programs.filter(pk__in=batch, leading_kind='').update(leading_kind=Subquery(leading))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [('programs', '0020_leading_kind')]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
