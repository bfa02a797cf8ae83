"""Work programmes; what the database holds of their plans and their money is SQL (see beside)."""

from pathlib import Path

import datetime
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import uuid
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

_FOLDER = Path(__file__).parent
PLAN = (_FOLDER / "0001_plan.sql").read_text(encoding="utf-8")
MONEY = (_FOLDER / "0001_money.sql").read_text(encoding="utf-8")
FIRST_PLAN = (_FOLDER / "0001_first_plan.sql").read_text(encoding="utf-8")
NO_PLAN = """
DROP FUNCTION programs_keep_leading_kind CASCADE;
DROP FUNCTION programs_keep_revision CASCADE;
ALTER TABLE programs_milestone DROP CONSTRAINT milestone_in_own_phase;
ALTER TABLE programs_phase DROP CONSTRAINT phase_of_program;
ALTER TABLE programs_phase DROP CONSTRAINT phase_kind_no_overlap;
"""
NO_MONEY = """
DROP FUNCTION programs_keep_payment CASCADE;
DROP FUNCTION programs_keep_realisation CASCADE;
DROP FUNCTION programs_cash_within_pagu CASCADE;
DROP FUNCTION programs_within_pagu CASCADE;
ALTER TABLE programs_realisation DROP CONSTRAINT realisation_on_own_pagu;
ALTER TABLE programs_pagu DROP CONSTRAINT pagu_of_program;
"""
NO_FIRST_PLAN = "DROP FUNCTION programs_keep_first_plan CASCADE"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('engagement', '0001_initial'),
        ('files', '0001_initial'),
        ('proposals', '0001_initial'),
        ('regions', '0001_initial'),
        ('taxonomy', '0001_initial'),
        ('workunits', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # For the phases of one kind that must not overlap. Trusted since PostgreSQL 13.
        BtreeGistExtension(),
        migrations.CreateModel(
            name='Program',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(db_collation='C', max_length=20, unique=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Running'), ('postponed', 'Postponed'), ('cancelled', 'Cancelled'), ('completed', 'Completed')], default='draft', max_length=10)),
                ('title', models.CharField(max_length=200)),
                ('summary', models.CharField(max_length=500)),
                ('body', models.TextField(blank=True)),
                ('html', models.TextField(blank=True)),
                ('place', models.CharField(blank=True, max_length=300)),
                ('year', models.PositiveIntegerField()),
                ('search', django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='taxonomy.category')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
                ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='program', to='engagement.subject')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('beneficiaries', models.CharField(blank=True, max_length=300)),
                ('executing_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('is_public_service', models.BooleanField(default=False)),
                ('nomenclature', models.CharField(blank=True, db_collation='C', max_length=40)),
                ('leading_kind', models.CharField(blank=True, db_default='', default='', editable=False, max_length=20)),
            ],
            options={
                'verbose_name': 'work programme',
                'verbose_name_plural': 'work programmes',
                'indexes': [
                    models.Index(fields=['unit', 'state'], name='program_unit'),
                    models.Index(fields=['category'], name='program_category'),
                    django.contrib.postgres.indexes.GinIndex(fields=['search'], name='program_search'),
                    models.Index(fields=['-published_at', '-id'], include=('state', 'unit', 'category', 'year', 'region'), name='program_by_time'),
                    models.Index(fields=['-changed_at', '-id'], include=('state', 'unit', 'category', 'year', 'region'), name='program_by_change'),
                    models.Index(fields=['title', 'id'], include=('state', 'unit', 'category', 'year', 'region'), name='program_by_title'),
                    models.Index(fields=['year', '-published_at', '-id'], include=('state', 'unit', 'category', 'region'), name='program_of_year'),
                    models.Index(fields=['leading_kind', '-published_at', '-id'], include=('state', 'unit', 'category', 'year', 'region'), name='program_in_phase'),
                    models.Index(fields=['leading_kind', '-changed_at', '-id'], include=('state', 'unit', 'category', 'year', 'region'), name='program_in_phase_by_change'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('nomenclature', ''), ('nomenclature__regex', '^([1-9]\\.[0-9]{2}|X\\.XX)\\.[0-9]{2}(\\.[0-9]\\.[0-9]{2}(\\.[0-9]{2}|\\.[0-9]{4})?)?$'), _connector='OR'), name='program_nomenclature_is_a_code'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('position', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('upcoming', 'Upcoming'), ('active', 'Active'), ('done', 'Done')], default='upcoming', max_length=10)),
                ('is_leading', models.BooleanField(default=False)),
                ('first_start_on', models.DateField(blank=True, null=True)),
                ('first_end_on', models.DateField(blank=True, null=True)),
                ('planned_start_on', models.DateField(blank=True, null=True)),
                ('planned_end_on', models.DateField(blank=True, null=True)),
                ('actual_start_on', models.DateField(blank=True, null=True)),
                ('actual_end_on', models.DateField(blank=True, null=True)),
                ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='phase', to='engagement.subject')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='programs.program')),
            ],
            options={
                'ordering': ['position'],
                'indexes': [
                    models.Index(fields=['kind'], name='phase_kind'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('program', 'position'), name='phase_position'),
                    models.UniqueConstraint(condition=models.Q(('is_leading', True)), fields=('program',), name='phase_one_leads'),
                    models.CheckConstraint(condition=models.Q(('planned_end_on', None), ('planned_end_on__gte', models.F('planned_start_on')), _connector='OR'), name='phase_ends_after_start'),
                    models.CheckConstraint(condition=models.Q(('planned_end_on', None), ('planned_start_on__isnull', False), _connector='OR'), name='phase_end_has_a_start'),
                    models.CheckConstraint(condition=models.Q(('actual_end_on', None), models.Q(('actual_start_on__isnull', False), ('actual_end_on__gte', models.F('actual_start_on'))), _connector='OR'), name='phase_ended_after_start'),
                    models.CheckConstraint(condition=models.Q(('planned_start_on__range', (datetime.date(2000, 1, 1), datetime.date(2199, 12, 31))), ('planned_end_on__range', (datetime.date(2000, 1, 1), datetime.date(2199, 12, 31))), ('actual_start_on__range', (datetime.date(2000, 1, 1), datetime.date(2199, 12, 31))), ('actual_end_on__range', (datetime.date(2000, 1, 1), datetime.date(2199, 12, 31)))), name='phase_days_plausible'),
                    models.CheckConstraint(condition=models.Q(models.Q(('first_end_on', None), ('first_start_on', None)), models.Q(('first_end_on__gte', models.F('first_start_on')), ('first_end_on__isnull', False), ('first_start_on__isnull', False), ('planned_end_on__isnull', False), ('planned_start_on__isnull', False)), _connector='OR'), name='phase_first_plan_is_whole'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('extent', models.CharField(choices=[('whole', 'Fully'), ('part', 'Partly'), ('input', 'As input')], max_length=10)),
                ('sentence', models.TextField()),
                ('added_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('removal_reason', models.TextField(blank=True)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='proposals.proposal')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='programs.program')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('program', 'proposal'), name='link_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('reason', models.TextField()),
                ('changes', models.JSONField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='programs.program')),
                ('standing', models.CharField(blank=True, max_length=150)),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [
                    models.UniqueConstraint(fields=('program', 'number'), name='revision_number'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Update',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('body', models.TextField()),
                ('html', models.TextField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('phase', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='programs.phase')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='programs.program')),
            ],
            options={
                'ordering': ['-at', '-id'],
                'indexes': [
                    models.Index(fields=['program', '-at'], name='update_program'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('access_class', models.CharField(choices=[('open', 'Open'), ('excluded', 'Excluded')], default='open', max_length=10)),
                ('at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('phase', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='programs.phase')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='programs.program')),
                ('update', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='documents', to='programs.update')),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='UpdatePicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alternative', models.CharField(max_length=200)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('update', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='programs.update')),
                ('moment', models.CharField(blank=True, choices=[('before', 'Before'), ('after', 'After')], max_length=6)),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('moment__in', ['', 'before', 'after'])), name='updatepicture_moment_exists'),
                ],
            },
        ),
        migrations.CreateModel(
            name='KindOfPhase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, unique=True)),
                ('nature', models.CharField(choices=[('planning', 'Planning'), ('execution', 'Execution'), ('evaluation', 'Monitoring and evaluation')], max_length=10)),
                ('name', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=80)),
                ('question', models.CharField(max_length=200)),
                ('question_en', models.CharField(max_length=200)),
                ('takes_comments', models.BooleanField(default=True)),
                ('takes_answers', models.BooleanField(default=True)),
                ('takes_ratings', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('level', models.CharField(choices=[('input', 'Input'), ('output', 'Output'), ('outcome', 'Outcome')], max_length=7)),
                ('name', models.CharField(max_length=200)),
                ('measure', models.CharField(max_length=60)),
                ('direction', models.CharField(choices=[('up', 'Higher is better'), ('down', 'Lower is better')], default='up', max_length=4)),
                ('baseline', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='programs.program')),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('description', models.TextField(blank=True)),
                ('weight', models.DecimalField(decimal_places=2, default=1, max_digits=9)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('ongoing', 'Ongoing'), ('done', 'Done'), ('dropped', 'Dropped')], default='planned', max_length=8)),
                ('first_start_on', models.DateField(blank=True, null=True)),
                ('first_end_on', models.DateField(blank=True, null=True)),
                ('first_weight', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True)),
                ('planned_start_on', models.DateField()),
                ('planned_end_on', models.DateField()),
                ('actual_start_on', models.DateField(blank=True, null=True)),
                ('actual_end_on', models.DateField(blank=True, null=True)),
                ('claims', models.PositiveSmallIntegerField(default=0)),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('phase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='programs.phase')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='programs.program')),
            ],
            options={
                'ordering': ['position', 'id'],
                'indexes': [
                    models.Index(fields=['program', 'position'], name='milestone_program'),
                    models.Index(fields=['state', 'planned_end_on'], name='milestone_due'),
                    models.Index(condition=models.Q(('state__in', ['planned', 'ongoing'])), fields=['program', 'planned_end_on'], name='milestone_open'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('weight__gt', 0)), name='milestone_weighs'),
                    models.CheckConstraint(condition=models.Q(('planned_end_on__gte', models.F('planned_start_on'))), name='milestone_ends_after_start'),
                    models.CheckConstraint(condition=models.Q(('actual_end_on', None), ('actual_end_on__gte', models.F('actual_start_on')), _connector='OR'), name='milestone_ended_after_start'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), ('actual_start_on__isnull', False), ('actual_end_on__isnull', False)), models.Q(models.Q(('state', 'done'), _negated=True), ('actual_end_on', None)), _connector='OR'), name='milestone_done_has_dates'),
                    models.CheckConstraint(condition=models.Q(('planned_start_on__range', (datetime.date(2000, 1, 1), datetime.date(2199, 12, 31))), ('planned_end_on__range', (datetime.date(2000, 1, 1), datetime.date(2199, 12, 31))), ('actual_start_on__range', (datetime.date(2000, 1, 1), datetime.date(2199, 12, 31))), ('actual_end_on__range', (datetime.date(2000, 1, 1), datetime.date(2199, 12, 31)))), name='milestone_days_plausible'),
                    models.CheckConstraint(condition=models.Q(models.Q(('first_end_on', None), ('first_start_on', None), ('first_weight', None)), models.Q(('first_end_on__gte', models.F('first_start_on')), ('first_end_on__isnull', False), ('first_start_on__isnull', False)), _connector='OR'), name='milestone_first_plan_is_whole'),
                    models.CheckConstraint(condition=models.Q(('first_weight', None), ('first_weight__gt', 0), _connector='OR'), name='milestone_first_weighs'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ProgramEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=30)),
                ('from_state', models.CharField(max_length=10)),
                ('to_state', models.CharField(max_length=10)),
                ('at', models.DateTimeField()),
                ('reason', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('phase', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='programs.phase')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='programs.program')),
                ('codes', models.JSONField(blank=True, default=list)),
                ('milestone', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='programs.milestone')),
                ('standing', models.CharField(blank=True, max_length=150)),
            ],
            options={
                'ordering': ['at', 'id'],
                'indexes': [
                    models.Index(fields=['-at', '-id'], name='programevent_newest'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('claim', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='programs.milestone')),
                ('access_class', models.CharField(choices=[('open', 'Open'), ('excluded', 'Excluded')], default='open', max_length=10)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Pagu',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fund', models.CharField(choices=[('apbn', 'State budget (APBN)'), ('apbd_prov', 'Provincial budget (APBD)'), ('apbd', 'Regency or city budget (APBD)'), ('village', 'Village fund'), ('grant', 'Grant'), ('community', 'Contribution of the community'), ('other', 'Other')], max_length=10)),
                ('first_amount', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18)),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pagu', to='programs.program')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [
                    models.UniqueConstraint(fields=('program', 'fund'), name='pagu_once_a_fund'),
                    models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='pagu_not_negative'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PhaseTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=80)),
                ('is_default', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('is_default',), name='phasetemplate_one_default'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ProgramPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('words', models.CharField(blank=True, max_length=300)),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='programs.program')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [
                    models.UniqueConstraint(fields=('program', 'position'), name='programplace_position'),
                    models.CheckConstraint(condition=models.Q(('region__isnull', False), models.Q(('words', ''), _negated=True), _connector='OR'), name='programplace_says_where'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Realisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18)),
                ('spent_on', models.DateField()),
                ('document_number', models.CharField(max_length=100)),
                ('description', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('struck_at', models.DateTimeField(blank=True, null=True)),
                ('strike_reason', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evidence', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('pagu', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='realisations', to='programs.pagu')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='realisations', to='programs.program')),
            ],
            options={
                'ordering': ['spent_on', 'id'],
                'indexes': [
                    models.Index(fields=['program', 'spent_on'], name='realisation_program'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='realisation_positive'),
                    models.CheckConstraint(condition=models.Q(('struck_at', None), models.Q(('strike_reason', ''), _negated=True), _connector='OR'), name='realisation_strike_says_why'),
                    models.UniqueConstraint(condition=models.Q(('struck_at', None)), fields=('program', 'document_number'), name='realisation_document_once'),
                    models.CheckConstraint(condition=models.Q(('spent_on__range', (datetime.date(2000, 1, 1), datetime.date(2199, 12, 31)))), name='realisation_day_plausible'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('survey', models.CharField(choices=[('short', 'Short rating'), ('skm', 'Public satisfaction survey (SKM)')], max_length=5)),
                ('population', models.PositiveIntegerField(blank=True, null=True)),
                ('opened_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('phase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='programs.phase')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='programs.program')),
                ('counts', models.JSONField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [
                    models.UniqueConstraint(fields=('program', 'number'), name='round_number'),
                    models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('program',), name='round_one_open'),
                    models.CheckConstraint(condition=models.Q(('closes_at', None), ('closes_at__gte', models.F('opened_at')), _connector='OR'), name='round_closes_after_opening'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scores', models.JSONField()),
                ('remark', models.CharField(blank=True, max_length=1000)),
                ('at', models.DateTimeField()),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='programs.round')),
            ],
            options={
                'ordering': ['-at', '-id'],
                'constraints': [
                    models.UniqueConstraint(fields=('round', 'person'), name='rating_once_a_round'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('same', 'The same wish at the same place'), ('like', 'Wishes of one kind in one area')], max_length=4)),
                ('state', models.CharField(choices=[('open', 'Open'), ('used', 'Used'), ('dismissed', 'Dismissed')], default='open', max_length=9)),
                ('key', models.CharField(db_collation='C', max_length=64, unique=True)),
                ('why', models.JSONField(default=dict)),
                ('size', models.PositiveIntegerField()),
                ('found_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('program', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='suggestions', to='programs.program')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('near', models.CharField(db_collation='C', max_length=64)),
                ('base', models.CharField(db_collation='C', max_length=50)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['state', 'kind', '-size', '-id'], name='suggestion_biggest'),
                    models.Index(fields=['near'], name='suggestion_near'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('base',), name='suggestion_one_open'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SuggestionMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dropped_at', models.DateTimeField(blank=True, null=True)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='proposals.proposal')),
                ('suggestion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='programs.suggestion')),
            ],
            options={
                'ordering': ['-proposal_id'],
                'indexes': [
                    models.Index(condition=models.Q(('dropped_at', None)), fields=['proposal'], name='suggestionmember_in'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('suggestion', 'proposal'), name='suggestionmember_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TemplatePhase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.kindofphase')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='programs.phasetemplate')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [
                    models.UniqueConstraint(fields=('template', 'position'), name='templatephase_position'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Witness',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('claim', models.PositiveSmallIntegerField()),
                ('value', models.CharField(choices=[('yes', 'Yes, it is finished'), ('partly', 'Partly'), ('no', 'Not yet')], max_length=6)),
                ('remark', models.CharField(blank=True, max_length=1000)),
                ('at', models.DateTimeField()),
                ('hidden_at', models.DateTimeField(blank=True, null=True)),
                ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='witnesses', to='programs.milestone')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('picture', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='witness', to='engagement.subject')),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('hidden_reason', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='taxonomy.reasoncode')),
                ('hidden_note', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['-at', '-id'],
                'indexes': [
                    models.Index(condition=models.Q(('value', 'no')), fields=['milestone'], name='witness_denies'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('milestone', 'claim', 'person'), name='witness_once_a_claim'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CashPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('first_amount', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18)),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cash_plan', to='programs.program')),
            ],
            options={
                'ordering': ['month'],
                'constraints': [
                    models.UniqueConstraint(fields=('program', 'month'), name='cashplan_once_a_month'),
                    models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='cashplan_not_negative'),
                    models.CheckConstraint(condition=models.Q(('month__day', 1)), name='cashplan_first_of_month'),
                    models.CheckConstraint(condition=models.Q(('month__range', (datetime.date(2000, 1, 1), datetime.date(2199, 12, 31)))), name='cashplan_month_plausible'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Fingerprint',
            fields=[
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='proposals.proposal')),
                ('text_hash', models.CharField(db_collation='C', max_length=64)),
                ('terms', models.JSONField()),
                ('place_terms', models.JSONField()),
                ('read_at', models.DateTimeField()),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='regions.region')),
                ('area', models.CharField(blank=True, db_collation='C', max_length=13)),
                ('theme', models.CharField(blank=True, db_collation='C', max_length=30)),
                ('subject', models.CharField(blank=True, db_collation='C', max_length=40)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['area', 'theme'], name='fingerprint_like'),
                    models.Index(fields=['region', 'subject'], name='fingerprint_same'),
                ],
            },
        ),
        migrations.CreateModel(
            name='IndicatorValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=40)),
                ('ends_on', models.DateField()),
                ('first_target', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ('target', models.DecimalField(decimal_places=4, max_digits=18)),
                ('actual', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='programs.indicator')),
            ],
            options={
                'ordering': ['ends_on'],
                'constraints': [
                    models.UniqueConstraint(fields=('indicator', 'ends_on'), name='indicatorvalue_once_a_period'),
                    models.CheckConstraint(condition=models.Q(('ends_on__range', (datetime.date(2000, 1, 1), datetime.date(2199, 12, 31)))), name='indicatorvalue_end_plausible'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Touched',
            fields=[
                ('near', models.CharField(db_collation='C', max_length=64, primary_key=True, serialize=False)),
            ],
        ),
        # What must be true of plans and money, and what stays as it was promised and paid.
        migrations.RunSQL(PLAN, NO_PLAN),
        migrations.RunSQL(MONEY, NO_MONEY),
        migrations.RunSQL(FIRST_PLAN, NO_FIRST_PLAN),
    ]
