"""The verbs of the curriculum: the only code that changes plans, sessions and progress."""
