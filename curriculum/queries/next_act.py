"""The one thing that is next for a person: what, how long, and the button."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from curriculum.enums import SessionState
from curriculum.explanations import duration
from curriculum.moments import day_in_words, moment_in_words
from curriculum.queries.own_desk import OwnDesk, OwnPair
from matching.enums import PairStage
from matching.models import Pair


@dataclass(frozen=True)
class NextAct:
    """`post` true: the button sends a form to `url`; no `url`: somebody else's turn.

    `meeting_id` is the session whose date it confirms, so that the button stands but once.
    `is_mine` false: there is a button, but nobody waits for it to be pressed.
    """

    over: str
    title: str
    text: str
    label: str = ""
    url: str = ""
    post: bool = False
    meeting_id: int = 0
    is_mine: bool = True


def next_act(desk: OwnDesk) -> NextAct | None:
    """An answer the other one waits for, then preparation, then the plan in its order."""
    return (
        _first(desk, _answer)
        or _preparation(desk)
        or _first(desk, _date)
        or _first(desk, _rating)
        or _first(desk, _learning)
        or _first(desk, _meeting)
        or _waiting(desk)
    )


def _first(desk: OwnDesk, ask: Callable[[OwnPair], NextAct | None]) -> NextAct | None:
    return next((act for act in map(ask, desk.pairs) if act is not None), None)


def _preparation(desk: OwnDesk) -> NextAct | None:
    for preparation in desk.preparations_due:
        module = preparation.next_module
        if module is None:
            continue
        progress = preparation.progress
        left = _("%(done)d of %(total)d done, %(time)s to go in all.") % {
            "done": progress.done,
            "total": progress.total,
            "time": duration(preparation.minutes_left),
        }
        return NextAct(
            over=_("Preparation, about %(time)s") % {"time": duration(module.minutes)},
            title=module.title,
            text=f"{_('Both of you do this before the first session.')} {left}",
            label=_("Open the module"),
            url=reverse("curriculum:module", args=[module.pk]),
        )
    return None


def _answer(own: OwnPair) -> NextAct | None:
    if not own.needs_my_answer:
        return None
    name = str(own.other)
    url = reverse("matching:pair", args=[own.pair.pk])
    if own.pair.stage == PairStage.COFFEE:
        return NextAct(
            over=_("A coffee, half an hour"),
            title=_("Meet %(name)s for a coffee") % {"name": name},
            text=_("See what you have in common, meet, and say whether you would go on together."),
            label=_("See %(name)s") % {"name": own.other.person.get_short_name()},
            url=url,
        )
    return NextAct(
        over=_("Agreement, five minutes"),
        title=_("Agree how you will work together"),
        text=_("You both said yes. Read the ground rules and put your name to them."),
        label=_("Read the agreement"),
        url=url,
    )


def _date(own: OwnPair) -> NextAct | None:
    if not (own.is_meeting and own.needs_my_yes and own.meeting):
        return None
    at = localtime(own.meeting.scheduled_at)
    moment = moment_in_words(at, own.meeting.minutes, own.other.person)
    return NextAct(
        over=_("A date, one tap"),
        title=_("%(name)s suggests %(day)s at %(time)s")
        % {
            "name": own.other.person.get_short_name(),
            "day": day_in_words(at.date()),
            "time": f"{at:%H:%M}",
        },
        text=_("For session %(number)d, “%(title)s”; %(clock)s.")
        % {
            "number": own.meeting_number,
            "title": own.meeting.title,
            "clock": ", ".join(filter(None, (moment.clock, moment.elsewhere))),
        },
        label=_("I will be there"),
        url=reverse("curriculum:confirm_session", args=[own.meeting.pk]),
        post=True,
        meeting_id=own.meeting.pk,
    )


def _rating(own: OwnPair) -> NextAct | None:
    if own.unrated is None:
        return None
    return NextAct(
        over=_("Looking back, one minute"),
        title=_("How was “%(title)s”?") % {"title": own.unrated.title},
        text=_("Two questions. Your coordinator sees the figures, never what was said."),
        label=_("Say how it was"),
        url=reverse("curriculum:rate", args=[own.unrated.pk]),
    )


def _learning(own: OwnPair) -> NextAct | None:
    """A module that stands before the next meeting in the plan."""
    if not own.is_meeting:
        return None
    upcoming = own.progress.next_module_for(own.me.person_id)
    if upcoming is None or not own.progress.is_before_next_session(upcoming):
        return None
    item = upcoming.item
    if item.page_id is None:
        return None
    number = own.meeting_number
    text = (
        _("So that session %(number)d with %(name)s can start from it.")
        % {"number": number, "name": own.other.person.get_short_name()}
        if number
        else _("It completes this step of your plan.")
    )
    return NextAct(
        over=_("Next, about %(time)s") % {"time": duration(item.minutes)},
        title=item.title,
        text=text,
        label=_("Open the module"),
        url=reverse("curriculum:module", args=[item.page_id]),
    )


def _meeting(own: OwnPair) -> NextAct | None:
    following = own.next_session
    if not own.is_meeting or following is None:
        return None
    over = _("Session %(number)d of %(total)d, %(time)s") % {
        "number": own.meeting_number,
        "total": own.progress.sessions.total,
        "time": duration(following.item.minutes),
    }
    if not own.may_begin:
        text = _("Session one opens when both of you have prepared. %(name)s is still at it.")
        return NextAct(over, following.item.title, text % {"name": own.other})
    if own.meeting is not None:
        url = reverse("curriculum:session", args=[own.meeting.pk])
        if own.meeting.state == SessionState.RUNNING:
            return _running(own, over, following.item.title)
        if own.meeting.scheduled_at is None:
            text = _("There is no date yet. Suggest one that suits you.")
            return NextAct(over, following.item.title, text, _("Suggest a date"), url)
        text = _("You are prepared. The date is below.")
        label = _("See the session")
        return NextAct(over, following.item.title, text, label, url, is_mine=False)
    return NextAct(
        over,
        following.item.title,
        _("Set a date with %(name)s; both of you see what to bring.") % {"name": own.other},
        _("Suggest a date"),
        reverse("curriculum:open_session", args=[own.pair.pk, following.item.pk]),
        post=True,
    )


def _running(own: OwnPair, over: str, title: str) -> NextAct:
    assert own.meeting is not None
    if own.is_mentor:
        url = reverse("curriculum:run_session", args=[own.meeting.pk])
        return NextAct(over, title, _("It has begun."), _("Go on with the session"), url)
    text = _("It has begun; %(name)s leads it.") % {"name": own.other.person.get_short_name()}
    url = reverse("curriculum:session", args=[own.meeting.pk])
    return NextAct(over, title, text, _("See the session"), url)


def _waiting(desk: OwnDesk) -> NextAct | None:
    """Nothing to do: say so, and who is at work instead."""
    for own in desk.pairs:
        name = str(own.other)
        if own.pair.stage in (PairStage.COFFEE, PairStage.AGREEMENT):
            text = _("You have said yes. We write to you as soon as %(name)s has answered.")
            return NextAct(
                _("Waiting"), _("It is %(name)s’s turn") % {"name": name}, text % {"name": name}
            )
        if own.is_meeting and own.progress.plan is None:
            text = _(
                "It takes a minute. Come back shortly; if it is not there, tell your coordinator."
            )
            return NextAct(_("Waiting"), _("Your plan is being made"), text)
        if own.is_meeting:
            text = _("Every step of the plan is done, or waits for %(name)s.")
            return NextAct(
                _("Nothing to do"), _("You are where you should be"), text % {"name": name}
            )
    if desk.pairs:
        return _standing(desk.pairs[0])
    if desk.is_over:
        return _over(desk)
    if desk.parted is not None:
        return _parted(desk, desk.parted)
    return NextAct(
        _("Waiting"),
        _("You have no partner yet"),
        _("Your coordinator is matching people. We write to you when it is your turn."),
    )


def _over(desk: OwnDesk) -> NextAct:
    last = max((one.programme for one in desk.participants), key=lambda one: one.ends_on)
    date = date_format(last.ends_on, "j F Y")
    return NextAct(
        _("Over"),
        _("“%(programme)s” has ended") % {"programme": last},
        _("It ended on %(date)s. What you finished stays open to you.") % {"date": date},
    )


def _parted(desk: OwnDesk, pair: Pair) -> NextAct:
    other = pair.mentee if desk.is_mentor else pair.mentor
    return NextAct(
        _("Between partners"),
        _("Your time with %(name)s has ended") % {"name": other},
        _("Your coordinator looks for somebody new for you. What you two did stays here."),
        _("See what you did"),
        reverse("curriculum:plan", args=[pair.pk]),
        is_mine=False,
    )


def _standing(own: OwnPair) -> NextAct:
    """A pair that does not meet now: it pauses, waits for a coordinator, or has gone its way."""
    name, url = str(own.other), reverse("matching:pair", args=[own.pair.pk])
    if own.pair.stage == PairStage.PAUSED:
        text = _("Nothing is lost. Go on whenever both of you are ready.")
        title = _("You and %(name)s pause") % {"name": name}
        label = _("See how to go on")
        return NextAct(_("Pause"), title, text, label, f"{url}#going", is_mine=False)
    if own.pair.stage == PairStage.SWAP_ASKED:
        text = _("They will come back to both of you. Your sessions wait until then.")
        title = _("Your coordinator is looking at your pair")
        label = _("See where you are")
        return NextAct(_("Waiting"), title, text, label, f"{url}#going", is_mine=False)
    return NextAct(
        _("Completed"),
        _("You and %(name)s have gone the whole way") % {"name": name},
        _("What you learnt stays open to you: the plan, the modules, your notes."),
        _("See the plan"),
        reverse("curriculum:plan", args=[own.pair.pk]),
        is_mine=False,
    )
