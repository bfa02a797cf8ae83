"""Events, notices, preferences, deliveries."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(db_collation='C', max_length=150, unique=True)),
                ('kind', models.CharField(max_length=60)),
                ('params', models.JSONField(default=dict)),
                ('url', models.CharField(max_length=300)),
                ('created_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='MailAllowance',
            fields=[
                ('hour', models.DateTimeField(primary_key=True, serialize=False)),
                ('used', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Unreachable',
            fields=[
                ('person_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
                ('problem', models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_id', models.BigIntegerField()),
                ('read_at', models.DateTimeField(null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='notifications.event')),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_id', models.BigIntegerField()),
                ('frequency', models.CharField(choices=[('instantly', 'At once'), ('daily', 'Once a day, in one letter'), ('never', 'Not by email')], max_length=9)),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('handed_over', 'Being handed over'), ('sent', 'Sent'), ('failed', 'Failed'), ('bounced', 'Refused by the mail server'), ('skipped', 'Not sent')], default='queued', max_length=11)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('is_doubtful', models.BooleanField(default=False)),
                ('due_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, max_length=200)),
                ('notice', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='delivery', to='notifications.notice')),
            ],
            options={
                'verbose_name_plural': 'deliveries',
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_id', models.BigIntegerField()),
                ('kind', models.CharField(max_length=60)),
                ('frequency', models.CharField(choices=[('instantly', 'At once'), ('daily', 'Once a day, in one letter'), ('never', 'Not by email')], max_length=9)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person_id', 'kind'), name='preference_once')],
            },
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['person_id', '-id'], name='notice_inbox'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('read_at__isnull', True)), fields=['person_id'], name='notice_unread'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('event', 'person_id'), name='notice_once'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state__in', ['queued', 'handed_over'])), fields=['frequency', 'due_at'], name='delivery_waiting'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['person_id', '-id'], name='delivery_person'),
        ),
    ]
