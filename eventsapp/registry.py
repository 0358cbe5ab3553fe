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
    "calendars.views",
    "badges.views",
    "door.views",
    "office.views",
)

# Each module connects signals, job handlers or Flask hooks in its `init_app(app)`.
HOOKS: tuple[str, ...] = (
    "web.limits",
    "jobs.worker",
    "mail.sending",
    "accounts.views",
    "programme.following",
    "rsvps.hooks",
    "rsvps.retention",
    "badges.hooks",
    "badges.words",
    "badges.views",
    "rsvps.words",
    "rsvps.views",
    "focal.views",
    "web.words",
    "people.words",
    "events.words",
    "programme.words",
    "ceremonies.words",
    "visits.words",
    "door.words",
    "api.v1.wiring",
)

# Each command or group stands under its own name in a module, which is imported when the command is called.
COMMANDS: dict[str, str] = {
    "audit": "cli.audit",
    "badges": "cli.badges",
    "calendar": "cli.calendar",
    "demo": "cli.demo",
    "devices": "cli.devices",
    "sample": "cli.demo",
    "user": "cli.user",
}


def import_models() -> None:
    """Make every table known to the metadata."""
    for wing in WINGS:
        if wing not in WITHOUT_TABLES:
            import_module(f"eventsapp.{wing}.models")


def init_app(app: Flask) -> None:
    """Give the application every wing's models, hooks and pages."""
    import_models()
    for name in HOOKS:
        import_module(f"eventsapp.{name}").init_app(app)
    for name in VIEWS:
        for blueprint in import_module(f"eventsapp.{name}").blueprints:
            app.register_blueprint(blueprint)
