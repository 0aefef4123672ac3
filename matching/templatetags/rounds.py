"""Scores as people read them."""

from django import template

from matching.round_wording import score_in_words

register = template.Library()
register.filter("points", score_in_words)
