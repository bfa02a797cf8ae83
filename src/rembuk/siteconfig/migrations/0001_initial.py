"""Settings and page texts; a trigger keeps published versions as they are."""

from django.db import migrations, models


FORWARD = """
CREATE FUNCTION public.siteconfig_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'published page texts are never changed: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER siteconfig_pagetext_no_change BEFORE UPDATE OR DELETE ON public.siteconfig_pagetext
    FOR EACH ROW EXECUTE FUNCTION public.siteconfig_refuse();
"""
BACKWARD = """
DROP TRIGGER siteconfig_pagetext_no_change ON public.siteconfig_pagetext;
DROP FUNCTION public.siteconfig_refuse();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Setting',
            fields=[
                ('key', models.CharField(max_length=50, primary_key=True, serialize=False)),
                ('value', models.JSONField()),
                ('changed_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PageText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(choices=[('about', 'About'), ('privacy', 'Privacy'), ('guidelines', 'Community guidelines'), ('help', 'Help')], max_length=20)),
                ('language', models.CharField(max_length=5)),
                ('version', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=150)),
                ('body', models.TextField()),
                ('html', models.TextField()),
                ('published_at', models.DateTimeField()),
                ('person_id', models.BigIntegerField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('slug', 'language', 'version'), name='pagetext_version_once')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
