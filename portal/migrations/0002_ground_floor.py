import uuid

import django.core.validators
import django.db.models.deletion
import modelsearch.index
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.CreateModel(
            name="HomePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "summary",
                    models.CharField(
                        blank=True,
                        help_text="One or two sentences; shown wherever this page is listed.",
                        max_length=300,
                        verbose_name="summary",
                    ),
                ),
                (
                    "welcome",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="In your own words: who the programme is for and how to join.",
                        verbose_name="welcome",
                    ),
                ),
            ],
            options={
                "verbose_name": "home page",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="Branding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation_name",
                    models.CharField(
                        blank=True,
                        help_text="Stands beside the mark.",
                        max_length=120,
                        verbose_name="organisation",
                    ),
                ),
                (
                    "accent",
                    models.CharField(
                        blank=True,
                        help_text="For buttons and marks, as # and six digits. Empty: the house's vermilion.",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-fA-F]{6}$", "Write a colour as # and six digits: #c8401f."
                            )
                        ],
                        verbose_name="accent colour",
                    ),
                ),
                (
                    "signatory_name",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="who signs certificates"
                    ),
                ),
                (
                    "signatory_title",
                    models.CharField(blank=True, max_length=120, verbose_name="their title"),
                ),
                (
                    "contact_email",
                    models.EmailField(
                        blank=True,
                        help_text="Where people write when something is wrong.",
                        max_length=254,
                        verbose_name="contact",
                    ),
                ),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="logo",
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        blank=True,
                        help_text="A picture with a transparent background. Empty: a line to sign on.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="signature",
                    ),
                ),
                (
                    "site",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="wagtailcore.site",
                    ),
                ),
            ],
            options={
                "verbose_name": "branding",
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("task", models.CharField(max_length=200, verbose_name="dotted path of the task")),
                ("arguments", models.JSONField(blank=True, default=dict, verbose_name="arguments")),
                (
                    "key",
                    models.CharField(
                        blank=True,
                        help_text="Two unfinished jobs never share a key.",
                        max_length=120,
                        verbose_name="key",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "stopped"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0, verbose_name="steps in all")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="steps done")),
                ("refused", models.PositiveIntegerField(default=0, verbose_name="steps refused")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("result", models.JSONField(blank=True, default=dict, verbose_name="result")),
                ("problem", models.TextField(blank=True, verbose_name="what went wrong")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                (
                    "touched_at",
                    models.DateTimeField(auto_now=True, verbose_name="last sign of life"),
                ),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="finished"),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "job",
                "verbose_name_plural": "jobs",
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="Skill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("level_0", models.CharField(blank=True, max_length=300, verbose_name="0 · none")),
                ("level_1", models.CharField(blank=True, max_length=300, verbose_name="1 · aware")),
                (
                    "level_2",
                    models.CharField(blank=True, max_length=300, verbose_name="2 · with help"),
                ),
                (
                    "level_3",
                    models.CharField(blank=True, max_length=300, verbose_name="3 · on my own"),
                ),
                (
                    "level_4",
                    models.CharField(blank=True, max_length=300, verbose_name="4 · helps others"),
                ),
                (
                    "level_5",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="5 · shapes practice"
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "skill",
                "verbose_name_plural": "skills",
                "ordering": ("name",),
                "abstract": False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                name="user_email_without_case",
                violation_error_message="Somebody already has this email address.",
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(fields=["state", "touched_at"], name="job_by_state"),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ["queued", "running"]), models.Q(("key", ""), _negated=True)
                ),
                fields=("key",),
                name="job_key_once_unfinished",
            ),
        ),
        migrations.AddConstraint(
            model_name="skill",
            constraint=models.UniqueConstraint(
                fields=("name", "locale"),
                name="skill_name_once_a_language",
                violation_error_message="There is already a skill of this name.",
            ),
        ),
        migrations.AlterUniqueTogether(
            name="skill",
            unique_together={("translation_key", "locale")},
        ),
    ]
