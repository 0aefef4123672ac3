"""Questions to a match: why not these two, what would it cost, what would help, what now.

Each answer is exact: the changed problem is really solved again, and what spares that is proved.
"""
