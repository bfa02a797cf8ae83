"""The tree of work units, and the codes they once had."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(db_collation='C', max_length=40, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('short_name', models.CharField(blank=True, max_length=60)),
                ('kind', models.CharField(choices=[('instansi', 'Government body'), ('agency', 'Agency'), ('division', 'Division'), ('upt', 'Technical unit'), ('subdistrict', 'Subdistrict'), ('urban_village', 'Urban village'), ('village', 'Village')], max_length=20)),
                ('path', models.CharField(db_collation='C', editable=False, max_length=200, unique=True)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('is_active', models.BooleanField(default=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='workunits.workunit')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
                ('head_name', models.CharField(blank=True, max_length=120)),
                ('head_title', models.CharField(blank=True, max_length=120)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='workunits.workunit')),
            ],
            options={
                'verbose_name': 'work unit',
                'verbose_name_plural': 'work units',
                'ordering': ['path'],
                'indexes': [
                    models.Index(fields=['name'], name='workunit_name'),
                ],
            },
        ),
        migrations.CreateModel(
            name='FormerCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(db_collation='C', max_length=40, unique=True)),
                ('since', models.DateTimeField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_codes', to='workunits.workunit')),
            ],
        ),
    ]
