"""Categories, reason codes and text templates."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('workunits', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReasonCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('label', models.CharField(max_length=120)),
                ('label_en', models.CharField(max_length=120)),
                ('explanation', models.TextField(blank=True)),
                ('uses', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('reject', 'Not publishing a proposal'), ('return', 'Returning a proposal'), ('duplicate', 'Marking a duplicate'), ('hide', 'Hiding content'), ('answer', 'Official answer'), ('report', 'Reporting content')], max_length=20))),
                ('position', models.PositiveIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
                ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replaces', to='taxonomy.reasoncode')),
            ],
            options={
                'verbose_name': 'reason code',
                'verbose_name_plural': 'reason codes',
                'ordering': ['position', 'label'],
            },
        ),
        migrations.CreateModel(
            name='TextTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('use', models.CharField(choices=[('reject', 'Not publishing a proposal'), ('return', 'Returning a proposal'), ('duplicate', 'Marking a duplicate'), ('hide', 'Hiding content'), ('answer', 'Official answer'), ('report', 'Reporting content')], max_length=20)),
                ('body', models.TextField()),
                ('is_active', models.BooleanField(default=True)),
                ('position', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'text template',
                'verbose_name_plural': 'text templates',
                'ordering': ['use', 'position', 'title'],
            },
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=150)),
                ('name_en', models.CharField(max_length=150)),
                ('description', models.CharField(blank=True, max_length=300)),
                ('path', models.CharField(db_collation='C', editable=False, max_length=200, unique=True)),
                ('icon', models.CharField(default='tag', max_length=30)),
                ('position', models.PositiveIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
                ('answer_days', models.PositiveIntegerField(blank=True, null=True)),
                ('default_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='workunits.workunit')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='taxonomy.category')),
                ('is_open', models.BooleanField(default=True)),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='taxonomy.category')),
            ],
            options={
                'verbose_name': 'category',
                'verbose_name_plural': 'categories',
                'ordering': ['position', 'name'],
            },
        ),
        migrations.CreateModel(
            name='FormerSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('since', models.DateTimeField()),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_slugs', to='taxonomy.category')),
            ],
        ),
    ]
