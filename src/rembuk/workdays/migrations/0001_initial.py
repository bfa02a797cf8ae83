"""Holidays."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('public', 'Public holiday'), ('leave', 'Collective leave')], max_length=6)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holidays', to='regions.region')),
            ],
            options={
                'ordering': ['on', 'id'],
                'constraints': [models.UniqueConstraint(fields=('on', 'region'), name='holiday_once', nulls_distinct=False)],
            },
        ),
    ]
