"""Roles, grants and requests for grants. Which roles there are at first: access/seeds.py."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('workunits', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=80)),
                ('description', models.CharField(blank=True, max_length=300)),
                ('permissions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list)),
                ('position', models.PositiveIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
                ('description_en', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'verbose_name': 'role',
                'verbose_name_plural': 'roles',
                'ordering': ['position', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='workunits.workunit')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='access.role')),
                ('letter', models.CharField(blank=True, max_length=120)),
                ('standing', models.CharField(blank=True, choices=[('plh', 'Plh. (the holder is away for a time)'), ('plt', 'Plt. (the post is vacant)'), ('other', 'Another delegation for a time')], max_length=5)),
                ('standing_title', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'verbose_name': 'grant',
                'verbose_name_plural': 'grants',
                'indexes': [
                    models.Index(fields=['person', 'starts_at'], name='grant_person'),
                    models.Index(condition=models.Q(('ends_at__isnull', False)), fields=['ends_at', 'id'], name='grant_ending'),
                    models.Index(fields=['unit', 'role'], name='grant_unit_role'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='grant_ends_after_start'),
                    models.CheckConstraint(condition=models.Q(('standing', ''), models.Q(('ends_at__isnull', False), models.Q(('standing_title', ''), _negated=True)), _connector='OR'), name='grant_delegation_has_end_and_post'),
                ],
            },
        ),
        migrations.CreateModel(
            name='GrantRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('starts_at', models.DateTimeField(blank=True, null=True)),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(max_length=300)),
                ('standing', models.CharField(blank=True, choices=[('plh', 'Plh. (the holder is away for a time)'), ('plt', 'Plt. (the post is vacant)'), ('other', 'Another delegation for a time')], max_length=5)),
                ('standing_title', models.CharField(blank=True, max_length=120)),
                ('letter', models.CharField(blank=True, max_length=120)),
                ('state', models.CharField(choices=[('waiting', 'Waiting for a second person'), ('approved', 'Approved'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision_reason', models.CharField(blank=True, max_length=300)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grant_requests', to=settings.AUTH_USER_MODEL)),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.role')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workunits.workunit')),
            ],
            options={
                'verbose_name': 'request for a grant',
                'verbose_name_plural': 'requests for grants',
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('person', 'role', 'unit'), name='grant_request_one_waiting'),
                ],
            },
        ),
    ]
