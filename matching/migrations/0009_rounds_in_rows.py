from django.db import migrations


def fill_rows(apps, schema_editor):
    """What pages show of a round moves out of its result, one round at a time: each is large."""
    Round = apps.get_model("matching", "Round")
    for key in Round.objects.order_by("pk").values_list("pk", flat=True):
        fill_left_over(apps, Round.objects.defer("problem").get(pk=key))


def fill_left_over(apps, kept):
    LeftOver = apps.get_model("matching", "LeftOver")
    Participant = apps.get_model("matching", "Participant")
    people = Participant.objects.filter(programme_id=kept.programme_id)
    there = set(people.values_list("pk", flat=True))
    # Somebody of both parts is told twice; what they want to learn counts.
    told = {
        int(row["id"]): row
        for row in kept.result.get("unmatched", [])
        if row["id"] not in kept.held
    }
    LeftOver.objects.bulk_create(
        [
            LeftOver(
                round=kept,
                participant_id=key,
                side=row["side"],
                cause=row["cause"],
                detail=row["detail"],
            )
            for key, row in told.items()
            if key in there
        ],
        batch_size=500,
    )


def fill_covered(apps, schema_editor):
    """The skills of the suggestions that a board can still show: those of the latest rounds."""
    Programme = apps.get_model("matching", "Programme")
    Suggestion = apps.get_model("matching", "Suggestion")
    Goal = apps.get_model("matching", "Goal")
    Covered = Suggestion.covered.through
    for programme in Programme.objects.all():
        goals = Goal.objects.filter(participant__programme=programme).order_by()
        skills = dict(goals.values_list("skill__name", "skill_id").distinct())
        latest = programme.rounds.order_by("-created_at", "-pk").only("pk").first()
        if latest is None:
            continue
        rows = Suggestion.objects.filter(round_id=latest.pk).values_list("pk", "covers")
        Covered.objects.bulk_create(
            [
                Covered(suggestion_id=key, skill_id=skills[cover["skill"]])
                for key, covers in rows
                for cover in covers
                if cover["skill"] in skills
            ],
            batch_size=500,
        )


class Migration(migrations.Migration):
    dependencies = [("matching", "0008_decisions_on_the_board")]

    operations = [
        migrations.RunPython(fill_rows, migrations.RunPython.noop),
        migrations.RunPython(fill_covered, migrations.RunPython.noop),
    ]
