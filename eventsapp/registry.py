"""The one list of wings: whatever must be imported for its side effects is imported here."""

from importlib import import_module

from flask import Flask

# In the order in which wings may build on one another.
WINGS = (
    "audit",
    "jobs",
    "mail",
    "accounts",
    "people",
    "places",
    "events",
    "programme",
    "ceremonies",
    "visits",
    "questions",
    "rsvps",
    "focal",
    "lists",
    "calendars",
    "badges",
    "devices",
    "door",
    "office",
)
WITHOUT_TABLES = ("calendars", "office")

# Each module has one or more blueprints, named in its `blueprints` tuple.
VIEWS: tuple[str, ...] = (
    "web.health",
    "accounts.views",
    "people.views",
    "places.views",
    "events.views",
    "programme.views",
    "events.views.public",
    "programme.views.public",
    "ceremonies.views",
    "visits.views",
    "questions.views",
    "rsvps.views",
    "focal.views",
    "lists.views",
    "calendars.views",
    "badges.views",
    "door.views",
    "office.views",
)

# Each module connects signals, job handlers or Flask hooks in its `init_app(app)`.
HOOKS: tuple[str, ...] = (
    "jobs.worker",
    "mail.sending",
    "mail.words",
    "programme.following",
    "programme.merging",
    "ceremonies.merging",
    "visits.merging",
    "rsvps.hooks",
    "rsvps.merging",
    "rsvps.retention",
    "lists.jobs",
    "lists.words",
    "badges.hooks",
    "badges.words",
    "rsvps.pointless",
    "rsvps.words",
    "focal.hooks",
    "web.words",
    "people.words",
    "events.words",
    "programme.words",
    "ceremonies.words",
    "visits.words",
    "door.attendance",
    "door.words",
)

# The same, of pages and of the API.
PAGE_HOOKS: tuple[str, ...] = (
    "web.limits",
    "accounts.views",
    "badges.views",
    "rsvps.views",
    "focal.views",
    "api.v1.wiring",
)

# Each command or group stands under its own name in a module, which is imported when the command is called.
COMMANDS: dict[str, str] = {
    "audit": "cli.audit",
    "badges": "cli.badges",
    "calendar": "cli.calendar",
    "demo": "cli.demo",
    "devices": "cli.devices",
    "mail": "cli.mail",
    "guests": "cli.guests",
    "sample": "cli.demo",
    "user": "cli.user",
}

# They show no page and alter no table: the application they work with comes up in half the time.
COMMANDS_WITHOUT_PAGES = frozenset({"audit", "badges", "calendar", "devices", "guests", "mail", "user"})


def import_models() -> None:
    """Make every table known to the metadata."""
    for wing in WINGS:
        if wing not in WITHOUT_TABLES:
            import_module(f"eventsapp.{wing}.models")


def init_app(app: Flask, *, pages: bool) -> None:
    """Give the application every wing's models and hooks, and its pages if they are wanted."""
    import_models()
    for name in (*HOOKS, *PAGE_HOOKS) if pages else HOOKS:
        import_module(f"eventsapp.{name}").init_app(app)
    for name in VIEWS if pages else ():
        for blueprint in import_module(f"eventsapp.{name}").blueprints:
            app.register_blueprint(blueprint)
