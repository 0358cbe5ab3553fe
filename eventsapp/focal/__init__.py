"""Focal points: one link by which a secretary or an embassy answers for a whole delegation.

No account is needed. What they do is done by the services of `rsvps/`, recorded as on behalf of the guest.
"""
