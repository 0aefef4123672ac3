"""A certificate is awarded once, from evidence, and never changes afterwards."""

import json
import threading
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone
from pypdf import PdfReader

from curriculum.certificates.enums import AwardState
from curriculum.certificates.models import Award
from curriculum.certificates.printing.press import Press, PrintFailed
from curriculum.certificates.queries.awards import issue_page
from curriculum.certificates.queries.evidence import candidates
from curriculum.certificates.queries.verification import rule_in_words
from curriculum.certificates.services import issue as issue_module
from curriculum.certificates.services.issue import issue_certificates
from curriculum.certificates.services.printing import lay_out, print_award, reprint_award
from curriculum.certificates.services.revocation import RevocationRefused, revoke_award
from curriculum.certificates.services.rules import change_rule
from curriculum.certificates.wording import explain
from curriculum.enums import ItemKind
from curriculum.models import ModuleProgress, PlanItem, PreparationWaiver
from curriculum.queries.coordination import without_sessions, without_steps
from matching.enums import PairStage
from matching.models import Pair, Programme
from portal.models import Branding, Skill
from tests.factories.certificates import award_earned, completed_pair, give_plan, hold_sessions
from tests.factories.matching import (
    ActivePairFactory,
    MentorFactory,
    PairFactory,
    ProgrammeFactory,
)
from tests.factories.portal import SkillFactory
from tests.factories.training import PreparationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return ProgrammeFactory(slug="spring", name="Spring")


@pytest.fixture
def no_press(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Prints in no time; the list holds what was printed."""
    printed: list[str] = []

    def fake(self: Press, sheet: Any) -> bytes:
        printed.append(sheet.identifier)
        return b"%PDF-1.7 " + sheet.html.encode()

    monkeypatch.setattr(Press, "print", fake)
    return printed


def names(awards: list[Award]) -> set[str]:
    return {award.facts["person_name"] for award in awards}


def test_mentor_and_mentee_both_earn_theirs(programme: Programme) -> None:
    SkillFactory(name="Databases", level_3="Joins two tables and says why.")
    pair = completed_pair(programme=programme, gains=[("Databases", 0, 2), ("Databases", 2, 3)])
    award_earned(programme)
    mentor, mentee = (
        Award.objects.get(person=one.person).facts for one in (pair.mentor, pair.mentee)
    )
    assert (mentor["role"], mentee["role"]) == ("mentor", "mentee")
    for facts, part in ((mentor, "mentor"), (mentee, "mentee")):
        assert facts["skills"] == [
            {
                "skill": "Databases",
                "level": 3,
                "sentence": "Joins two tables and says why.",
                "as": part,
            }
        ]
        assert (facts["sessions_held"], facts["hours"]) == (6, 6.0)
        assert (facts["first_held_on"], facts["last_held_on"]) == ("2026-03-03", "2026-05-12")
    assert mentor["partners"] == [{"name": str(pair.mentee), "role": "mentee"}]


def test_a_skill_without_sentences_is_told_in_general_words(programme: Programme) -> None:
    Skill.objects.create(name="Haggling", locale=SkillFactory().locale)
    completed_pair(programme=programme, gains=[("Haggling", 1, 3), ("Renamed away", 0, 4)])
    told = {s["skill"]: s["sentence"] for s in award_earned(programme)[0].facts["skills"]}
    assert told["Haggling"] == "Does it without help."
    assert told["Renamed away"] == "Shows others how to do it."


def test_one_certificate_takes_all_completed_pairs(programme: Programme) -> None:
    mentor = MentorFactory(programme=programme)
    first = completed_pair(programme=programme, mentor=mentor, gains=[("Databases", 0, 2)])
    second = completed_pair(programme=programme, mentor=mentor, gains=[("Databases", 1, 4)])
    running = ActivePairFactory(programme=programme, mentor=mentor)
    give_plan(running, gains=[("Haggling", 0, 1)], steps_done=0)
    award_earned(programme)
    facts = Award.objects.get(person=mentor.person).facts
    assert {p["name"] for p in facts["partners"]} == {str(first.mentee), str(second.mentee)}
    assert [(s["skill"], s["level"]) for s in facts["skills"]] == [("Databases", 4)]
    assert facts["sessions_held"] == 12


def test_who_teaches_in_one_pair_and_learns_in_another_has_both_parts(programme: Programme) -> None:
    both = MentorFactory(programme=programme, role="both")
    completed_pair(programme=programme, mentor=both, gains=[("Databases", 0, 3)])
    completed_pair(programme=programme, mentee=both, gains=[("Databases", 0, 2)])
    award_earned(programme)
    facts = Award.objects.get(person=both.person).facts
    assert facts["role"] == "both"
    assert {(s["as"], s["level"]) for s in facts["skills"]} == {("mentor", 3), ("mentee", 2)}


def test_people_who_have_not_earned_it_are_told_why(programme: Programme) -> None:
    pair = ActivePairFactory(programme=programme)
    give_plan(pair, gains=[("Databases", 0, 2), ("Haggling", 0, 1)], steps_done=1)
    hold_sessions(pair, 1)
    assert award_earned(programme) == []
    told = {str(c.participant): explain(c.verdict.missing) for c in candidates(programme)}
    assert told[str(pair.mentor)] == [
        f"With {pair.mentee}: 1 of 2 steps of the plan done.",
        f"With {pair.mentee}: 1 of 2 sessions held.",
    ]


def test_all_sessions_of_a_short_plan_are_enough_and_the_record_says_so(
    programme: Programme,
) -> None:
    pair = PairFactory(programme=programme, stage=PairStage.COMPLETED)
    give_plan(pair, gains=[("Databases", 0, 2), ("Databases", 2, 3)])
    hold_sessions(pair, 2)

    assert names(award_earned(programme)) == {str(pair.mentor), str(pair.mentee)}

    award = Award.objects.get(person=pair.mentee.person)
    assert award.rule["rule"]["minimum_sessions"] == 4
    assert award.rule["met"]["pairs"][0]["sessions_planned"] == 2
    told = "At least 4 guided sessions were held, or all of the plan’s."
    assert rule_in_words(award)[-1] == told


def test_a_certificate_from_before_keeps_the_rule_as_it_was_then(programme: Programme) -> None:
    completed_pair(programme=programme)
    award = award_earned(programme)[0]
    del award.rule["rule"]["or_all_of_plan"]
    for met in award.rule["met"]["pairs"]:
        del met["sessions_planned"]

    assert rule_in_words(award)[-1] == "At least 4 guided sessions were held."
    assert '"minimum_sessions": 4' in lay_out(award).attachments[0].text


def test_a_plan_without_a_session_is_a_cause_of_its_own(programme: Programme) -> None:
    pair = ActivePairFactory(programme=programme)
    plan = give_plan(pair)
    PlanItem.objects.filter(step__plan=plan).update(kind=ItemKind.MODULE)

    told = {str(c.participant): explain(c.verdict.missing) for c in candidates(programme)}

    assert told[str(pair.mentee)] == [f"The plan with {pair.mentor} holds no session."]
    page = issue_page(programme)
    assert (page.out_of_reach.without_steps, page.out_of_reach.without_sessions) == (0, 1)
    assert list(without_sessions(programme)) == [pair]


@pytest.mark.parametrize("stage", [PairStage.ACTIVE, PairStage.ENDED])
def test_pairs_that_cannot_reach_it_are_counted_while_they_meet(
    programme: Programme, stage: PairStage
) -> None:
    stuck = PairFactory(programme=programme, stage=stage, began_at=timezone.now())
    give_plan(stuck, gains=[])
    give_plan(ActivePairFactory(programme=programme), steps_done=0)
    ActivePairFactory(programme=programme)

    meets = stage == PairStage.ACTIVE
    assert issue_page(programme).out_of_reach.without_steps == meets
    assert list(without_steps(programme)) == [stuck] * meets


def test_nothing_names_a_partner_of_a_pair_it_was_not_earned_by(programme: Programme) -> None:
    ended = PairFactory(
        programme=programme,
        stage=PairStage.ENDED,
        began_at=timezone.now(),
        mentor__person__name="Private Partner",
    )
    completed_pair(programme=programme, mentee=ended.mentee)

    award_earned(programme)

    award = Award.objects.get(person=ended.mentee.person)
    assert "Private Partner" not in json.dumps([award.facts, award.rule])
    assert "Private Partner" not in lay_out(award).attachments[0].text


def test_an_award_from_before_is_printed_without_the_others_too(programme: Programme) -> None:
    """Awards of the first days kept every pair of the person beside the rule."""
    pair = completed_pair(programme=programme)
    award_earned(programme)
    award = Award.objects.get(person=pair.mentee.person)
    other = {**award.rule["met"]["pairs"][0], "pair": 99, "partner": "Private Partner"}
    award.rule["met"]["pairs"].append(other)

    record = json.loads(lay_out(award).attachments[0].text)

    assert [met["partner"] for met in record["rule"]["met"]["pairs"]] == [str(pair.mentor)]


def test_a_waiver_does_not_stand_in_for_preparation(programme: Programme) -> None:
    track = PreparationFactory()
    programme.curriculum.mentor_preparation = track
    programme.curriculum.save()
    pair = completed_pair(programme=programme)
    PreparationWaiver.objects.create(pair=pair, reason="Travelling.")
    assert names(award_earned(programme)) == {str(pair.mentee)}
    module = track.items.first().page
    ModuleProgress.objects.create(
        person=pair.mentor.person,
        module_key=module.translation_key,
        title=module.title,
        completed_at="2026-03-01T00:00Z",
    )
    assert names(award_earned(programme)) == {str(pair.mentee), str(pair.mentor)}


def test_a_pair_that_never_began_is_no_pair(programme: Programme) -> None:
    pair = PairFactory(programme=programme, stage=PairStage.COFFEE)
    give_plan(pair)
    hold_sessions(pair, 6)
    assert candidates(programme) == []


def test_a_rule_that_asks_for_nothing_is_refused(programme: Programme) -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        change_rule(programme, needs_preparation=True, needs_steps=False, minimum_sessions=0)


def test_issuing_twice_changes_nothing_and_writes_once(
    programme: Programme, no_press: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    completed_pair(programme=programme)
    ActivePairFactory(programme=programme)
    with django_capture_on_commit_callbacks(execute=True):
        first = issue_certificates(programme)
    before = list(Award.objects.values())
    with django_capture_on_commit_callbacks(execute=True):
        second = issue_certificates(programme)
    assert (first.earned, first.issued, first.already, first.refused) == (2, 2, 0, 2)
    assert (second.earned, second.issued, second.already, second.refused) == (2, 0, 2, 2)
    assert list(Award.objects.values()) == before
    assert len(no_press) == 2
    assert sorted(len(letter.to) for letter in mail.outbox) == [1, 1]
    assert all("/verify/" in str(letter.body) for letter in mail.outbox)


def test_a_person_awarded_between_two_looks_is_not_awarded_twice(
    programme: Programme, no_press: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run awards everybody after ours has judged: the unique key decides."""
    completed_pair(programme=programme)
    judge_all = candidates

    def judged_then_overtaken(*args: Any) -> Any:
        found = judge_all(*args)
        award_earned(programme)
        return found

    monkeypatch.setattr(issue_module, "candidates", judged_then_overtaken)
    report = issue_certificates(programme)
    assert (report.earned, report.issued, report.already) == (2, 0, 2)
    assert Award.objects.count() == 2


def test_a_pdf_that_another_run_made_first_is_kept(
    programme: Programme, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    completed_pair(programme=programme)
    award = award_earned(programme)[0]

    def overtaken(self: Press, sheet: Any) -> bytes:
        monkeypatch.setattr(Press, "print", lambda self, sheet: b"%PDF first")
        assert print_award(award, self)
        return b"%PDF second"

    monkeypatch.setattr(Press, "print", overtaken)
    with django_capture_on_commit_callbacks(execute=True):
        assert not print_award(award, Press())
    award.refresh_from_db()
    with award.pdf.open() as file:
        assert file.read() == b"%PDF first"
    assert len(award.pdf.storage.listdir(f"certificates/{programme.pk}")[1]) == 1
    assert len(mail.outbox) == 1


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="threads share one SQLite in memory, which locks tables"
)
@pytest.mark.django_db(transaction=True)
def test_two_at_once_award_and_print_once(
    no_press: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    programme = ProgrammeFactory(slug="at-once")
    for _ in range(3):
        completed_pair(programme=programme)
    gate, reports = threading.Barrier(2, timeout=30), []
    judge_all = candidates

    def judged_together(*args: Any) -> Any:
        found = judge_all(*args)
        gate.wait()
        return found

    monkeypatch.setattr(issue_module, "candidates", judged_together)

    def run() -> None:
        try:
            reports.append(issue_certificates(programme))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(report.issued for report in reports) == 6
    assert Award.objects.count() == 6
    assert sum(report.printed for report in reports) == 6
    assert len(mail.outbox) == 6
    storage = Award._meta.get_field("pdf").storage
    assert len(storage.listdir(f"certificates/{programme.pk}")[1]) == 6


def test_a_failed_pdf_leaves_the_award_and_the_next_run_prints_it(
    programme: Programme,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    completed_pair(programme=programme)

    def jam(self: Press, sheet: Any) -> bytes:
        raise PrintFailed("paper jam")

    with monkeypatch.context() as broken:
        broken.setattr(Press, "print", jam)
        with django_capture_on_commit_callbacks(execute=True):
            report = issue_certificates(programme)
    assert (report.issued, report.printed, report.unprinted) == (2, 0, 2)
    assert set(Award.objects.values_list("pdf", "pdf_sha256")) == {("", "")}
    assert mail.outbox == []
    assert "paper jam" in caplog.text
    monkeypatch.setattr(Press, "print", lambda self, sheet: b"%PDF")
    report = issue_certificates(programme)
    assert (report.issued, report.already, report.printed) == (0, 2, 2)
    assert not Award.objects.filter(pdf="").exists()


def test_nothing_that_changes_later_changes_a_certificate(
    programme: Programme, client: Any
) -> None:
    SkillFactory(name="Databases", level_3="Joins two tables and says why.")
    branding = Branding.objects.first() or Branding.for_site(_site())
    branding.organisation_name, branding.signatory_name = "Harbour & Vale", "Ingrid Solheim"
    branding.save()
    pair = completed_pair(programme=programme)
    award_earned(programme)
    award = Award.objects.get(person=pair.mentee.person)
    sheet, page = lay_out(award), client.get(f"/verify/{award.token}").content

    pair.mentee.person.name = "Somebody Else"
    pair.mentee.person.save()
    Skill.objects.update(name="Data bases", level_3="Something else.")
    Branding.objects.update(organisation_name="Bought & Sold", signatory_name="New Boss")
    Programme.objects.update(name="Autumn")
    change_rule(programme, needs_preparation=True, needs_steps=True, minimum_sessions=40)
    Pair.objects.all().delete()

    award = Award.objects.get(pk=award.pk)
    assert lay_out(award) == sheet
    assert without_frame(client.get(f"/verify/{award.token}").content) == without_frame(page)
    assert b"Joins two tables" in page


def without_frame(page: bytes) -> str:
    """The matter of a page, without the house around it."""
    return page.decode().split("<main", 1)[1].split("</main>", 1)[0]


def _site() -> Any:
    from wagtail.models import Site

    return Site.objects.get(is_default_site=True)


def test_withdrawing_keeps_who_when_and_why_and_is_done_once(
    programme: Programme, coordinator: Any, django_capture_on_commit_callbacks: Any
) -> None:
    completed_pair(programme=programme)
    award = award_earned(programme)[0]
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(RevocationRefused):
            revoke_award(award, by=coordinator, reason="  ")
        revoke_award(award, by=coordinator, reason="Issued by mistake.")
        revoke_award(award, by=None, reason="Another reason.")
    (letter,) = mail.outbox
    assert letter.to == [award.person.email]
    assert "Issued by mistake." in str(letter.body)
    assert award.number in str(letter.body)
    award.refresh_from_db()
    assert award.state == AwardState.REVOKED
    assert (award.revoked_by, award.revoked_reason) == (coordinator, "Issued by mistake.")
    assert award.revoked_at is not None


def test_a_withdrawn_certificate_is_not_issued_again(
    programme: Programme, no_press: list[str], coordinator: Any
) -> None:
    completed_pair(programme=programme)
    revoke_award(award_earned(programme)[0], by=coordinator, reason="By mistake.")
    report = issue_certificates(programme)
    assert (report.issued, report.already, report.printed) == (0, 2, 1)


def test_printing_again_keeps_the_digest_of_the_file_before(
    programme: Programme, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    completed_pair(programme=programme)
    monkeypatch.setattr(Press, "print", lambda self, sheet: b"%PDF one")
    with django_capture_on_commit_callbacks(execute=True):
        issue_certificates(programme)
    award = Award.objects.first()
    first = award.pdf_sha256
    mail.outbox.clear()
    reprint_award(award, Press())
    award.refresh_from_db()
    assert (award.pdf_sha256, award.earlier_sha256) == (first, [])
    monkeypatch.setattr(Press, "print", lambda self, sheet: b"%PDF two")
    reprint_award(award, Press())
    award.refresh_from_db()
    assert award.pdf_sha256 != first
    assert award.earlier_sha256 == [first]
    with award.pdf.open() as file:
        assert file.read() == b"%PDF two"
    assert mail.outbox == []


@pytest.mark.parametrize("pairs", [1, 100])
def test_evidence_takes_the_same_queries_for_one_pair_and_for_a_hundred(
    pairs: int, programme: Programme, django_assert_num_queries: Any
) -> None:
    for _ in range(pairs):
        completed_pair(programme=programme)
    with django_assert_num_queries(EVIDENCE_QUERIES):
        assert len(candidates(programme)) == 2 * pairs


EVIDENCE_QUERIES = 12


def run_command(*arguments: str) -> str:
    out = StringIO()
    call_command("issue_certificates", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_ends_with_its_figures(programme: Programme, no_press: list[str]) -> None:
    completed_pair(programme=programme)
    ActivePairFactory(programme=programme)
    first = json.loads(run_command("--programme", "spring", "--json").splitlines()[-1])
    second = json.loads(run_command("--programme", "spring", "--json").splitlines()[-1])
    assert isinstance(first.pop("seconds"), float)
    assert isinstance(second.pop("seconds"), float)
    assert first == {"earned": 2, "issued": 2, "already": 0, "refused": 2}
    assert second == {"earned": 2, "issued": 0, "already": 2, "refused": 2}


def test_the_command_says_which_programme_is_missing() -> None:
    with pytest.raises(CommandError, match="There is no programme “nowhere”"):
        run_command("--programme", "nowhere")


def test_the_whole_way_to_a_file_that_holds_the_facts(programme: Programme) -> None:
    pair = completed_pair(programme=programme)
    issue_certificates(programme)
    award = Award.objects.get(person=pair.mentee.person)
    pdf = PdfReader(BytesIO(award.pdf.read()))
    award.pdf.close()
    words = " ".join(pdf.pages[0].extract_text().split())
    for fact in (str(pair.mentee), str(pair.mentor), "Databases", "6 sessions", award.number):
        assert fact in words
    record = json.loads(pdf.attachments[f"{award.number}.json"][0])
    assert record["person_name"] == str(pair.mentee)
    assert record["rule"]["rule"]["minimum_sessions"] == 4
    assert award.issued_on <= date.today()
