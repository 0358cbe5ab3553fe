"""What later wings hear of, in the same transaction: a guest now comes, or no longer does.

Receivers get `guest`, `actor` and `now` as keywords and must be quick. `registry.py` connects them.
"""

from blinker import Signal

guest_admitted = Signal()
"""A guest's reply became accepted (by answering, by promotion, or by staff)."""

guest_left = Signal()
"""A guest who had accepted no longer comes."""

guest_changed = Signal()
"""What stands on a guest's badge may have changed (name, category, title); sent whatever the state."""

guest_represented = Signal()
"""Somebody comes in a guest's place: `guest`, and `substitute`, who is a guest now and has accepted."""

guest_returned = Signal()
"""Nobody comes in `guest`'s place any more; `substitute` is withdrawn."""
