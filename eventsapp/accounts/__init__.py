"""Staff accounts: sign-in with a second factor, sessions that really end, roles per event.

Guests have no accounts; they hold personal links (`rsvps/`). Doors have paired devices (`devices/`).
"""
