"""What later wings hear of questions, in the same transaction."""

from blinker import Signal

question_kept = Signal()
"""A question was written or changed; receivers get `question`, `now`."""
