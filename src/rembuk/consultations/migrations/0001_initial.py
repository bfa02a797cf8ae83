"""Consultations, their texts and submissions, and the matrix; what is published is kept by triggers (see the SQL beside)."""

from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

FORWARD = (Path(__file__).parent / "0001_published_text.sql").read_text(encoding="utf-8")
BACKWARD = """
DROP FUNCTION consultations_keep_published_version CASCADE;
DROP FUNCTION consultations_refuse_new_text CASCADE;
DROP FUNCTION consultations_keep_published_text CASCADE;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('engagement', '0001_initial'),
        ('files', '0001_initial'),
        ('programs', '0001_initial'),
        ('regions', '0001_initial'),
        ('taxonomy', '0001_initial'),
        ('workunits', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(db_collation='C', max_length=20, unique=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('scheduled', 'Announced'), ('open', 'Open'), ('closed', 'Closed'), ('concluded', 'Concluded'), ('cancelled', 'Cancelled')], default='draft', max_length=10)),
                ('kind', models.CharField(choices=[('plan', 'Plan or activity'), ('regulation', 'Draft regulation'), ('policy', 'Policy'), ('evaluation', 'Evaluation of a programme')], max_length=10)),
                ('title', models.CharField(max_length=200)),
                ('summary', models.TextField()),
                ('body', models.TextField(blank=True)),
                ('html', models.TextField(blank=True)),
                ('contact', models.CharField(max_length=300)),
                ('search', django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                ('audience', models.CharField(choices=[('members', 'Every member'), ('organisations', 'Named organisations')], default='members', max_length=15)),
                ('submissions_shown', models.CharField(choices=[('at_once', 'At once'), ('after_closing', 'After closing')], default='at_once', max_length=15)),
                ('totals_shown', models.CharField(choices=[('at_once', 'At once'), ('after_closing', 'After closing')], default='at_once', max_length=15)),
                ('has_overall_stance', models.BooleanField(default=True)),
                ('needs_second_person', models.BooleanField(default=False)),
                ('answer_days', models.PositiveIntegerField(default=60)),
                ('zone', models.CharField(choices=[('WIB', 'WIB'), ('WITA', 'WITA'), ('WIT', 'WIT')], default='WIB', max_length=4)),
                ('opens_at', models.DateTimeField(blank=True, null=True)),
                ('closes_at', models.DateTimeField(blank=True, null=True)),
                ('answer_due_at', models.DateTimeField(blank=True, null=True)),
                ('announced_at', models.DateTimeField(blank=True, null=True)),
                ('has_answers', models.BooleanField(default=False)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('ready_at', models.DateTimeField(blank=True, null=True)),
                ('result_body', models.TextField(blank=True)),
                ('result_html', models.TextField(blank=True)),
                ('result_published_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='taxonomy.category')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next_ones', to='consultations.consultation')),
                ('ready_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
                ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='consultation', to='engagement.subject')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
            ],
            options={
                'verbose_name': 'consultation',
                'verbose_name_plural': 'consultations',
                'indexes': [
                    models.Index(fields=['-announced_at', '-id'], name='consultation_newest'),
                    models.Index(fields=['unit', 'state'], name='consultation_unit'),
                    models.Index(fields=['category'], name='consultation_category'),
                    django.contrib.postgres.indexes.GinIndex(fields=['search'], name='consultation_search'),
                    models.Index(condition=models.Q(('state', 'closed')), fields=['answer_due_at', 'id'], name='consultation_due'),
                    models.Index(fields=['-changed_at', '-id'], name='consultation_changed'),
                    models.Index(condition=models.Q(('state__in', ['scheduled', 'open', 'closed'])), fields=['opens_at', '-id'], name='consultation_opening'),
                    models.Index(condition=models.Q(('state__in', ['scheduled', 'open', 'closed'])), fields=['-closes_at', '-id'], name='consultation_closed'),
                    models.Index(condition=models.Q(('state__in', ['scheduled', 'open', 'closed'])), fields=['closes_at', '-id'], include=('opens_at',), name='consultation_closes'),
                    models.Index(fields=['state', '-closes_at', '-id'], include=('opens_at', 'kind', 'unit', 'category'), name='consultation_of_state'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('opens_at', None), ('closes_at', None), ('closes_at__gt', models.F('opens_at')), _connector='OR'), name='consultation_closes_after_opening'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'cancelled']), models.Q(('announced_at__isnull', False), ('closes_at__isnull', False), ('opens_at__isnull', False)), _connector='OR'), name='consultation_has_schedule'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'concluded'), _negated=True), ('result_published_at__isnull', False), _connector='OR'), name='consultation_concluded_with_result'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('subject', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='clause', to='engagement.subject')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='consultations.consultation')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('consultation', 'number'), name='clause_number'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReceiptSeries',
            fields=[
                ('consultation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='series', serialize=False, to='consultations.consultation')),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='ConsultationEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=30)),
                ('from_state', models.CharField(max_length=10)),
                ('to_state', models.CharField(max_length=10)),
                ('at', models.DateTimeField()),
                ('reason', models.TextField(blank=True)),
                ('facts', models.JSONField(blank=True, default=dict)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='consultations.consultation')),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('standing', models.CharField(blank=True, max_length=150)),
            ],
            options={
                'ordering': ['at', 'id'],
                'indexes': [
                    models.Index(fields=['-at', '-id'], name='consultation_event_newest'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ConsultationFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('added_at', models.DateTimeField()),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='consultations.consultation')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='DraftVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('source', models.TextField(blank=True)),
                ('note', models.TextField(blank=True)),
                ('created_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='consultations.consultation')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tree', models.JSONField(blank=True, null=True)),
            ],
            options={
                'ordering': ['number'],
                'constraints': [
                    models.UniqueConstraint(fields=('consultation', 'number'), name='draftversion_number'),
                    models.UniqueConstraint(condition=models.Q(('published_at', None)), fields=('consultation',), name='draftversion_one_in_work'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ClauseText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('depth', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(choices=[('heading', 'Heading'), ('preamble', 'Considering (Menimbang)'), ('basis', 'In view of (Mengingat)'), ('decision', 'Decides (Memutuskan, Menetapkan)'), ('book', 'Book (Buku)'), ('chapter', 'Chapter (Bab)'), ('part', 'Part (Bagian)'), ('section', 'Section (Paragraf)'), ('article', 'Article (Pasal)'), ('dictum', 'Dictum (KESATU, KEDUA, …)'), ('paragraph', 'Paragraph (ayat)'), ('letter', 'Letter (huruf)'), ('number', 'Number (angka)'), ('elucidation', 'Elucidation (Penjelasan)'), ('annex', 'Annex (Lampiran)'), ('text', 'Text')], max_length=12)),
                ('label', models.CharField(blank=True, max_length=120)),
                ('full_label', models.CharField(max_length=300)),
                ('heading', models.CharField(blank=True, max_length=500)),
                ('body', models.TextField(blank=True)),
                ('change', models.CharField(choices=[('first', 'First version'), ('unchanged', 'Unchanged'), ('changed', 'Changed'), ('moved', 'Moved'), ('new', 'New')], default='first', max_length=10)),
                ('is_doubtful', models.BooleanField(default=False)),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='consultations.clause')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='children', to='consultations.clausetext')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='consultations.draftversion')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [
                    models.UniqueConstraint(fields=('version', 'clause'), name='clausetext_clause_once'),
                    models.UniqueConstraint(fields=('version', 'position'), name='clausetext_position'),
                ],
            },
        ),
        migrations.CreateModel(
            name='InvitedOrganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(db_collation='C', max_length=254)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invited', to='consultations.consultation')),
                ('told_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [
                    models.UniqueConstraint(fields=('consultation', 'email'), name='invited_email_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='MatrixGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('is_suggested', models.BooleanField(default=False)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('dismissed_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='consultations.consultation')),
                ('parted', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ProgramTie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('about', 'The consultation is about this programme'), ('outcome', 'The programme came out of the consultation')], max_length=10)),
                ('added_at', models.DateTimeField()),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties', to='consultations.consultation')),
                ('phase', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.phase')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultation_ties', to='programs.program')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [
                    models.UniqueConstraint(fields=('consultation', 'program', 'kind'), name='tie_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('page', models.PositiveSmallIntegerField(default=1)),
                ('position', models.PositiveIntegerField(default=0)),
                ('kind', models.CharField(choices=[('single', 'One choice'), ('multiple', 'Several choices'), ('scale', 'Scale'), ('short', 'Short text'), ('long', 'Long text')], max_length=10)),
                ('text', models.CharField(max_length=500)),
                ('help', models.TextField(blank=True)),
                ('is_required', models.BooleanField(default=False)),
                ('options', models.JSONField(blank=True, default=list)),
                ('has_other', models.BooleanField(default=False)),
                ('scale_from', models.SmallIntegerField(default=1)),
                ('scale_to', models.SmallIntegerField(default=5)),
                ('scale_from_label', models.CharField(blank=True, max_length=60)),
                ('scale_to_label', models.CharField(blank=True, max_length=60)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='consultations.consultation')),
            ],
            options={
                'ordering': ['page', 'position', 'id'],
                'constraints': [
                    models.UniqueConstraint(fields=('consultation', 'number'), name='question_number'),
                    models.CheckConstraint(condition=models.Q(('scale_to__gt', models.F('scale_from'))), name='question_scale'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('reason', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='consultations.question')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('sent', 'Received'), ('held', 'Held for review'), ('not_shown', 'Not shown'), ('withdrawn', 'Withdrawn by its author')], default='draft', max_length=10)),
                ('number', models.PositiveIntegerField(blank=True, null=True)),
                ('code', models.CharField(blank=True, db_collation='C', max_length=30, null=True, unique=True)),
                ('working', models.JSONField(blank=True, null=True)),
                ('participant_kind', models.CharField(choices=[('person', 'Individual'), ('group', 'Group'), ('business', 'Business'), ('organisation', 'Organisation')], default='person', max_length=12)),
                ('participant_name', models.CharField(blank=True, max_length=120)),
                ('is_affected', models.BooleanField(default=False)),
                ('is_name_masked', models.BooleanField(default=False)),
                ('stance', models.CharField(blank=True, choices=[('agree', 'Agree'), ('with_notes', 'Agree with notes'), ('disagree', 'Disagree')], max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('html', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('is_rechecking', models.BooleanField(default=False)),
                ('channel', models.CharField(choices=[('web', 'This site'), ('letter', 'Letter'), ('meeting', 'Meeting'), ('call', 'Call'), ('visit', 'Visit'), ('email', 'Email')], default='web', max_length=10)),
                ('on_behalf_of', models.CharField(blank=True, max_length=120)),
                ('received_on', models.DateField(blank=True, null=True)),
                ('decided_note', models.TextField(blank=True)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='submissions', to=settings.AUTH_USER_MODEL)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='consultations.consultation')),
                ('decided_reason', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='taxonomy.reasoncode')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
                ('scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('subject', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submission', to='engagement.subject')),
                ('text_version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultations.draftversion')),
                ('corrected_at', models.DateTimeField(blank=True, null=True)),
                ('corrected_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'submission',
                'verbose_name_plural': 'submissions',
                'indexes': [
                    models.Index(fields=['consultation', '-number'], name='submission_newest'),
                    models.Index(fields=['consultation', 'state'], name='submission_state'),
                    models.Index(fields=['author', '-id'], name='submission_author'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('code__isnull', False), ('number__isnull', False)), _connector='OR'), name='submission_has_code'),
                    models.UniqueConstraint(fields=('consultation', 'number'), name='submission_number'),
                    models.UniqueConstraint(condition=models.Q(('author__isnull', False), models.Q(('state', 'withdrawn'), _negated=True)), fields=('consultation', 'author'), name='submission_one_each'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stance', models.CharField(blank=True, choices=[('agree', 'Agree'), ('with_notes', 'Agree with notes'), ('disagree', 'Disagree')], max_length=10)),
                ('comment', models.TextField(blank=True)),
                ('suggestion', models.TextField(blank=True)),
                ('quote', models.TextField(blank=True)),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='consultations.clause')),
                ('text_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultations.draftversion')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='consultations.submission')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [
                    models.Index(fields=['clause', 'stance'], name='remark_clause'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('submission', 'clause'), name='remark_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='MatrixRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('source', models.CharField(choices=[('overall', 'Overall stance'), ('remark', 'Remark on a clause'), ('answer', 'Answer to a question'), ('cut', 'Point cut out by the office')], max_length=10)),
                ('text', models.TextField()),
                ('state', models.CharField(choices=[('open', 'Not answered yet'), ('proposed', 'Answer proposed'), ('approved', 'Answer approved'), ('published', 'Answered')], default='open', max_length=10)),
                ('verdict', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('partly', 'Partly accepted'), ('rejected', 'Rejected'), ('already', 'Already provided for'), ('outside', 'Outside the scope')], max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('reason_digest', models.CharField(blank=True, db_collation='C', max_length=32)),
                ('change', models.TextField(blank=True)),
                ('proposed_at', models.DateTimeField(blank=True, null=True)),
                ('returned_at', models.DateTimeField(blank=True, null=True)),
                ('returned_note', models.TextField(blank=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assigned_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='taxonomy.category')),
                ('changed_clause', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultations.clause')),
                ('changed_version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultations.draftversion')),
                ('clause', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='consultations.clause')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='consultations.consultation')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='rows', to='consultations.matrixgroup')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('returned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultations.question')),
                ('remark', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='consultations.remark')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='consultations.submission')),
                ('standing', models.CharField(blank=True, db_default='', default='', max_length=150)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['consultation', 'state', 'id'], name='row_state'),
                    models.Index(fields=['consultation', 'clause', 'id'], name='row_clause'),
                    models.Index(fields=['consultation', 'assigned_to', 'state'], name='row_assigned'),
                    models.Index(fields=['unit', 'state'], name='row_unit'),
                    models.Index(condition=models.Q(('reason_digest', ''), _negated=True), fields=['consultation', 'reason_digest'], name='row_reason'),
                    models.Index(fields=['consultation', 'unit'], name='row_in_charge'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('submission', 'number'), name='row_number'),
                    models.CheckConstraint(condition=models.Q(('state', 'open'), models.Q(models.Q(('verdict', ''), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='row_answered_with_reason'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RowChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.CharField(max_length=20)),
                ('verdict', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('partly', 'Partly accepted'), ('rejected', 'Rejected'), ('already', 'Already provided for'), ('outside', 'Outside the scope')], max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('note', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('row', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='consultations.matrixrow')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('at', models.DateTimeField()),
                ('outcome', models.CharField(blank=True, choices=[('confirmed', 'confirmed'), ('new_answer', 'new_answer')], max_length=10)),
                ('verdict', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('partly', 'Partly accepted'), ('rejected', 'Rejected'), ('already', 'Already provided for'), ('outside', 'Outside the scope')], max_length=10)),
                ('explanation', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('row', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objections', to='consultations.matrixrow')),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='objection', to='consultations.submission')),
                ('standing', models.CharField(blank=True, max_length=150)),
            ],
            options={
                'ordering': ['at'],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choices', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), blank=True, default=list)),
                ('number', models.SmallIntegerField(blank=True, null=True)),
                ('text', models.TextField(blank=True)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='consultations.question')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='consultations.submission')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [
                    models.Index(fields=['question'], name='answer_question'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('submission', 'question'), name='answer_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SubmissionVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('created_at', models.DateTimeField()),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='consultations.submission')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('head', models.JSONField(blank=True, default=dict)),
                ('reason', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['number'],
                'constraints': [
                    models.UniqueConstraint(fields=('submission', 'number'), name='submissionversion_number'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Grouping',
            fields=[
                ('consultation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='grouping', serialize=False, to='consultations.consultation')),
                ('asked_at', models.DateTimeField()),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('groups', models.PositiveIntegerField(default=0)),
            ],
        ),
        # Neither a published version nor its clauses ever change.
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
