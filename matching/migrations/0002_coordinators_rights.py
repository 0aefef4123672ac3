from django.db import migrations

COORDINATORS = "Coordinators"

# Nobody is deleted there, since their pairs would go with them, and people come by an import.
RIGHTS = {
    "programme": ("add", "change", "view"),
    "participant": ("change", "view"),
    "goal": ("change", "delete", "view"),
    "expertise": ("change", "delete", "view"),
    "bar": ("change", "delete", "view"),
}


def give_rights(apps, schema_editor):
    """Coordinators correct rows in the admin; Django makes the rights only after migrating."""
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    group, _ = Group.objects.get_or_create(name=COORDINATORS)
    for model, acts in RIGHTS.items():
        kind, _ = ContentType.objects.get_or_create(app_label="matching", model=model)
        name = apps.get_model("matching", model)._meta.verbose_name
        for act in acts:
            right, _ = Permission.objects.get_or_create(
                content_type=kind,
                codename=f"{act}_{model}",
                defaults={"name": f"Can {act} {name}"},
            )
            group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0001_initial"),
        ("portal", "0003_groups_and_home"),
    ]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
