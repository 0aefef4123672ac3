"""What matching tells the rooms above, which it does not know."""

from django.dispatch import Signal

# Sent with `pair` after the commit in which a pair becomes active for the first time.
pair_began = Signal()

# Sent with `pair` after the commit in which a pair ends.
pair_ended = Signal()
