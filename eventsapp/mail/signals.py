"""What becomes of messages, told to later wings in the transaction that stores it.

Receivers take keywords and must be quick. They get `mail_id`, `template`, `guest_id` (None: to nobody on a
list), `actor` (who caused the message) and `now`; of a bounce also `address`
(where it went) and `reason` (the status code, as 5.1.1).
"""

from blinker import Signal

mail_sent = Signal()
"""A message was handed over to be delivered; told once, also where a crash sent it twice."""

mail_bounced = Signal()
"""A message that was sent came back."""
