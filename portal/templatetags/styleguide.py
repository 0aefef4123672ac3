"""What the living page of the look shows: invented people in the words of the product.

The page needs no context from its view; it asks for everything here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms, template
from django.core.paginator import Page, Paginator

register = template.Library()

STEPS = [
    {
        "title": "Preparation",
        "state": "done",
        "when": "3 March",
        "text": "Two modules, 25 minutes.",
    },
    {
        "title": "Coffee with Henrik",
        "state": "done",
        "when": "11 March",
        "text": "Both of you said yes.",
    },
    {"title": "Session 1: what we want from this", "state": "now", "when": "26 March, 14:30"},
    {
        "title": "Session 2: first queries together",
        "state": "locked",
        "note": "Opens when session 1 has been held.",
    },
]
EVENTS = [
    {
        "when": "14 April, 15:40",
        "title": "Session 3 held",
        "state": "good",
        "state_label": "Useful: 5 of 5",
    },
    {
        "when": "12 April, 09:05",
        "title": "Mireille finished “Tables, keys and questions”",
        "text": "Quiz: 7 of 8 right.",
    },
    {
        "when": "2 April, 16:20",
        "title": "Session 3 moved to 14 April",
        "by": "By Mireille’s assistant",
    },
]
STAGES = [
    {"label": "People invited", "count": 64, "url": "#people"},
    {"label": "Signed in", "count": 61, "url": "#signed-in"},
    {"label": "Suggested", "count": 58, "url": "#suggested"},
    {
        "label": "Coffee chat",
        "count": 50,
        "url": "#coffee",
        "note": "7 wait for an answer",
        "waiting": True,
    },
    {"label": "Active", "count": 44, "url": "#active"},
    {"label": "Midpoint", "count": 30, "url": "#midpoint"},
    {"label": "Certificates", "count": 12, "url": "#certificates", "note": "4 can be issued"},
]
PARTS = [
    {"label": "Goals covered", "value": 48},
    {"label": "Way of working", "value": 14},
    {"label": "Interests", "value": 11},
    {"label": "Meeting times", "value": 9},
]
NEEDS = [
    {
        "count": 3,
        "title": "pairs have been silent for three weeks",
        "reason": "Longest: Oğuz and Łukasz, last session on 4 March. "
        "Łukasz cancelled twice in a row.",
        "action_label": "Write to them",
        "href": "#silent",
    },
    {
        "count": 1,
        "title": "swap is asked for",
        "reason": "Zuzana, before session two: no reason needed. Two other mentees fit her.",
        "action_label": "See who fits",
        "href": "#swap",
    },
    {
        "count": 7,
        "title": "pairs wait for their coffee chat",
        "reason": "Four of them have two days left of their fourteen.",
        "action_label": "Remind them",
        "href": "#coffee",
    },
]
PLAN = [
    {
        "title": "Ask your data",
        "href": "#ask",
        "when": "26 March to 14 April",
        "state": "done",
        "skill": "Databases",
        "start": 0,
        "end": 1,
        "sentence": "Brings you from hearing about queries to reading one.",
        "size": "3 modules, 2 sessions, 3 h 10",
        "why": "Your goal in Databases counts twice, and nothing else can start from level 0.",
    },
    {
        "title": "Tables that answer",
        "href": "#tables",
        "when": "14 April to 19 May",
        "state": "now",
        "skill": "Databases",
        "start": 1,
        "end": 3,
        "sentence": "Brings you to writing your own questions to the sales data.",
        "size": "3 modules, 2 sessions, 3 h 40",
        "why": "It needs the first track, and Amira can teach it up to level 3.",
    },
    {
        "title": "A small script for a dull task",
        "href": "#script",
        "when": "from 19 May",
        "state": "next",
        "skill": "Programming",
        "start": 1,
        "end": 2,
        "sentence": "Brings you to changing a script that somebody else wrote.",
        "size": "3 modules, 2 sessions, 2 h 50",
        "why": "It fits into the time left, and shares your interest in reporting.",
    },
]
UNMET = [
    {
        "label": "Cloud platforms, from 1 to 3",
        "reason": "Amira can teach this up to level 1. You asked for 3.",
        "change": "A second mentor for this one goal, or a self-guided track.",
    },
]
CHAPTERS = [
    {"label": "Colour and type", "url": "#tokens"},
    {"label": "Acts and ways", "url": "#controls"},
    {"label": "States and words", "url": "#words"},
    {"label": "People and figures", "url": "#figures"},
    {"label": "Forms", "url": "#forms"},
    {"label": "Screens", "url": "#screens"},
]
TRAIL = [{"label": "My desk", "url": "#"}, {"label": "My plan", "url": "#"}, {"label": "Session 3"}]
TABS = [
    {"label": "Active", "url": "#", "current": True, "count": 44},
    {"label": "Waiting", "url": "#", "count": 7},
    {"label": "Ended", "url": "#", "count": 0},
]
TABLE_HEAD = ["Pair", "Stage", "Sessions held", "Last met", "Useful"]
TABLE_ROWS = [
    [
        "Amira Haddad and Mireille Lefèvre-Desjardins",
        {"text": "Active", "state": "good"},
        {"text": "3 of 6", "number": True},
        {"text": "14 April", "number": True},
        {"text": "4.7", "number": True},
    ],
    [
        "Oğuz Yıldırım and Łukasz Wiśniewski",
        {"text": "Silent", "state": "careful"},
        {"text": "1 of 6", "number": True},
        {"text": "4 March", "number": True},
        {"text": "4.0", "number": True},
    ],
    [
        "Zuzana Křížová and Maria-Magdalena Papadopoulou-Österreicher",
        {"text": "Swap asked for", "state": "waiting"},
        {"text": "1 of 6", "number": True},
        {"text": "22 March", "number": True},
        {"text": "not rated", "number": True},
    ],
]
FACTS = [
    {"label": "Next session", "value": "Thursday 26 March, 14:30 to 15:30"},
    {"label": "Where", "value": "Online", "href": "#room"},
    {"label": "With", "value": "Amira Haddad, Data analyst, Rotterdam"},
]
AGENDA = [
    {"title": "Check in", "minutes": 5, "state": "done"},
    {"title": "What came of the last commitment", "minutes": 10, "state": "done"},
    {"title": "Write a query together", "minutes": 25, "state": "now"},
    {"title": "Use it on your own question", "minutes": 10, "state": "next"},
    {"title": "Commit, and set the next date", "minutes": 10, "state": "next"},
]


AGENDA_AHEAD = [
    {"title": "Check in", "minutes": 5, "say": "What has been good since we met?"},
    {
        "title": "What came of the last commitment",
        "minutes": 10,
        "say": "You wanted to ask the sales team for their export. Did it come?",
    },
    {
        "title": "Write a query together",
        "minutes": 25,
        "say": "You type, I watch. Which question shall we ask first?",
    },
]
COMMITMENTS = [
    {"title": "Ask the sales team for their export", "state": "done", "when": "Mireille"},
    {
        "title": "Send two examples of a join",
        "state": "now",
        "word": "Open",
        "when": "you, until tomorrow",
    },
]


class SampleForm(forms.Form):
    """Every kind of control, in questions that the product asks."""

    template_name = "components/fields.html"

    name = forms.CharField(label="Your name", help_text="As it should stand on your certificate.")
    skill = forms.ChoiceField(
        label="What do you want to learn",
        choices=[("", "Choose a skill"), ("db", "Databases"), ("code", "Programming")],
    )
    level = forms.ChoiceField(
        label="Where are you today",
        choices=[("0", "Not yet"), ("1", "I know what it is"), ("2", "With help")],
        widget=forms.RadioSelect,
        help_text="Be generous or strict, but be it the same way at the end.",
    )
    days = forms.MultipleChoiceField(
        label="When can you meet",
        choices=[("mon", "Mondays"), ("wed", "Wednesdays"), ("fri", "Fridays")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    first_date = forms.DateField(
        label="First session", widget=forms.DateInput(attrs={"type": "date"})
    )
    file = forms.FileField(label="Participants file", required=False, help_text="CSV or XLSX.")
    hopes = forms.CharField(
        label="What would make this worth your time",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    candid = forms.BooleanField(label="I agree to keep what is said between the two of us")


def build_forms() -> dict[str, forms.Form]:
    wrong = SampleForm({"name": "Mireille", "first_date": "31 February"}, auto_id="wrong_%s")
    wrong.is_valid()
    return {"form": SampleForm(auto_id="blank_%s"), "wrong_form": wrong}


def build_page() -> Page[int]:
    return Paginator(range(90), 10).page(3)


@register.simple_tag
def samples() -> dict[str, Any]:
    """Everything the living page shows, by name."""
    return {
        "chapters": CHAPTERS,
        "steps": STEPS,
        "events": EVENTS,
        "stages": STAGES,
        "parts": PARTS,
        "needs": NEEDS,
        "plan": PLAN,
        "unmet": UNMET,
        "trail": TRAIL,
        "tabs": TABS,
        "table_head": TABLE_HEAD,
        "table_rows": TABLE_ROWS,
        "facts": FACTS,
        "agenda": AGENDA,
        "agenda_ahead": AGENDA_AHEAD,
        "commitments": COMMITMENTS,
        "meeting_at": datetime(2026, 3, 26, 14, 30),
        "page": build_page(),
        **build_forms(),
    }
