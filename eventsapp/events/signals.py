"""What later wings hear of an event, in the same transaction.

Receivers take keywords, must be quick, and are connected by modules that `registry.py` names.
"""

from blinker import Signal

event_cancelled = Signal()
"""An event was cancelled; receivers get `event`, `actor`, `now`."""

event_moved = Signal()
"""A published event has another time or place; receivers get `event`, `actor`, `now`."""

event_closed = Signal()
"""An event took place and was put away; receivers get `event`, `actor`, `now`."""

seats_added = Signal()
"""An event, or `item` of it (else None), has more seats; receivers get `event`, `item`, `actor`, `now`."""
