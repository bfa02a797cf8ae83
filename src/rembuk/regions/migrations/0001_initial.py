"""The regions and their index for searching by name."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('code', models.CharField(db_collation='C', max_length=13, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100)),
                ('full_name', models.CharField(max_length=300)),
                ('level', models.PositiveSmallIntegerField(choices=[(1, 'Province'), (2, 'Regency or city'), (3, 'Subdistrict'), (4, 'Village or urban village')])),
                ('kind', models.CharField(choices=[('provinsi', 'Province'), ('kabupaten', 'Regency'), ('kota', 'City'), ('kecamatan', 'Subdistrict'), ('desa', 'Village'), ('kelurahan', 'Urban village'), ('desa_adat', 'Customary village')], max_length=12)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='regions.region')),
            ],
            options={
                'ordering': ['code'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('full_name'), name='gin_trgm_ops'), name='region_full_name_trgm')],
            },
        ),
    ]
