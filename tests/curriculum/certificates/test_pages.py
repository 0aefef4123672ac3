"""Who may see what: anyone who holds a code, the person whose it is, coordinators, nobody else."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from curriculum.certificates.cards import coordinator_card, own_card
from curriculum.certificates.models import Award, CertificateRule
from curriculum.certificates.printing.press import Press
from curriculum.certificates.services.issue import issue_certificates
from curriculum.certificates.services.revocation import revoke_award
from curriculum.certificates.tasks import issue_certificates_job
from curriculum.models import PlanItem
from matching.models import Pair, Programme
from matching.registries import programme_links
from portal.models import Job
from tests.factories.certificates import award_earned, completed_pair, give_plan, hold_sessions
from tests.factories.matching import ActivePairFactory, MenteeFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
PAGE = "/en/certificates/programmes/spring/"


@pytest.fixture
def programme() -> Programme:
    return ProgrammeFactory(slug="spring", name="Spring")


@pytest.fixture
def pair(programme: Programme, mentor_user: Any, mentee_user: Any) -> Pair:
    return completed_pair(
        programme=programme, mentor__person=mentor_user, mentee__person=mentee_user
    )


@pytest.fixture
def award(pair: Pair) -> Award:
    """Basil's certificate, with a file."""
    award_earned(pair.programme)
    award = Award.objects.get(person=pair.mentee.person)
    award.pdf_sha256 = "ab" * 32
    award.pdf.save("certificates/1/basil.pdf", ContentFile(b"%PDF basil"))
    return award


@pytest.fixture
def no_press(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Press, "print", lambda self, sheet: b"%PDF " + sheet.html.encode())


def words(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split())


def test_anyone_with_the_code_sees_every_printed_fact(client: Any, award: Award) -> None:
    response = client.get(f"/verify/{award.token}")
    assert response.status_code == 200
    seen = words(response)
    facts = award.facts
    for fact in (
        "This certificate stands",
        facts["person_name"],
        facts["programme_name"],
        facts["partners"][0]["name"],
        facts["number"],
        "Databases",
        "level 3 of 5",
        facts["skills"][0]["sentence"],
        "3 March 2026",
        "12 May 2026",
        "At least 4 guided sessions were held, or all of the plan’s.",
        "ab" * 32,
    ):
        assert fact in seen
    assert re.search(r"Sessions held 6\b", seen)
    assert re.search(r"Hours in sessions 6\b", seen)


def test_it_reads_as_a_person_would_say_it(client: Any, award: Award) -> None:
    award.facts |= {"signatory_name": "Ingrid Solheim", "signatory_title": "Chief People Officer"}
    award.save()
    page = client.get(f"/verify/{award.token}")
    seen = words(page)
    assert "Took part as mentee" in seen
    assert "Signed by Ingrid Solheim, Chief People Officer" in seen
    experts = BeautifulSoup(page.content, "html.parser").select_one("details")
    assert experts is not None
    assert experts.summary.get_text() == "For experts"
    assert "ab" * 32 in experts.get_text()
    award.facts["signatory_title"] = ""
    award.save()
    assert "Signed by Ingrid Solheim Number" in words(client.get(f"/verify/{award.token}"))


def test_nothing_of_it_is_kept_or_listed(client: Any, award: Award) -> None:
    for path in (f"/verify/{award.token}", "/verify/", "/verify/nothing"):
        response = client.get(path)
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]


@pytest.mark.parametrize("form", ["{n}", "{lower}", "{t}/", "{upper}"])
def test_the_number_and_the_code_lead_there_however_typed(
    client: Any, award: Award, form: str
) -> None:
    typed = form.format(
        n=award.number, lower=award.number.lower(), t=award.token, upper=award.token.upper()
    )
    response = client.get(f"/verify/{typed}", follow=True)
    assert response.request["PATH_INFO"].rstrip("/") == f"/verify/{award.token}"
    assert response.status_code == 200
    response = client.get("/verify/", {"code": f" {typed} "}, follow=True)
    assert response.redirect_chain[-1][0] == f"/verify/{award.token}"


def test_a_code_that_was_changed_finds_nothing(client: Any, award: Award) -> None:
    last = "2" if award.token[-1] != "2" else "3"
    for path in (
        f"/verify/{award.token[:-1]}{last}",
        f"/verify/{award.token[:-1]}",
        f"/verify/{award.pk}",
        "/verify/%3Cscript%3E",
        "/verify/?code=2026-0000-0000-0000",
    ):
        response = client.get(path)
        assert response.status_code == 404
        assert "We know no certificate by this number" in words(response)
        assert award.facts["person_name"] not in response.content.decode()


def test_an_empty_form_says_what_to_type(client: Any) -> None:
    response = client.get("/verify/", {"code": ""})
    assert response.status_code == 422
    assert "Type the number that stands on the certificate." in words(response)


def test_a_withdrawn_certificate_says_so_and_keeps_the_reason_to_itself(
    client: Any, client_for: Any, award: Award, coordinator: Any
) -> None:
    revoke_award(award, by=coordinator, reason="A private matter.")
    seen = words(client.get(f"/verify/{award.token}"))
    assert "This certificate was withdrawn on" in seen
    assert "This certificate stands" not in seen
    assert "A private matter." not in seen
    own = client_for(award.person)
    assert "A private matter." in words(own.get("/en/certificates/"))
    assert own.get(reverse("certificates:download", args=[award.pk])).status_code == 404


def test_markup_in_a_name_is_shown_as_words(client: Any, pair: Pair) -> None:
    pair.mentee.person.name = "<script>alert(1)</script>"
    pair.mentee.person.save()
    award_earned(pair.programme)
    award = Award.objects.get(person=pair.mentee.person)
    page = client.get(f"/verify/{award.token}").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_file_is_for_its_person_and_for_coordinators(
    client: Any, client_for: Any, award: Award, coordinator: Any, mentor_user: Any, outsider: Any
) -> None:
    address = reverse("certificates:download", args=[award.pk])
    for person in (award.person, coordinator):
        response = client_for(person).get(address)
        assert response.getvalue() == b"%PDF basil"
        assert response["Content-Type"] == "application/pdf"
        name = f'attachment; filename="certificate-basil-mentee-{award.number}.pdf"'
        assert response["Content-Disposition"] == name
    for person in (mentor_user, outsider):
        assert client_for(person).get(address).status_code == 404
    assert client.get(address).status_code == 302


COORDINATORS_ONLY = ["programme", "rule", "revoke"]


@pytest.mark.parametrize("name", [*COORDINATORS_ONLY, "issue", "reprint"])
def test_nobody_but_a_coordinator_runs_certificates(
    name: str, client: Any, client_for: Any, award: Award, outsider: Any
) -> None:
    argument = award.pk if name in {"revoke", "reprint"} else "spring"
    address = reverse(f"certificates:{name}", args=[argument])
    for person in (award.person, outsider):
        assert client_for(person).post(address, {"reason": "x"}).status_code in {404, 405}
        assert client_for(person).get(address).status_code in {404, 405}
    assert client.get(address).status_code in {302, 405}
    award.refresh_from_db()
    assert award.is_standing


def test_a_person_sees_their_certificate_and_what_is_missing_elsewhere(
    client_for: Any, award: Award, mentee_user: Any
) -> None:
    other = ActivePairFactory(
        programme=ProgrammeFactory(slug="autumn", name="Autumn"), mentee__person=mentee_user
    )
    give_plan(other, steps_done=0)
    MenteeFactory(programme=ProgrammeFactory(slug="winter", name="Winter"), person=mentee_user)
    seen = words(client_for(mentee_user).get("/en/certificates/"))
    assert "Download the certificate" in seen
    assert f"With {other.mentor}: 0 of 1 step of the plan done." in seen
    assert f"With {other.mentor}: 0 of 1 session held." in seen
    assert "Your certificate begins with a partner." in seen


def test_somebody_without_any_is_told_what_to_do(client_for: Any, outsider: Any) -> None:
    assert "Nothing here yet" in words(client_for(outsider).get("/en/certificates/"))


def test_the_programme_page_tells_who_has_earned_it_and_who_misses_what(
    client_for: Any, coordinator: Any, pair: Pair
) -> None:
    way = ActivePairFactory(programme=pair.programme)
    give_plan(way, steps_done=0)
    page = client_for(coordinator).get("/en/certificates/programmes/spring/")
    seen = words(page)
    assert "2 people have earned one" in seen
    assert f"With {way.mentee}: 0 of 1 session held." in seen
    current = BeautifulSoup(page.content, "html.parser").select_one('.tabs [aria-current="page"]')
    assert current is not None
    assert current.get_text(strip=True) == "Certificates"


def test_the_programme_page_tells_which_pairs_cannot_reach_it_and_why(
    client_for: Any, coordinator: Any, pair: Pair
) -> None:
    browser = client_for(coordinator)
    address = "/en/certificates/programmes/spring/"
    page = browser.get(address)
    assert "At least 4 guided sessions, or all of the plan’s." in words(page)
    assert "cannot reach it" not in words(page)
    empty, modules = (ActivePairFactory(programme=pair.programme) for _ in range(2))
    give_plan(empty, gains=[])
    PlanItem.objects.filter(step__plan=give_plan(modules, steps_done=0)).update(kind="module")

    page = browser.get(address)

    seen = words(page)
    assert "2 pairs cannot reach it" in seen
    assert "1 pair has a plan without any step" in seen
    assert "1 pair has a plan that holds no session" in seen
    links = BeautifulSoup(page.content, "html.parser").select("a[href*='?only=without_']")
    rows = [browser.get(link["href"]).context["page"].object_list for link in links]
    assert [list(found) for found in rows] == [[empty], [modules]]


def test_people_on_the_way_come_fifty_at_a_time(
    client_for: Any, coordinator: Any, programme: Programme
) -> None:
    for _ in range(26):
        give_plan(ActivePairFactory(programme=programme), steps_done=0)
    browser, address = client_for(coordinator), "/en/certificates/programmes/spring/"
    first, second = browser.get(address), browser.get(f"{address}?page=2")
    assert [len(page.context["missing"]) for page in (first, second)] == [50, 2]
    assert "52 people are on the way" in words(second)
    assert "Page 2 of 2" in words(second)


def test_an_empty_programme_says_what_comes_first(
    client_for: Any, coordinator: Any, programme: Programme
) -> None:
    seen = words(client_for(coordinator).get("/en/certificates/programmes/spring/"))
    assert "No pair has begun yet" in seen


def test_the_button_starts_one_job_and_the_job_issues(
    client_for: Any, coordinator: Any, pair: Pair, no_press: None
) -> None:
    browser = client_for(coordinator)
    address = reverse("certificates:issue", args=["spring"])
    first, second = browser.post(address), browser.post(address)
    job = Job.objects.get()
    assert first.url == second.url == reverse("portal:job", args=[job.pk])
    result = issue_certificates_job(job, **job.arguments)
    job.refresh_from_db()
    assert (job.done, job.refused, job.total) == (2, 0, 2)
    assert result["summary"] == "2 certificates were issued."
    assert browser.get(result["next_url"]).status_code == 200


def test_withdrawing_asks_for_the_reason(client_for: Any, coordinator: Any, award: Award) -> None:
    browser, address = client_for(coordinator), reverse("certificates:revoke", args=[award.pk])
    assert browser.post(address, {"reason": " "}).status_code == 422
    assert browser.post(address, {"reason": "Issued by mistake."}).status_code == 302
    award.refresh_from_db()
    assert (award.revoked_by, award.is_standing) == (coordinator, False)


def test_one_s_own_certificate_is_for_another_coordinator_to_decide_on(
    client_for: Any, coordinator: Any, programme: Programme, no_press: None
) -> None:
    completed_pair(programme=programme, mentee__person=coordinator)
    award_earned(programme)
    own = Award.objects.get(person=coordinator)
    own.pdf.save("certificates/1/cora.pdf", ContentFile(b"%PDF cora"))
    browser = client_for(coordinator)
    for name in ("revoke", "reprint"):
        address = reverse(f"certificates:{name}", args=[own.pk])
        assert browser.post(address, {"reason": "Mine."}).status_code == 404
        assert address not in browser.get(PAGE).content.decode()
    assert browser.get(reverse("certificates:revoke", args=[own.pk])).status_code == 404
    own.refresh_from_db()
    assert own.is_standing
    assert own.earlier_sha256 == []


def test_a_coordinator_finds_each_pdf_on_the_page(
    client_for: Any, coordinator: Any, award: Award
) -> None:
    page = BeautifulSoup(client_for(coordinator).get(PAGE).content, "html.parser")
    link = page.select_one(f'a[href="{reverse("certificates:download", args=[award.pk])}"]')
    assert link is not None
    assert "Download the PDF" in link.get_text()


def test_issuing_asks_once_more_with_the_number_of_letters(
    client_for: Any, coordinator: Any, pair: Pair
) -> None:
    page = BeautifulSoup(client_for(coordinator).get(PAGE).content, "html.parser")
    asked = page.select_one("dialog#issue")
    assert asked is not None
    assert "Issue 2 certificates?" in asked.get_text()
    assert "2 people get a letter today" in asked.get_text()
    (form,) = page.select(f'form[action="{reverse("certificates:issue", args=["spring"])}"]')
    assert form.find_parent("dialog") is asked


def test_the_rule_can_be_changed_but_not_emptied(
    client_for: Any, coordinator: Any, programme: Programme
) -> None:
    browser, address = client_for(coordinator), reverse("certificates:rule", args=["spring"])
    assert "where its plan holds fewer, all of them" in words(browser.get(address))
    empty = browser.post(address, {"minimum_sessions": 0})
    assert empty.status_code == 422
    assert "would say nothing" in words(empty)
    assert browser.post(address, {"minimum_sessions": 99}).status_code == 422
    assert browser.post(address, {"needs_steps": "on", "minimum_sessions": 2}).status_code == 302
    rule = CertificateRule.objects.get(programme=programme)
    assert (rule.needs_preparation, rule.needs_steps, rule.minimum_sessions) == (False, True, 2)


def test_printing_again_is_one_press_of_a_button(
    client_for: Any, coordinator: Any, award: Award, no_press: None
) -> None:
    client_for(coordinator).post(reverse("certificates:reprint", args=[award.pk]))
    award.refresh_from_db()
    assert award.earlier_sha256 == ["ab" * 32]


def test_the_desks_tell_of_it(pair: Pair, no_press: None, rf: Any) -> None:
    waiting, _issued = coordinator_card(pair.programme)
    assert (waiting.count, waiting.needs_you) == (2, True)
    (before,) = own_card(pair.mentee)
    assert before.text == "You have done everything. Your coordinator issues it next."
    way = ActivePairFactory(programme=pair.programme)
    (early,) = own_card(way.mentee)
    assert early.act == "See what is missing"
    issue_certificates(pair.programme)
    (settled,) = coordinator_card(pair.programme)
    assert (settled.count, settled.needs_you) == (2, False)
    (after,) = own_card(pair.mentee)
    assert after.title == "You have earned your certificate"
    revoke_award(Award.objects.get(person=pair.mentee.person), by=None, reason="By mistake.")
    (settled,) = coordinator_card(pair.programme)
    assert settled.count == 1
    links = [link for source in programme_links for link in source(rf.get("/"), pair.programme)]
    assert ("Certificates", "/en/certificates/programmes/spring/") in links


def test_the_programme_page_asks_the_same_for_one_pair_and_for_a_hundred(
    client_for: Any, coordinator: Any, programme: Programme
) -> None:
    browser = client_for(coordinator)

    def asked() -> int:
        browser.get("/healthz")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/en/certificates/programmes/spring/")
        return len(queries)

    def add(pairs: int) -> None:
        for _ in range(pairs):
            completed_pair(programme=programme)
        award_earned(programme)
        for _ in range(pairs):
            way = ActivePairFactory(programme=programme)
            give_plan(way, steps_done=0)
            hold_sessions(way, 1)

    add(1)
    asked()
    one = asked()
    add(99)
    assert asked() == one <= 30
