"""Evaluations and accountability reports; a trigger keeps published ones as they are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What is published stays as it is; only the account of its author may be forgotten.
FORWARD = """
CREATE FUNCTION reports_keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'published' AND (to_jsonb(NEW) - 'drafted_by_id') IS DISTINCT FROM (to_jsonb(OLD) - 'drafted_by_id')
    THEN RAISE EXCEPTION 'a published report is never changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER evaluation_fixed BEFORE UPDATE ON reports_evaluationreport
    FOR EACH ROW EXECUTE FUNCTION reports_keep_published();
CREATE TRIGGER accountability_fixed BEFORE UPDATE ON reports_accountabilityreport
    FOR EACH ROW EXECUTE FUNCTION reports_keep_published();
"""
BACKWARD = """
DROP TRIGGER accountability_fixed ON reports_accountabilityreport;
DROP TRIGGER evaluation_fixed ON reports_evaluationreport;
DROP FUNCTION reports_keep_published;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('programs', '0001_initial'),
        ('workunits', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountabilityReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', max_length=9)),
                ('words', models.JSONField(default=dict)),
                ('html', models.JSONField(default=dict)),
                ('data', models.JSONField(default=dict)),
                ('drafted_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('code', models.CharField(db_collation='C', max_length=60, unique=True)),
                ('year', models.PositiveSmallIntegerField()),
                ('quarter', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('drafted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('year'), descending=True), models.OrderBy(models.F('quarter'), descending=True, nulls_first=True), 'unit'],
                'indexes': [
                    models.Index(fields=['state', '-published_at', '-id'], name='accountability_newest'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('unit', 'year', 'quarter'), name='accountability_once_a_period', nulls_distinct=False),
                    models.CheckConstraint(condition=models.Q(('quarter', None), ('quarter__range', (1, 4)), _connector='OR'), name='accountability_quarter'),
                    models.CheckConstraint(condition=models.Q(('state', 'draft'), ('published_at__isnull', False), _connector='XOR'), name='accountability_published_has_date'),
                ],
            },
        ),
        migrations.CreateModel(
            name='EvaluationReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', max_length=9)),
                ('words', models.JSONField(default=dict)),
                ('html', models.JSONField(default=dict)),
                ('data', models.JSONField(default=dict)),
                ('drafted_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('drafted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evaluations', to='programs.program')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [
                    models.UniqueConstraint(fields=('program', 'number'), name='evaluation_number'),
                    models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('program',), name='evaluation_one_draft'),
                    models.CheckConstraint(condition=models.Q(('state', 'draft'), ('published_at__isnull', False), _connector='XOR'), name='evaluation_published_has_date'),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
