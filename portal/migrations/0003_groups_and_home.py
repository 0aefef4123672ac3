from django.db import migrations

EDITORS = "Content editors"
COORDINATORS = "Coordinators"


def make_groups_and_home(apps, schema_editor):
    """Two groups that may enter the admin; Wagtail's sample page gives way to ours."""
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    HomePage = apps.get_model("portal", "HomePage")

    # Wagtail's own groups promise rights that are not ours to give.
    Group.objects.filter(name__in=["Editors", "Moderators"]).delete()
    admin_type, _ = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
    may_enter, _ = Permission.objects.get_or_create(
        content_type=admin_type,
        codename="access_admin",
        defaults={"name": "Can access Wagtail admin"},
    )
    for name in (EDITORS, COORDINATORS):
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(may_enter)

    home_type, _ = ContentType.objects.get_or_create(app_label="portal", model="homepage")
    sample = Page.objects.filter(depth=2).first()
    locale = apps.get_model("wagtailcore", "Locale").objects.first()
    root = Page.objects.get(depth=1)
    if sample is not None:
        Site.objects.filter(root_page_id=sample.pk).delete()
        sample.delete()
    home = HomePage.objects.create(
        title="Turnabout",
        draft_title="Turnabout",
        slug="home",
        path=f"{root.path}0001",
        depth=2,
        numchild=0,
        url_path="/home/",
        content_type=home_type,
        locale=locale,
        live=True,
        has_unpublished_changes=False,
    )
    root.numchild = 1
    root.save()
    Site.objects.create(
        hostname="localhost", port=80, root_page_id=home.pk, is_default_site=True, site_name=""
    )


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0002_ground_floor"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(make_groups_and_home, migrations.RunPython.noop)]
