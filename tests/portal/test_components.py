"""The pictures say what the figures say, and the markup stays reachable without eyes or mouse."""

from __future__ import annotations

import re
from math import isclose
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from portal.templatetags.components import (
    GAUGE_CENTRE,
    arc_path,
    flow_stages,
    goal_arcs,
    initials,
    lay_table,
    point_on_circle,
    ring,
    score_parts,
    share_percent,
)


def render(name: str, **context: Any) -> BeautifulSoup:
    return BeautifulSoup(render_to_string(f"components/{name}.html", context), "html.parser")


def read_text(soup: BeautifulSoup) -> str:
    return " ".join(soup.get_text(" ").split())


def ends_of(path: str) -> tuple[float, ...]:
    """First and last point of an arc path: x, y, x, y."""
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]
    return (*numbers[:2], *numbers[-2:])


def test_an_arc_runs_clockwise_between_its_two_angles() -> None:
    assert arc_path((60, 60), 50, 180, 270) == "M10 60A50 50 0 0 1 60 10"


def test_an_arc_longer_than_half_a_circle_takes_the_long_way() -> None:
    assert " 0 1 1 " in arc_path((60, 60), 50, 90, 330)


def test_an_arc_without_length_is_not_drawn() -> None:
    assert arc_path((60, 60), 50, 90, 90) == ""


def test_what_was_reached_begins_where_what_was_asked_begins() -> None:
    arcs = goal_arcs(1, 3, 2)
    start = point_on_circle(GAUGE_CENTRE, 52, 198)
    assert ends_of(arcs.asked)[:2] == (start.x, start.y)
    assert ends_of(arcs.reached)[2:] == (arcs.now.x, arcs.now.y)
    # Level 2 of 5 lies left of the middle, level 3 right of it.
    assert arcs.now.x < 60 < ends_of(arcs.asked)[2]


def test_a_goal_not_begun_shows_the_way_asked_for_and_nothing_reached() -> None:
    arcs = goal_arcs(0, 2, 0)
    assert arcs.asked
    assert arcs.reached == ""


def test_someone_who_fell_back_gets_a_dot_but_no_arc() -> None:
    arcs = goal_arcs(3, 4, 2)
    assert arcs.reached == ""
    assert arcs.now == goal_arcs(2, 4, 2).now


@pytest.mark.parametrize(("now", "same_as"), [(7, 5), (-1, 0), (None, 0), ("2", 2)])
def test_levels_outside_the_scale_stay_on_it(now: object, same_as: int) -> None:
    assert goal_arcs(0, 5, now).now == goal_arcs(0, 5, same_as).now


@pytest.mark.parametrize(
    ("value", "total", "percent"),
    [(3, 6, 50), (0, 6, 0), (9, 6, 100), (1, 0, 0), (None, 6, 0), (1, 3, 33.33)],
)
def test_a_share_stays_between_nothing_and_all(
    value: object, total: object, percent: float
) -> None:
    assert share_percent(value, total) == percent


def test_a_ring_leaves_open_what_has_not_passed() -> None:
    half = ring(12, 24, 50)
    assert half.percent == 50
    assert isclose(half.drawn * 2, half.length, abs_tol=0.02)
    assert half.dashes == f"{half.drawn} {half.length}"


def test_parts_of_a_score_lie_end_to_end_and_leave_the_rest_open() -> None:
    parts = score_parts(
        [{"label": "Goals", "value": 48}, {"label": "Interests", "value": 12}], total=100
    )
    assert [(part.start, part.width) for part in parts] == [(0, 48), (48, 12)]


def test_parts_without_a_total_fill_the_bar() -> None:
    parts = score_parts([{"label": "Goals", "value": 3}, {"label": "Interests", "value": 1}])
    assert [part.width for part in parts] == [75, 25]


def test_a_score_of_nothing_draws_nothing_and_does_not_divide_by_it() -> None:
    assert [part.width for part in score_parts([{"label": "Goals", "value": 0}])] == [0]


def test_each_band_of_a_flow_meets_the_next() -> None:
    first, second = flow_stages([{"label": "In", "count": 40}, {"label": "Out", "count": 10}])
    leaves = first.band.split()[2].split(",")[1]
    arrives = second.band.split()[0].split(",")[1]
    assert leaves == arrives
    assert (first.share, second.share) == (100, 25)


def test_a_flow_of_nobody_is_still_drawn() -> None:
    assert [stage.share for stage in flow_stages([{"label": "In", "count": 0}])] == [0]
    assert flow_stages([]) == []


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amira Haddad", "AH"),
        ("Łukasz Wiśniewski", "ŁW"),
        ("Maria-Magdalena Papadopoulou-Österreicher", "MÖ"),
        ("øystein", "Ø"),
        ("", "·"),
        ("42", "·"),
        (None, "·"),
    ],
)
def test_initials_keep_the_letters_of_the_name(name: object, letters: str) -> None:
    assert initials(name) == letters


def test_cells_know_their_column_and_a_long_row_keeps_its_cells() -> None:
    table = lay_table(["Pair", "Held"], [["A and B", {"text": 3, "number": True}, "more"]])
    assert [cell.label for cell in table.rows[0]] == ["Pair", "Held", ""]
    assert [column.number for column in table.columns] == [False, True]


def test_a_goal_tells_in_words_what_its_arcs_show() -> None:
    soup = render("arc_progress", label="Databases", start=1, target=3, now=2)
    assert "Databases from 1 to 3, now 2" in read_text(soup)
    assert soup.svg["aria-hidden"] == "true"


def test_a_bar_tells_its_figures_in_words() -> None:
    assert "3 of 6 sessions" in read_text(
        render("progress", label="Held", value=3, total=6, unit="sessions")
    )


def test_a_score_lists_its_parts_as_words() -> None:
    parts = [{"label": "Goals", "value": 48}, {"label": "Interests", "value": 11.5}]
    assert "Goals 48 Interests 11.5" in read_text(render("score_bar", parts=parts, total=100))


def test_figures_in_a_picture_keep_their_point_where_a_language_writes_a_comma() -> None:
    with translation.override("de"):
        soup = render("progress", label="Held", value=1, total=3)
    assert soup.select_one(".bar__done")["width"] == "33.33%"


def test_a_button_with_an_address_is_a_link_and_without_one_sends() -> None:
    link = render("button", label="Open", href="/plan/")
    assert link.a["href"] == "/plan/"
    assert link.button is None
    assert render("button", label="Save").button["type"] == "submit"


def test_a_state_is_told_by_word_and_shape_not_colour_alone() -> None:
    signs = {
        state: str(render("badge", label="Active", state=state).svg)
        for state in ("good", "careful", "wrong", "info", "waiting", "lock", "quiet")
    }
    assert len(set(signs.values())) == len(signs)
    assert "Active" in read_text(render("badge", label="Active", state="good"))


def test_what_people_write_is_escaped() -> None:
    soup = render("notice", title="<script>x</script>", text="<b>y</b>")
    assert soup.script is None
    assert soup.b is None


class GoalForm(forms.Form):
    name = forms.CharField(label="Your name", help_text="As on your certificate.")
    level = forms.ChoiceField(label="Level", choices=[("1", "One")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="I agree")
    hopes = forms.CharField(label="Hopes", required=False)


def render_form(form: forms.Form) -> BeautifulSoup:
    return render("fields", form=form)


def test_each_control_has_its_label_and_its_help() -> None:
    soup = render_form(GoalForm())
    assert soup.select_one('label[for="id_name"]').get_text() == "Your name"
    assert soup.select_one("#id_name")["aria-describedby"] == "id_name_helptext"
    assert soup.select_one("#id_name_helptext")
    assert soup.legend.get_text(strip=True) == "Level"
    assert soup.select_one('label[for="id_agreed"]').get_text() == "I agree"


def test_only_what_may_be_left_empty_says_so() -> None:
    soup = render_form(GoalForm())
    assert "may be left empty" in soup.select_one('label[for="id_hopes"]').get_text()
    assert str(soup).count("may be left empty") == 1


def test_errors_stand_at_the_top_as_links_and_at_their_field() -> None:
    form = GoalForm({"level": "1", "agreed": "on"})
    soup = render_form(form)
    summary = soup.select_one('[role="alert"]')
    assert summary.a["href"] == "#id_name"
    assert "This field is required." in soup.select_one("#id_name_error").get_text()
    assert soup.select_one("#id_name")["aria-invalid"] == "true"
    assert "id_name_error" in soup.select_one("#id_name")["aria-describedby"]


def test_no_message_leaves_a_region_for_the_next_one() -> None:
    assert render("messages").select_one('#messages[role="status"]')


def test_a_dialog_is_a_section_with_a_name_and_a_way_out() -> None:
    soup = render("dialog", id="end", title="End it", action="/end/", action_label="End it")
    assert soup.dialog["aria-labelledby"] == "end-title"
    assert soup.select_one("#end-title").get_text() == "End it"
    assert "Keep it as it is" in read_text(soup)


def test_the_living_page_shows_every_component() -> None:
    folder = Path(settings.BASE_DIR) / "templates"
    shown = "".join(
        path.read_text()
        for place in ("portal/styleguide.html", "portal/styleguide", "components")
        for path in ([folder / place] if place.endswith("html") else (folder / place).iterdir())
    )
    shown += (folder / "base.html").read_text()
    missing = [
        path.name
        for path in (folder / "components").iterdir()
        if f"components/{path.name}" not in shown
    ]
    assert missing == []


def test_the_living_page_needs_nothing_but_itself() -> None:
    html = Template(
        "{% load styleguide %}{% samples as sample %}"
        '{% include "portal/styleguide/figures.html" %}{% include "portal/styleguide/forms.html" %}'
    ).render(Context())
    assert "from 1 to 3, now 2" in html
