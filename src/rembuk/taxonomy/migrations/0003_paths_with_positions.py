"""Steps of a category's path begin with its position, so that paths sort as pages show the tree."""

from django.db import migrations


def rewrite(apps, schema_editor):
    # As the owner: the application has no rights on tables that are being made.
    categories = apps.get_model("taxonomy", "Category").objects.using(schema_editor.connection.alias)
    paths = {None: ""}
    rows = sorted(categories.values("pk", "parent_id", "position", "path"), key=lambda row: row["path"].count("."))
    for row in rows:
        path = f"{paths[row['parent_id']]}{min(row['position'], 9999):04d}{row['pk']:08d}."
        paths[row["pk"]] = path
        categories.filter(pk=row["pk"]).update(path=path)


class Migration(migrations.Migration):

    dependencies = [("taxonomy", "0002_import_digest")]

    operations = [migrations.RunPython(rewrite, migrations.RunPython.noop)]
