"""Proposals, and what staff decided on them."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('engagement', '0001_initial'),
        ('files', '0001_initial'),
        ('regions', '0001_initial'),
        ('taxonomy', '0001_initial'),
        ('workunits', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(db_collation='C', max_length=20, null=True, unique=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Waiting for moderation'), ('published', 'Published'), ('returned', 'Needs improvement'), ('rejected', 'Not published'), ('duplicate', 'Duplicate'), ('withdrawn', 'Withdrawn by its author'), ('reviewing', 'Under review'), ('adopted', 'In a work programme'), ('deferred', 'Kept for a later year'), ('forwarded', 'Handed on outside'), ('declined', 'Not continued'), ('completed', 'Completed'), ('hidden', 'Hidden')], default='draft', max_length=12)),
                ('state_before_hiding', models.CharField(blank=True, choices=[('draft', 'Draft'), ('submitted', 'Waiting for moderation'), ('published', 'Published'), ('returned', 'Needs improvement'), ('rejected', 'Not published'), ('duplicate', 'Duplicate'), ('withdrawn', 'Withdrawn by its author'), ('reviewing', 'Under review'), ('adopted', 'In a work programme'), ('deferred', 'Kept for a later year'), ('forwarded', 'Handed on outside'), ('declined', 'Not continued'), ('completed', 'Completed'), ('hidden', 'Hidden')], max_length=12)),
                ('version', models.PositiveIntegerField(default=1)),
                ('title', models.CharField(blank=True, max_length=300)),
                ('body', models.TextField(blank=True)),
                ('html', models.TextField(blank=True)),
                ('excerpt', models.CharField(blank=True, max_length=200)),
                ('place', models.CharField(blank=True, max_length=300)),
                ('search', django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                ('is_name_masked', models.BooleanField(default=False)),
                ('participant_kind', models.CharField(choices=[('person', 'Individual'), ('group', 'Group'), ('organisation', 'Organisation')], default='person', max_length=12)),
                ('participant_name', models.CharField(blank=True, max_length=120)),
                ('estimate', models.BigIntegerField(blank=True, null=True)),
                ('beneficiaries', models.CharField(blank=True, max_length=300)),
                ('planning_year', models.PositiveIntegerField(blank=True, null=True)),
                ('source', models.CharField(choices=[('citizen', 'Citizen'), ('village_meeting', 'Village planning meeting'), ('subdistrict_meeting', 'Subdistrict planning meeting'), ('council', "Council members' main points"), ('agency', 'Agency')], default='citizen', max_length=20)),
                ('on_behalf_of', models.CharField(blank=True, max_length=120)),
                ('channel', models.CharField(blank=True, choices=[('visit', 'Visit'), ('letter', 'Letter'), ('call', 'Call'), ('meeting', 'Meeting')], max_length=10)),
                ('received_on', models.DateField(blank=True, null=True)),
                ('import_layout', models.CharField(blank=True, max_length=30)),
                ('import_number', models.CharField(blank=True, db_collation='C', max_length=40)),
                ('deferred_until_year', models.PositiveIntegerField(blank=True, null=True)),
                ('return_on', models.DateField(blank=True, null=True)),
                ('forwarded_to', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('considered_at', models.DateTimeField(blank=True, null=True)),
                ('explained_at', models.DateTimeField(blank=True, null=True)),
                ('answer_due_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposals', to=settings.AUTH_USER_MODEL)),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='taxonomy.category')),
                ('duplicate_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duplicates', to='proposals.proposal')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('executing_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('origin_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
                ('scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('subject', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='engagement.subject')),
                ('target_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('import_digest', models.CharField(blank=True, max_length=32)),
            ],
            options={
                'verbose_name': 'proposal',
                'verbose_name_plural': 'proposals',
                'indexes': [
                    models.Index(fields=['-published_at', '-id'], name='proposal_newest'),
                    models.Index(fields=['category', '-published_at', '-id'], name='proposal_category'),
                    models.Index(fields=['unit', 'state', '-published_at'], name='proposal_unit_state'),
                    models.Index(fields=['author', '-id'], name='proposal_author'),
                    django.contrib.postgres.indexes.GinIndex(fields=['search'], name='proposal_search'),
                    models.Index(fields=['answer_due_at', 'id'], name='proposal_due_first'),
                    models.Index(fields=['planning_year', '-published_at', '-id'], name='proposal_year'),
                    models.Index(fields=['source', '-published_at', '-id'], name='proposal_source'),
                    models.Index(fields=['submitted_at'], include=('id', 'considered_at', 'explained_at', 'state', 'unit', 'answer_due_at'), name='proposal_figures'),
                    models.Index(fields=['unit', '-published_at', '-id'], include=('state',), name='proposal_unit_newest'),
                    models.Index(condition=models.Q(('state__in', ['published', 'reviewing'])), fields=['answer_due_at', 'id'], include=('state', 'author', 'code'), name='proposal_waiting_due'),
                    django.contrib.postgres.indexes.GinIndex(models.Func(models.F('search'), output_field=django.contrib.postgres.search.SearchVectorField(), template="ts_filter(%(expressions)s, '{a}')"), condition=models.Q(('published_at__isnull', False)), name='proposal_title_words'),
                    models.Index(fields=['state', 'id'], include=('code',), name='proposal_of_state'),
                    models.Index(fields=['state', 'answer_due_at', 'id'], include=('code',), name='proposal_state_due'),
                    models.Index(condition=models.Q(('state__in', ['published', 'reviewing'])), fields=['-id'], include=('state', 'author', 'code', 'answer_due_at'), name='proposal_awaiting'),
                    models.Index(fields=['region', '-published_at', '-id'], include=('state', 'code', 'answer_due_at'), name='proposal_of_region'),
                    models.Index(fields=['category', 'state'], include=('code',), name='proposal_of_category'),
                    models.Index(fields=['subject', 'category'], include=('id', 'state', 'unit', 'region', 'published_at'), name='proposal_of_subject'),
                    models.Index(condition=models.Q(('state', 'submitted')), fields=['region'], include=('category', 'subject'), name='proposal_waiting'),
                    models.Index(condition=models.Q(('state', 'submitted')), fields=['category'], include=('subject',), name='proposal_waiting_of_category'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state', 'draft'), ('code__isnull', False), ('state', 'withdrawn'), _connector='OR'), name='proposal_has_code'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'duplicate'), _negated=True), ('duplicate_of__isnull', False), _connector='OR'), name='proposal_duplicate_of'),
                    models.CheckConstraint(condition=models.Q(('duplicate_of', None), models.Q(('duplicate_of', models.F('id')), _negated=True), _connector='OR'), name='proposal_not_own_duplicate'),
                    models.CheckConstraint(condition=models.Q(('estimate', None), ('estimate__gte', 0), _connector='OR'), name='proposal_estimate_positive'),
                    models.UniqueConstraint(condition=models.Q(('import_number', ''), _negated=True), fields=('import_layout', 'import_number'), name='proposal_import_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='OfficialAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('adopted', 'Taken into a work programme'), ('deferred', 'Kept for a later year'), ('forwarded', 'Handed on outside'), ('declined', 'Not continued')], max_length=12)),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
                ('program_code', models.CharField(blank=True, db_collation='C', max_length=20)),
                ('program_title', models.CharField(blank=True, max_length=200)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reason_code', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='taxonomy.reasoncode')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='proposals.proposal')),
                ('standing', models.CharField(blank=True, max_length=150)),
            ],
            options={
                'verbose_name': 'official answer',
                'verbose_name_plural': 'official answers',
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('appeal', 'Appeal'), ('objection', 'Objection')], max_length=10)),
                ('text', models.TextField()),
                ('at', models.DateTimeField()),
                ('first_decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objections', to='proposals.proposal')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('proposal', 'kind'), name='objection_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Disposition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_responsible', models.BooleanField(default=False)),
                ('note', models.TextField(blank=True)),
                ('given_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dispositions', to='proposals.proposal')),
            ],
            options={
                'ordering': ['-is_responsible', 'id'],
                'indexes': [
                    models.Index(condition=models.Q(('closed_at', None)), fields=['unit', 'due_at', 'id'], name='disposition_open'),
                    models.Index(condition=models.Q(('closed_at', None)), fields=['due_at', 'id'], name='disposition_due_first'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('proposal', 'unit'), name='disposition_unit_once'),
                    models.UniqueConstraint(condition=models.Q(('is_responsible', True)), fields=('proposal',), name='disposition_one_responsible'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=30)),
                ('from_state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Waiting for moderation'), ('published', 'Published'), ('returned', 'Needs improvement'), ('rejected', 'Not published'), ('duplicate', 'Duplicate'), ('withdrawn', 'Withdrawn by its author'), ('reviewing', 'Under review'), ('adopted', 'In a work programme'), ('deferred', 'Kept for a later year'), ('forwarded', 'Handed on outside'), ('declined', 'Not continued'), ('completed', 'Completed'), ('hidden', 'Hidden')], max_length=12)),
                ('to_state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Waiting for moderation'), ('published', 'Published'), ('returned', 'Needs improvement'), ('rejected', 'Not published'), ('duplicate', 'Duplicate'), ('withdrawn', 'Withdrawn by its author'), ('reviewing', 'Under review'), ('adopted', 'In a work programme'), ('deferred', 'Kept for a later year'), ('forwarded', 'Handed on outside'), ('declined', 'Not continued'), ('completed', 'Completed'), ('hidden', 'Hidden')], max_length=12)),
                ('at', models.DateTimeField()),
                ('explanation', models.TextField(blank=True)),
                ('bulk', models.UUIDField(blank=True, null=True)),
                ('bulk_size', models.PositiveIntegerField(default=0)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('reason', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='taxonomy.reasoncode')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='proposals.proposal')),
                ('standing', models.CharField(blank=True, max_length=150)),
            ],
            options={
                'ordering': ['at', 'id'],
                'indexes': [
                    models.Index(fields=['step', 'at'], name='decision_step'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='proposals.proposal')),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('feasible', 'Feasible'), ('conditional', 'Feasible with conditions'), ('unfeasible', 'Not feasible'), ('not_ours', 'Outside our authority')], max_length=12)),
                ('reason', models.TextField()),
                ('is_responsible', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='proposals.proposal')),
                ('standing', models.CharField(blank=True, max_length=150)),
            ],
            options={
                'ordering': ['at', 'id'],
                'indexes': [
                    models.Index(condition=models.Q(('verdict', 'not_ours')), fields=['proposal', 'unit'], name='assessment_not_ours'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ProposalVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=300)),
                ('body', models.TextField()),
                ('place', models.CharField(blank=True, max_length=300)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField()),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='proposals.proposal')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [
                    models.UniqueConstraint(fields=('proposal', 'number'), name='version_number'),
                ],
            },
        ),
        migrations.CreateModel(
            name='StageEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('citizen', 'Citizen'), ('village_meeting', 'Village planning meeting'), ('subdistrict_meeting', 'Subdistrict planning meeting'), ('council', "Council members' main points"), ('agency', 'Agency')], max_length=20)),
                ('label', models.CharField(max_length=80)),
                ('layout', models.CharField(max_length=30)),
                ('number', models.CharField(db_collation='C', max_length=40)),
                ('parent_number', models.CharField(db_collation='C', max_length=40)),
                ('place', models.CharField(blank=True, max_length=300)),
                ('note', models.TextField(blank=True)),
                ('occurred_at', models.DateTimeField(blank=True, null=True)),
                ('executing_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stages', to='proposals.proposal')),
                ('digest', models.CharField(blank=True, max_length=32)),
            ],
            options={
                'ordering': ['occurred_at', 'id'],
                'constraints': [
                    models.UniqueConstraint(fields=('layout', 'number'), name='stage_import_once'),
                ],
            },
        ),
    ]
