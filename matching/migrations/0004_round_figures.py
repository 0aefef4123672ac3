from django.db import migrations, models


def median(scores):
    middle = len(scores) // 2
    if not scores:
        return None
    return scores[middle] if len(scores) % 2 else (scores[middle - 1] + scores[middle] + 1) // 2


def write_figures(apps, schema_editor):
    Round = apps.get_model("matching", "Round")
    for kept in Round.objects.defer("problem").order_by("pk").iterator(chunk_size=1):
        result = kept.result
        pairs = result.get("pairs", [])
        kept.count = result.get("count", 0)
        kept.worst = result.get("worst")
        kept.total = result.get("total", 0)
        kept.bound = result.get("bound", 0)
        kept.is_optimal = result.get("optimal", False)
        kept.median = median(sorted(pair["score"] for pair in pairs if not pair["locked"]))
        kept.left_over = len(result.get("unmatched", []))
        kept.save(
            update_fields=["count", "worst", "total", "bound", "is_optimal", "median", "left_over"]
        )


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0003_slugs_taken"),
    ]

    operations = [
        migrations.AddField(
            model_name="round",
            name="count",
            field=models.PositiveIntegerField(default=0, verbose_name="pairs"),
        ),
        migrations.AddField(
            model_name="round",
            name="worst",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="worst score"),
        ),
        migrations.AddField(
            model_name="round",
            name="total",
            field=models.PositiveBigIntegerField(default=0, verbose_name="total"),
        ),
        migrations.AddField(
            model_name="round",
            name="bound",
            field=models.PositiveBigIntegerField(default=0, verbose_name="highest possible total"),
        ),
        migrations.AddField(
            model_name="round",
            name="is_optimal",
            field=models.BooleanField(default=False, verbose_name="proved"),
        ),
        migrations.AddField(
            model_name="round",
            name="median",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="median score"),
        ),
        migrations.AddField(
            model_name="round",
            name="left_over",
            field=models.PositiveIntegerField(default=0, verbose_name="left over"),
        ),
        migrations.RunPython(write_figures, migrations.RunPython.noop, elidable=True),
    ]
