"""What later wings hear of an item, in the same transaction; receivers get `item`, `actor`, `now`."""

from blinker import Signal

item_cancelled = Signal()
"""An item was cancelled."""

item_moved = Signal()
"""An item has another time or place."""
