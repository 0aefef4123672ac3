"""A session as the two meet it: what can be pressed when, whose clock, and that no word is lost."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from curriculum import receivers
from curriculum.enums import SessionState
from curriculum.models import Commitment, Plan, Session, SessionNote
from curriculum.moments import moment_in_words
from curriculum.services.notes import keep_notes, version_of
from curriculum.services.sessions import (
    SessionRefused,
    begin_session,
    call_off_sessions,
    cancel_session,
    close_session,
    confirm_session,
    hold_session,
    open_session,
    rate_session,
    schedule_session,
    take_back_start,
)
from matching.enums import Actor, PairStage
from matching.models import Pair, Programme
from matching.services.pairs import end_pair, pause_pair
from portal.models import User
from tests.factories.curriculum import add_step, pair_with_plan
from tests.factories.training import TrackFactory

pytestmark = pytest.mark.django_db
BREAK, ENDED = "taking a break", "This pair has ended"


@pytest.fixture
def pair(mentor_user: User, mentee_user: User) -> Pair:
    pair = pair_with_plan(mentor_user, mentee_user)[0]
    add_step(Plan.objects.get(pair=pair), TrackFactory(), 2)
    Pair.objects.update(began_at=timezone.now() - days(30))
    pair.refresh_from_db()
    return pair


@pytest.fixture
def meeting(pair: Pair) -> Session:
    return open_session(pair, Plan.objects.get(pair=pair).steps.first().items.get(kind="session"))


@pytest.fixture
def mentor(meeting: Session, mentor_user: User, client_for: Any) -> Any:
    return client_for(mentor_user)


@pytest.fixture
def mentee(meeting: Session, mentee_user: User, client_for: Any) -> Any:
    return client_for(mentee_user)


def url(name: str, meeting: Session) -> str:
    return reverse(f"curriculum:{name}", args=[meeting.pk])


def read(client: Any, address: str) -> str:
    page = BeautifulSoup(client.get(address).content.decode(), "html.parser")
    for hidden in page.select("script, style"):
        hidden.decompose()
    return " ".join(page.get_text(" ").split())


def buttons(client: Any, address: str) -> dict[str, bool]:
    """What can be pressed on a page, and whether it is the one primary act."""
    page = BeautifulSoup(client.get(address).content.decode(), "html.parser")
    return {
        " ".join(one.get_text(" ").split()): "button--primary" in one["class"]
        for one in page.select("main .button")
    }


def days(number: float) -> timedelta:
    return timedelta(days=number)


# A pair that does not meet


def acts_on(meeting: Session) -> list[Any]:
    pair, at = meeting.pair, timezone.now() + days(2)
    return [
        lambda: schedule_session(meeting, at, by=pair.mentor),
        lambda: confirm_session(meeting, by=pair.mentee),
        lambda: begin_session(meeting),
        lambda: take_back_start(meeting),
        lambda: cancel_session(meeting),
        lambda: hold_session(meeting),
        lambda: close_session(meeting, commitments=[], next_at=None, by=pair.mentor),
    ]


@pytest.mark.parametrize(
    ("stage", "why"),
    [
        (PairStage.PAUSED, BREAK),
        (PairStage.ENDED, ENDED),
        (PairStage.SWAP_ASKED, "no sessions at the moment"),
        (PairStage.COMPLETED, "gone the whole way"),
    ],
)
def test_nothing_is_done_with_a_session_of_a_pair_that_does_not_meet(
    meeting: Session, stage: str, why: str
) -> None:
    schedule_session(meeting, timezone.now() + days(1), by=meeting.pair.mentor)
    before = Session.objects.values().get()
    # Not through a service: the copy at hand still believes that the pair is active.
    Pair.objects.filter(pk=meeting.pair_id).update(stage=stage)
    for act in acts_on(meeting):
        with pytest.raises(SessionRefused, match=why):
            act()
    assert Session.objects.values().get() == before


def test_a_pause_keeps_the_date_and_asks_for_nothing(
    meeting: Session, mentor: Any, mentee: Any
) -> None:
    schedule_session(meeting, timezone.now() + days(1), by=meeting.pair.mentor)
    keep_notes(meeting, "Before the break.", by=meeting.pair.mentor.person)
    assert "I will be there" in buttons(mentee, url("session", meeting))
    pause_pair(meeting.pair, actor=Actor.MENTEE, by=None)

    for client in (mentor, mentee):
        assert buttons(client, url("session", meeting)) == {}
        page = read(client, url("session", meeting))
        assert BREAK in page
        assert "Before the break." in page
    for name in ("run_session", "close_session"):
        assert mentor.get(url(name, meeting))["Location"] == url("session", meeting)
        mentor.post(url(name, meeting), {"held_on": timezone.localdate()})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.scheduled_at is None) == (SessionState.PLANNED, False)


def test_a_session_that_runs_waits_while_the_pair_pauses(meeting: Session, mentor: Any) -> None:
    begin_session(meeting)
    pause_pair(meeting.pair, actor=Actor.MENTOR, by=None)
    assert mentor.get(url("run_session", meeting))["Location"] == url("session", meeting)
    mentor.post(url("session_notes", meeting), {"text": "A last word."})
    assert "A last word." in read(mentor, url("session", meeting))


def test_when_a_pair_ends_its_dates_are_called_off(
    meeting: Session,
    mentor: Any,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(receivers, "async_task", lambda name, key: import_string(name)(key))
    pair = meeting.pair
    hold_session(meeting)
    item = Plan.objects.get(pair=pair).steps.last().items.get(kind="session")
    pair.refresh_from_db()
    ahead = open_session(pair, item)
    schedule_session(ahead, timezone.now() + days(3), by=pair.mentor)
    with django_capture_on_commit_callbacks(execute=True):
        end_pair(pair, actor=Actor.COORDINATOR, by=None)

    states = Session.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [SessionState.HELD, SessionState.CANCELLED]
    page = read(mentor, url("session", ahead))
    assert ENDED in page
    assert "open again" not in page
    meeting.refresh_from_db()
    assert rate_session(meeting, pair.mentee, useful=4, candid=4).useful == 4


@pytest.mark.parametrize(
    ("noted", "state"), [("", SessionState.CANCELLED), ("We began.", SessionState.RUNNING)]
)
def test_what_had_begun_without_a_word_is_called_off_too(
    meeting: Session, noted: str, state: SessionState
) -> None:
    begin_session(meeting)
    if noted:
        SessionNote.objects.create(session=meeting, text=noted)
    end_pair(meeting.pair, actor=Actor.COORDINATOR, by=None)
    for _ in range(2):
        call_off_sessions(meeting.pair)
    meeting.refresh_from_db()
    assert meeting.state == state


# Dates


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati", ""])
@pytest.mark.parametrize("typed", ["9999-12-31T23:59", "0001-01-01T00:00"])
def test_a_date_at_the_end_of_time_is_refused_in_words(
    typed: str, zone: str, meeting: Session, mentor: Any, mentor_user: User
) -> None:
    User.objects.filter(pk=mentor_user.pk).update(time_zone=zone)
    answers = [
        mentor.post(url("session_date", meeting), {"at": typed}),
        mentor.post(
            url("close_session", meeting), {"held_on": timezone.localdate(), "next_at": typed}
        ),
    ]
    for answer in answers:
        assert answer.status_code == 422
        words = answer.content.decode()
        assert "Choose a date before" in words or "This time is over" in words


def test_no_date_more_than_a_month_after_the_programme(meeting: Session, mentor: Any) -> None:
    ends_on = timezone.localdate() + days(10)
    Programme.objects.update(ends_on=ends_on)
    too_far = ends_on + days(30)
    for day, status in ((too_far, 422), (too_far - days(1), 302)):
        answer = mentor.post(url("session_date", meeting), {"at": f"{day}T09:00"})
        assert answer.status_code == status
    ended = timezone.localdate() - days(400)
    Programme.objects.update(starts_on=ended - days(200), ends_on=ended)
    soon = timezone.localdate() + days(20)
    assert mentor.post(url("session_date", meeting), {"at": f"{soon}T09:00"}).status_code == 302


@pytest.mark.parametrize(
    ("due_on", "words"),
    [(timezone.localdate() - days(1), "Choose a day from today on."), ("9999-12-31", "before")],
)
def test_a_commitment_is_due_on_a_day_to_come(
    due_on: Any, words: str, meeting: Session, mentor: Any
) -> None:
    given = {"held_on": timezone.localdate(), "due_on": due_on, "mentor_text": "Ask IT."}
    assert words in mentor.post(url("close_session", meeting), given).content.decode()
    assert not Commitment.objects.exists()


def test_a_date_is_told_with_its_weekday_its_end_and_whose_clock() -> None:
    at = datetime(2026, 12, 3, 0, 0, tzinfo=UTC)
    other = User(name="Bartholomew Chu", time_zone="America/Los_Angeles")
    with timezone.override("Asia/Tokyo"):
        now = moment_in_words(at.replace(year=timezone.localdate().year), 60, other)
        later = moment_in_words(at.replace(year=timezone.localdate().year + 1), 90)
    assert now.words.endswith("day 3 December, 09:00–10:00")
    assert now.clock == "your time, Tokyo"
    assert now.elsewhere.startswith("16:00 on ")
    assert now.elsewhere.endswith("day for Bartholomew")
    assert later.words.endswith(f"{timezone.localdate().year + 1}, 09:00–10:30")
    assert later.elsewhere == ""


@pytest.mark.parametrize(
    ("zone", "words"),
    [("Asia/Tokyo", ""), ("Asia/Seoul", ""), ("", ""), ("Asia/Kolkata", "05:30 for Bartholomew")],
)
def test_the_other_clock_is_told_only_where_it_differs(zone: str, words: str) -> None:
    at = datetime(2026, 12, 3, 0, 0, tzinfo=UTC)
    with timezone.override("Asia/Tokyo"):
        told = moment_in_words(at, 60, User(name="Bartholomew Chu", time_zone=zone))
    assert told.elsewhere == words


def test_the_form_says_whose_time_it_means(
    meeting: Session, mentor: Any, mentor_user: User
) -> None:
    User.objects.filter(pk=mentor_user.pk).update(time_zone="America/Argentina/Buenos_Aires")
    assert "Your time, Buenos Aires." in read(mentor, url("session", meeting))
    assert "Your time, Buenos Aires. The other" in read(mentor, url("close_session", meeting))


def test_what_was_due_is_told_apart_from_what_is_to_come(meeting: Session, mentor: Any) -> None:
    today = timezone.localdate()
    for day in (today - days(1), today):
        Commitment.objects.create(
            session=meeting, participant=meeting.pair.mentee, text="Ask why.", due_on=day
        )
    hold_session(meeting)
    page = read(mentor, url("session", meeting))
    assert page.count("was due on") == 1
    assert f"by {today.day} " in page


# Starting it


def test_without_a_date_the_date_comes_first(meeting: Session, mentor: Any) -> None:
    shown = buttons(mentor, url("session", meeting))
    assert [label for label, is_primary in shown.items() if is_primary] == ["Suggest this date"]
    assert list(shown).index("Suggest this date") < list(shown).index("Start it now")
    assert not shown["Run the session"]


@pytest.mark.parametrize(("ahead", "is_asked"), [(9, True), (1, True), (0.05, False), (-1, False)])
def test_running_long_before_the_date_is_asked_once_more(
    ahead: float, is_asked: bool, meeting: Session, mentor: Any
) -> None:
    schedule_session(meeting, timezone.now() + days(ahead), by=meeting.pair.mentor)
    shown = buttons(mentor, url("session", meeting))
    assert ("Start it now" in shown, shown["Run the session"]) == (is_asked, not is_asked)


def test_a_session_that_did_not_start_is_planned_again(meeting: Session, mentor: Any) -> None:
    begin_session(meeting)
    keep_notes(meeting, " \n", by=meeting.pair.mentor.person)
    for page in ("session", "run_session"):
        assert "It did not start: back to planned" in buttons(mentor, url(page, meeting))
    mentor.post(url("take_back_start", meeting))
    meeting.refresh_from_db()
    assert (meeting.state, meeting.started_at) == (SessionState.PLANNED, None)
    assert (meeting.revision, meeting.content_hash) == (None, "")


def test_what_was_noted_did_start(meeting: Session, mentor: Any) -> None:
    begin_session(meeting)
    keep_notes(meeting, "\nShe asked.", by=meeting.pair.mentor.person)
    for page in ("session", "run_session"):
        assert "It did not start: back to planned" not in buttons(mentor, url(page, meeting))
    mentor.post(url("take_back_start", meeting))
    meeting.refresh_from_db()
    assert meeting.state == SessionState.RUNNING


@pytest.mark.parametrize(
    ("ago", "words"),
    [(58, "2 minutes are left"), (59, "1 minute is left"), (75, "15 minutes over. Come to the")],
)
def test_the_time_that_is_left_or_over(ago: int, words: str, meeting: Session, mentor: Any) -> None:
    begin_session(meeting)
    whole = sum(part["minutes"] for part in meeting.revision.as_object().parts)
    began = timezone.now() - timedelta(minutes=ago - 60 + whole, seconds=5)
    Session.objects.update(started_at=began)
    assert words in read(mentor, url("run_session", meeting))


# Closing it


def test_a_session_written_down_later_was_held_on_its_day(meeting: Session, mentor: Any) -> None:
    given = mentor.get(url("close_session", meeting)).context["form"]["held_on"].value()
    assert given == timezone.localdate()
    day = timezone.localdate() - days(8)
    mentor.post(url("close_session", meeting), {"held_on": day})
    meeting.refresh_from_db()
    assert (meeting.state, timezone.localdate(meeting.held_at)) == (SessionState.HELD, day)
    assert meeting.started_at is None


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/London"])
def test_the_day_it_was_held_is_the_same_on_the_certificate(
    zone: str, meeting: Session, mentor: Any, mentor_user: User
) -> None:
    User.objects.filter(pk=mentor_user.pk).update(time_zone=zone)
    day = date.today() - days(4)
    mentor.post(url("close_session", meeting), {"held_on": day})
    held = Session.objects.get(pk=meeting.pk).held_at
    assert timezone.localdate(held) == day
    with timezone.override(zone):
        assert timezone.localdate(held) == day


def test_the_agreed_date_is_offered_once_it_is_past(meeting: Session, mentor: Any) -> None:
    at = timezone.now() - days(2)
    schedule_session(meeting, at, by=meeting.pair.mentor)
    given = mentor.get(url("close_session", meeting)).context["form"]["held_on"].value()
    assert given == timezone.localdate(at)
    mentor.post(url("close_session", meeting), {"held_on": given})
    meeting.refresh_from_db()
    assert meeting.held_at == at


def test_nobody_met_tomorrow_or_before_they_were_a_pair(meeting: Session, mentor: Any) -> None:
    Pair.objects.update(began_at=timezone.now() - days(5))
    for number in (1, -6):
        day = timezone.localdate() + days(number)
        assert mentor.post(url("close_session", meeting), {"held_on": day}).status_code == 422
        meeting.pair.refresh_from_db()
        with pytest.raises(SessionRefused, match="up to today"):
            close_session(
                meeting, commitments=[], next_at=None, by=meeting.pair.mentor, held_on=day
            )
    assert mentor.post(url("close_session", meeting), {"due_on": ""}).status_code == 422


def test_a_session_run_here_today_asks_for_no_day(meeting: Session, mentor: Any) -> None:
    begin_session(meeting)
    assert "When was it?" not in read(mentor, url("close_session", meeting))
    Session.objects.update(started_at=timezone.now() - days(3))
    form = mentor.get(url("close_session", meeting)).context["form"]
    assert form["held_on"].value() == timezone.localdate() - days(3)


def test_not_yet_leads_back_to_the_part_that_was_left(meeting: Session, mentor: Any) -> None:
    begin_session(meeting)
    notes = {"text": "", "go": "close", "part": "2"}
    close = mentor.post(url("session_notes", meeting), notes)["Location"]
    page = BeautifulSoup(mentor.get(close).content.decode(), "html.parser")
    back = page.find("a", string=lambda text: text and "Not yet" in text) or next(
        one for one in page.select("a.button") if "Not yet" in one.get_text()
    )
    assert back["href"] == f"{url('run_session', meeting)}?part=2"
    assert page.get_text().count("may be left empty") == 1


# Notes


def send(client: Any, meeting: Session, text: str, seen: str) -> str:
    given = {"text": text, "seen": version_of(seen)}
    answer = client.post(url("session_notes", meeting), given, headers={"HX-Request": "true"})
    return answer.content.decode()


def test_two_windows_lose_no_word_and_are_told(meeting: Session, mentor: Any) -> None:
    begin_session(meeting)
    assert "Saved at" in send(mentor, meeting, "She asked why.\r\nAgain.", seen="")
    answer = send(mentor, meeting, "He showed how.", seen="")
    kept = Session.objects.get(pk=meeting.pk).note.text
    assert kept == "She asked why.\nAgain.\n\n— written in another window —\nHe showed how."
    assert "Both texts are kept" in answer
    assert f'data-version="{version_of(kept)}"' in answer
    assert "She asked why." in answer


@pytest.mark.parametrize(
    ("stored", "sent", "seen", "kept"),
    [
        ("One.", "Two.", "One.", "Two."),
        ("One.", "", "One.", ""),
        ("One. Two.", "One.", "One.", "One. Two."),
        ("One.", "One. Two.", "", "One. Two."),
        ("One.\nTwo.", "Two.\nOne.", "One.", "One.\nTwo."),
    ],
)
def test_only_words_nobody_has_seen_are_set_apart(
    stored: str, sent: str, seen: str, kept: str, meeting: Session
) -> None:
    writer = meeting.pair.mentor.person
    keep_notes(meeting, stored, by=writer)
    assert keep_notes(meeting, sent, by=writer, seen=version_of(seen)).text == kept


def test_two_windows_by_turns_do_not_double_the_text(meeting: Session) -> None:
    writer = meeting.pair.mentor.person
    texts = ["", ""]
    for turn in range(6):
        mine = f"{texts[turn % 2]}\nLine {turn}".strip()
        seen = version_of(texts[turn % 2])
        texts[turn % 2] = keep_notes(meeting, mine, by=writer, seen=seen).text
    for turn in range(6):
        assert texts[1].count(f"Line {turn}") == 1


def test_notes_written_later_go_through_the_same_door(meeting: Session, mentor: Any) -> None:
    hold_session(meeting)
    keep_notes(meeting, "First.", by=meeting.pair.mentor.person)
    page = BeautifulSoup(mentor.get(url("session", meeting)).content.decode(), "html.parser")
    seen = page.select_one("input[name=seen]")["value"]
    keep_notes(meeting, "First.\nSecond.", by=meeting.pair.mentor.person)
    answer = mentor.post(
        url("session_notes", meeting),
        {"text": "First!", "seen": seen, "go": "session"},
        follow=True,
    )
    assert "Both texts are kept" in answer.content.decode()
    assert "Second.\n\n— written in another window —\nFirst!" in answer.content.decode()
