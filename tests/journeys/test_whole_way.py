"""One pair's whole way: from a line in a spreadsheet to the last session."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from curriculum.models import Plan, Session
from curriculum.tasks import assign_pair_tracks
from matching.enums import PairStage
from matching.models import Pair, Programme, Suggestion
from portal.models import User
from tests.factories.curriculum import ask_to_prepare
from tests.factories.training import RIGHT_ANSWERS, TrackFactory

pytestmark = pytest.mark.django_db

PEOPLE = """email,name,role,seniority_years,languages,expertise,goals
amira@example.org,Amira Haddad,mentor,2,en,Databases:4,
basil@example.org,Basil Okafor,mentee,20,en,Databases:1,Databases:3!
"""


def test_from_a_spreadsheet_to_the_last_session(
    tmp_path: Any, coordinator: User, client_for: Any
) -> None:
    TrackFactory(title="Ask your data", lifts=[("Databases", 1, 3)])
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE)

    # The coordinator imports, matches and accepts.
    call_command("import_participants", str(people), programme="turnabout", apply=True)
    programme = Programme.objects.get()
    preparation = ask_to_prepare(programme)
    call_command("suggest_pairs", programme="turnabout")
    cora = client_for(coordinator)
    suggestion = Suggestion.objects.get()
    cora.post(
        reverse("programmes:decide", args=[programme.slug, suggestion.pk]), {"decision": "accept"}
    )
    pair = Pair.objects.get()
    assert pair.stage == PairStage.COFFEE

    # Both like each other and agree; a plan is made.
    amira, basil = (client_for(User.objects.get(name__startswith=n)) for n in ("Amira", "Basil"))
    for client in (amira, basil):
        assert reverse("matching:pair", args=[pair.pk]) in client.get("/en/desk/").content.decode()
        client.post(reverse("matching:answer_coffee", args=[pair.pk]), {"is_yes": "yes"})
    agree(pair, amira, basil)
    pair.refresh_from_db()
    assert pair.stage == PairStage.ACTIVE
    assign_pair_tracks(pair.pk)
    plan = Plan.objects.get()
    assert "Ask your data" in basil.get(reverse("curriculum:plan", args=[pair.pk])).content.decode()

    # Session one waits for the mentor's preparation.
    module, meeting = (plan.steps.get().items.get(kind=kind) for kind in ("module", "session"))
    opening = reverse("curriculum:open_session", args=[pair.pk, meeting.pk])
    basil.post(opening)
    assert not Session.objects.exists()
    finish(amira, preparation.pk)
    basil.post(opening)
    session = Session.objects.get()

    # A date, the mentee's reading, and the session itself.
    at = timezone.localtime() + timedelta(days=2)
    amira.post(url("session_date", session), {"at": at.strftime("%Y-%m-%dT%H:%M")})
    basil.post(url("confirm_session", session))
    finish(basil, module.page_id)
    amira.post(url("run_session", session))
    assert "Shall we begin?" in amira.get(f"{url('run_session', session)}?part=1").content.decode()
    amira.post(url("session_notes", session), {"text": "One row is a line.", "go": "2"})
    answer = amira.post(url("close_session", session), {"chosen": ["0"], "mentor_text": "Ask IT."})
    assert answer["Location"] == url("rate", session)
    for client in (amira, basil):
        client.post(url("rate", session), {"useful": "5", "candid": "4"})

    # The goal is reached, the pair has gone its way, and the notes are theirs.
    assert "from 1 to 3, now 3" in basil.get("/en/desk/").content.decode()
    assert "One row is a line." in basil.get(url("session", session)).content.decode()
    assert session.commitments.count() == 2
    assert session.ratings.count() == 2
    pair.refresh_from_db()
    assert pair.stage == PairStage.COMPLETED


def agree(pair: Pair, *clients: Any) -> None:
    for client in clients:
        client.post(reverse("matching:sign_agreement", args=[pair.pk]), {"agreed": "on"})


def finish(client: Any, module_id: int) -> None:
    client.post(reverse("curriculum:module", args=[module_id]), RIGHT_ANSWERS)
    client.post(reverse("curriculum:complete_module", args=[module_id]))


def url(name: str, session: Session) -> str:
    return reverse(f"curriculum:{name}", args=[session.pk])
