"""Words of matching and of a pair's life."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    MENTOR = "mentor", _("mentor")
    MENTEE = "mentee", _("mentee")
    BOTH = "both", _("both")


class Meets(models.TextChoices):
    ONLINE = "online", _("online")
    IN_PERSON = "in_person", _("in person")
    EITHER = "either", _("either")


class Style(models.TextChoices):
    QUIET = "quiet", _("quiet")
    OUTGOING = "outgoing", _("outgoing")
    EITHER = "either", _("either")


class StyleRule(models.TextChoices):
    SIMILAR = "similar", _("similar suits similar")
    COMPLEMENTARY = "complementary", _("opposites fit")
    IGNORE = "ignore", _("does not count")


class Objective(models.TextChoices):
    FAIR = "fair", _("fair: first lift the weakest match")
    TOTAL = "total", _("total: highest sum of all matches")


class SuggestionState(models.TextChoices):
    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    OVERTAKEN = "overtaken", _("overtaken by a newer round")
    LAPSED = "lapsed", _("no longer possible when the round was kept")


class LeftOverCause(models.TextChoices):
    """The engine’s own words for why somebody is in no pair."""

    NO_ALLOWED_PARTNER = "no_allowed_partner", _("nobody is allowed")
    OTHERS_FIT_BETTER = "others_fit_better", _("others fit better")


class DecisionKind(models.TextChoices):
    ACCEPT = "accept", _("accepted")
    ACCEPT_MANY = "accept_many", _("accepted together")
    REFUSE = "refuse", _("refused")
    LOCK = "lock", _("kept together")
    BAR = "bar", _("kept apart")


class PairStage(models.TextChoices):
    """Where a pair is in its life, in the order of the way."""

    SUGGESTED = "suggested", _("suggested")
    COFFEE = "coffee", _("coffee chat")
    AGREEMENT = "agreement", _("agreement")
    ACTIVE = "active", _("active")
    MIDPOINT = "midpoint", _("midpoint")
    CLOSING = "closing", _("closing")
    COMPLETED = "completed", _("completed")
    FOLLOW_UP_6 = "follow_up_6", _("follow-up at 6 months")
    FOLLOW_UP_12 = "follow_up_12", _("follow-up at 12 months")
    PAUSED = "paused", _("paused")
    SWAP_ASKED = "swap_asked", _("swap asked for")
    ENDED = "ended", _("ended")


class Actor(models.TextChoices):
    """Who may make a move."""

    MENTOR = "mentor", _("mentor")
    MENTEE = "mentee", _("mentee")
    COORDINATOR = "coordinator", _("coordinator")
    SYSTEM = "system", _("the portal")


class Question(models.TextChoices):
    """What both of a pair are asked before they begin."""

    COFFEE = "coffee", _("Would you like to go on together?")
    AGREEMENT = "agreement", _("Do you agree how you will work together?")


class RoundKind(models.TextChoices):
    """For whom the engine was asked: everybody, or those alone who wait for a place."""

    FULL = "full", _("everyone")
    LATE = "late", _("late joiners")
