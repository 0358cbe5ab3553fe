"""Writes the staff of the demonstration: one account for each kind of work."""

from datetime import datetime

from eventsapp.access.identity import SYSTEM
from eventsapp.access.permissions import Role
from eventsapp.accounts import service as accounts
from eventsapp.accounts.models import StaffUser
from eventsapp.demo.occasions import Occasions

ADMINISTRATOR = "organiser@city.example"

# address, name, role in every event of the demonstration (None: administrator)
STAFF: tuple[tuple[str, str, Role | None], ...] = (
    (ADMINISTRATOR, "陳示範", None),
    ("registrar@city.example", "林樣本", Role.REGISTRAR),
    ("protocol@city.example", "張假設", Role.PROTOCOL),
    ("door@city.example", "王測試", Role.DOOR),
    ("viewer@city.example", "Demo Viewer", Role.VIEWER),
)


def write(made: Occasions, password_hash: str, now: datetime) -> list[StaffUser]:
    """The accounts, all with the same password (made anew for each installation)."""
    users = []
    for email, name, role in STAFF:
        user = accounts.create_user(
            email,
            display_name=name,
            password_hash=password_hash,
            administrator=role is None,
            password_is_temporary=False,
            actor=SYSTEM,
            now=now,
        )
        for event in made.events.values():
            if role is not None:
                accounts.grant(user.id, event.id, role, actor=SYSTEM, now=now)
        users.append(user)
    return users
