import hashlib
import json

from django.db import migrations, models

CRITERIA = ("skill_gap", "interests", "wishes", "distance", "way_of_working")
CODES = (
    "same_person",
    "forbidden",
    "reporting_line",
    "not_junior",
    "no_language",
    "no_hours",
    "teaches_nothing",
    "below_minimum",
)


def only(keys, value):
    return {key: value[key] for key in keys if key in value}


def result_file(result):
    """As the engine's command writes it."""
    ordered = only(
        ("pairs", "unmatched", "count", "worst", "total", "bound", "optimal"),
        {"pairs": [], "unmatched": [], **result},
    )
    ordered["pairs"] = [
        only(("mentor", "mentee", "score", "parts", "covers", "locked"), pair)
        | {
            "parts": only(CRITERIA, pair["parts"]),
            "covers": [only(("skill", "from", "to", "target"), one) for one in pair["covers"]],
        }
        for pair in ordered["pairs"]
    ]
    ordered["unmatched"] = [
        only(("id", "side", "cause", "detail"), one) | {"detail": only(CODES, one["detail"])}
        for one in ordered["unmatched"]
    ]
    return json.dumps(ordered, indent=1).encode("ascii") + b"\n"


def write_fingerprints(apps, schema_editor):
    """Of rounds so far, too. Whom a pair outside the problem held is in neither part of the result."""
    Round = apps.get_model("matching", "Round")
    for kept in Round.objects.order_by("pk").iterator(chunk_size=1):
        problem, result = kept.problem, kept.result
        told = {person["id"] for person in result.get("unmatched", [])}
        for pair in result.get("pairs", []):
            told |= {pair["mentor"], pair["mentee"]}
        people = [problem.get(side, []) for side in ("mentors", "mentees")]
        kept.mentors, kept.mentees = map(len, people)
        kept.held = sorted({person["id"] for side in people for person in side} - told)
        content = json.dumps(problem, indent=1, sort_keys=True).encode("ascii") + b"\n"
        kept.problem_digest = hashlib.sha256(content).hexdigest()
        kept.result_digest = hashlib.sha256(result_file(result)).hexdigest()
        kept.save(update_fields=["mentors", "mentees", "held", "problem_digest", "result_digest"])


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0004_round_figures"),
    ]

    operations = [
        migrations.AddField(
            model_name="round",
            name="mentors",
            field=models.PositiveIntegerField(default=0, verbose_name="mentors"),
        ),
        migrations.AddField(
            model_name="round",
            name="mentees",
            field=models.PositiveIntegerField(default=0, verbose_name="mentees"),
        ),
        migrations.AddField(
            model_name="round",
            name="held",
            field=models.JSONField(
                blank=True,
                default=list,
                verbose_name="people whom standing pairs outside the problem hold",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="problem_digest",
            field=models.CharField(
                blank=True, max_length=64, verbose_name="fingerprint of the input"
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="result_digest",
            field=models.CharField(
                blank=True, max_length=64, verbose_name="fingerprint of the result"
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="engine",
            field=models.CharField(
                blank=True, max_length=64, verbose_name="fingerprint of the engine"
            ),
        ),
        migrations.RunPython(write_fingerprints, migrations.RunPython.noop, elidable=True),
    ]
