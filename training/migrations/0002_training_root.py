from django.db import migrations

EDITORS = "Content editors"
PAGE_RIGHTS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
MODEL_RIGHTS = {
    ("portal", "skill"): ("add", "change", "delete", "view"),
}
COLLECTION_RIGHTS = {
    ("wagtailimages", "image"): ("add", "change", "choose"),
    ("wagtaildocs", "document"): ("add", "change", "choose"),
}


def make_training_root(apps, schema_editor):
    """One page below the home page, for signed-in people only; editors may write below it."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    PageViewRestriction = apps.get_model("wagtailcore", "PageViewRestriction")
    TrainingRootPage = apps.get_model("training", "TrainingRootPage")

    home = Page.objects.filter(content_type__app_label="portal", depth=2).first()
    if home is None or Page.objects.filter(path__startswith=home.path, depth=3).exists():
        return
    root_type, _ = ContentType.objects.get_or_create(app_label="training", model="trainingrootpage")
    root = TrainingRootPage.objects.create(
        title="Training",
        draft_title="Training",
        summary="Everything there is to learn here, by topic.",
        slug="training",
        path=f"{home.path}0001",
        depth=3,
        numchild=0,
        url_path=f"{home.url_path}training/",
        content_type=root_type,
        locale=home.locale,
        live=True,
        has_unpublished_changes=False,
    )
    home.numchild = 1
    home.save()
    PageViewRestriction.objects.create(page_id=root.pk, restriction_type="login")
    give_rights_to_editors(apps, root)


def give_rights_to_editors(apps, root):
    Group = apps.get_model("auth", "Group")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    Collection = apps.get_model("wagtailcore", "Collection")

    group, _ = Group.objects.get_or_create(name=EDITORS)
    for codename in PAGE_RIGHTS:
        right = find_right(apps, "wagtailcore", "page", codename)
        GroupPagePermission.objects.get_or_create(group=group, page_id=root.pk, permission=right)
    for (app, model), acts in MODEL_RIGHTS.items():
        for act in acts:
            group.permissions.add(find_right(apps, app, model, f"{act}_{model}"))
    for (app, model), acts in COLLECTION_RIGHTS.items():
        for act in acts:
            GroupCollectionPermission.objects.get_or_create(
                group=group,
                collection=Collection.objects.get(depth=1),
                permission=find_right(apps, app, model, f"{act}_{model}"),
            )


def find_right(apps, app, model, codename):
    """Django makes its permissions after all migrations; a fresh database has few of them yet."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label=app, model=model)
    act = codename.split("_")[0]
    right, _ = Permission.objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": f"Can {act} {model}"}
    )
    return right


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0001_initial"),
        ("portal", "0003_groups_and_home"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [migrations.RunPython(make_training_root, migrations.RunPython.noop)]
