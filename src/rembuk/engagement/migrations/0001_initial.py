"""Subjects and what people do with them; a vote is a function of the database (see the SQL beside)."""

from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

UNUSED = (Path(__file__).parent / "0001_unused.sql").read_text(encoding="utf-8")
NOTHING_UNUSED = """
DROP FUNCTION engagement_cast_vote;
DROP FUNCTION engagement_give_vote;
ALTER TABLE engagement_comment DROP COLUMN form_key;
"""
FORWARD = (Path(__file__).parent / "0001_note_vote.sql").read_text(encoding="utf-8")
BACKWARD = """
DROP TRIGGER votedelta_entries ON engagement_votedelta;
DROP TRIGGER votedelta_no_change ON engagement_votedelta;
DROP FUNCTION engagement_note_vote;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('audit', '0001_initial'),
        ('taxonomy', '0001_initial'),
        ('workunits', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Subject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('proposal', 'Proposal'), ('program', 'Work programme'), ('phase', 'Phase'), ('consultation', 'Consultation'), ('clause', 'Clause'), ('submission', 'Submission'), ('witness', 'Answer to “Is this finished?”')], max_length=20)),
                ('code', models.CharField(db_collation='C', max_length=30)),
                ('title', models.CharField(max_length=300)),
                ('path', models.CharField(max_length=200)),
                ('is_visible', models.BooleanField(default=False)),
                ('comments_open', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField()),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('hides_author', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Lower('title'), name='gin_trgm_ops'), name='subject_title_trgm'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('kind', 'code'), name='subject_kind_code'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CodeSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prefix', models.CharField(max_length=3)),
                ('year', models.PositiveIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('prefix', 'year'), name='codeseries_prefix_year'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(editable=False, unique=True)),
                ('depth', models.PositiveSmallIntegerField(default=1)),
                ('body', models.TextField()),
                ('html', models.TextField()),
                ('state', models.CharField(choices=[('visible', 'Visible'), ('held', 'Held for review'), ('hidden', 'Hidden'), ('deleted', 'Deleted by its author')], default='visible', max_length=10)),
                ('created_at', models.DateTimeField()),
                ('decided_note', models.TextField(blank=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='comments', to=settings.AUTH_USER_MODEL)),
                ('decided_reason', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='taxonomy.reasoncode')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='engagement.comment')),
                ('root', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='engagement.comment')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='engagement.subject')),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('depth', 1)), fields=['subject', '-id'], name='comment_roots'),
                    models.Index(fields=['root', 'id'], name='comment_replies'),
                    models.Index(fields=['author', '-id'], name='comment_author'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('depth__gte', 1), ('depth__lte', 3)), name='comment_depth'),
                    models.CheckConstraint(condition=models.Q(models.Q(('depth', 1), ('parent', None), ('root', None)), models.Q(('depth__gt', 1), ('parent__isnull', False), ('root__isnull', False)), _connector='OR'), name='comment_depth_matches_parent'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(editable=False, unique=True)),
                ('kind', models.CharField(choices=[('proposal', 'Proposal'), ('appeal', 'Appeal'), ('objection', 'Objection to an official answer'), ('comment_held', 'Comment held for review'), ('report', 'Reported content'), ('submission', 'Submission held for review'), ('answer_objection', 'Objection to the answer to a submission')], max_length=20)),
                ('opened_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=40)),
                ('barred', models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('claimed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('released_by_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
                ('comment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='cases', to='engagement.comment')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cases', to='engagement.subject')),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('closed_at', None)), fields=['unit', 'due_at', 'id'], name='case_unit_queue'),
                    models.Index(condition=models.Q(('closed_at', None)), fields=['due_at', 'id'], include=('kind', 'subject', 'comment', 'unit', 'released_by_unit'), name='case_in_order'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('kind', 'subject', 'comment'), name='case_one_open', nulls_distinct=False),
                ],
            },
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('support', 'Support or against'), ('question', 'Question of a phase')], max_length=10)),
                ('choices', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField())),
                ('is_open', models.BooleanField(default=True)),
                ('opens_at', models.DateTimeField(blank=True, null=True)),
                ('closes_at', models.DateTimeField(blank=True, null=True)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ballots', to='engagement.subject')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('subject', 'kind'), name='ballot_subject_kind'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='engagement.subject')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['person', '-id'], name='follow_person'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('subject', 'person'), name='follow_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='InternalNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField()),
                ('created_at', models.DateTimeField()),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='engagement.subject')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, max_length=500)),
                ('created_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('comment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='engagement.comment')),
                ('reason', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='taxonomy.reasoncode')),
                ('reporter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to=settings.AUTH_USER_MODEL)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='engagement.subject')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('subject', 'comment', 'reporter'), name='report_once_while_open', nulls_distinct=False),
                ],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.SmallIntegerField()),
                ('count', models.IntegerField(default=0)),
                ('ballot', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='tallies', to='engagement.ballot')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('ballot', 'choice'), name='tally_ballot_choice'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.SmallIntegerField()),
                ('previous', models.SmallIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='engagement.ballot')),
                ('voter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='votes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('value', 0), _negated=True), fields=['voter', '-id'], name='vote_voter'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('ballot', 'voter'), name='vote_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='VoteDelta',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.SmallIntegerField()),
                ('change', models.SmallIntegerField()),
                ('ballot', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='engagement.ballot')),
                ('at', models.DateTimeField(null=True)),
                ('actor_person_id', models.BigIntegerField(null=True)),
                ('entry', models.TextField(null=True)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['ballot'], name='votedelta_ballot'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Figures',
            fields=[
                ('subject', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='figures', serialize=False, to='engagement.subject')),
                ('support', models.IntegerField(default=0)),
                ('against', models.IntegerField(default=0)),
                ('comments', models.IntegerField(default=0)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['-support', '-subject'], name='figures_support'),
                    models.Index(fields=['-comments', '-subject'], name='figures_comments'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Touched',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='engagement.subject')),
            ],
        ),
        # A vote: its statements, and what its delta leaves in the trail.
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(UNUSED, NOTHING_UNUSED),
    ]
