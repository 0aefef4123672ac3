"""From facts to a PDF, in a process of its own that can be ended. Knows nothing of awards."""
