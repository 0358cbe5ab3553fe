"""Imports run downwards, between wings and inside each; Flask is unknown below the pages."""

from tests.house.source import Import, Module, modules, room_of, wing_of

# Earliest first. A wing may import from itself and from what stands before it.
ORDER = (
    "core", "access", "web", "audit", "jobs", "mail", "printing", "accounts", "people", "places", "events",
    "programme", "ceremonies", "visits", "questions", "rsvps", "focal", "lists",
    "calendars", "badges", "devices", "door", "wall", "reports",
    "office", "sample", "demo", "api", "registry", "app", "cli",
)  # fmt: skip

# Rooms in the order in which they may know one another; others (`ical`, `qr` …) are pure.
ROOMS = ("enums", "models", "queries", "service", "forms", "views")

# Where Flask and what belongs to it may be known.
FLASK_WINGS = {"web", "api", "cli", "registry", "app"}
FLASK_ROOMS = {"views", "forms"}
FLASK_FILES = {
    "eventsapp/core/db.py": "binds the database to the application",
    "eventsapp/events/desk.py": "the guard of an event's pages",
    "eventsapp/jobs/waking.py": "each application has a waker of its own",
    "eventsapp/jobs/worker.py": "works in contexts of the application",
    "eventsapp/rsvps/bringing.py": "fields of companions, for two forms",
    "eventsapp/mail/beginnings.py": "mails are templates of the application",
    "eventsapp/mail/words.py": "words are filters of the application's templates",
    "eventsapp/mail/wording.py": "words of links are in the catalogue",
    "eventsapp/mail/rendering.py": "mails are templates of the application",
    "eventsapp/mail/sending.py": "the worker's entry: reads the application's settings",
}


def _ours(module: Module) -> list[Import]:
    return [found for found in module.imports if found.module.startswith("eventsapp.")]


def test_every_wing_stands_in_the_written_order() -> None:
    assert {wing_of(module.name) for module in modules()} - {""} <= set(ORDER)


def test_imports_between_wings_run_downwards() -> None:
    rank = {wing: number for number, wing in enumerate(ORDER)}
    upward = [
        f"{module.place}:{found.line} imports {found.module}"
        for module in modules()
        if (wing := wing_of(module.name))
        for found in _ours(module)
        if rank[wing_of(found.module)] > rank[wing]
    ]
    assert not upward


def test_imports_inside_a_wing_run_downwards() -> None:
    rank = {room: number for number, room in enumerate(ROOMS)}
    upward = [
        f"{module.place}:{found.line} imports {found.module}"
        for module in modules()
        if room_of(module.name) in rank
        for found in _ours(module)
        if wing_of(found.module) == wing_of(module.name)
        and rank.get(room_of(found.module), -1) > rank[room_of(module.name)]
    ]
    assert not upward


def test_flask_is_unknown_below_pages_forms_and_commands() -> None:
    knowing = [
        f"{module.place}:{found.line} imports {found.module}"
        for module in modules()
        if wing_of(module.name) not in FLASK_WINGS | {""}
        and room_of(module.name) not in FLASK_ROOMS
        and module.place not in FLASK_FILES
        for found in module.imports
        if found.module.split(".")[0].startswith(("flask", "werkzeug", "wtforms"))
    ]
    assert not knowing


def test_the_foundation_never_asks_for_the_request() -> None:
    asking = [
        f"{module.place}:{found.line}"
        for module in modules()
        if wing_of(module.name) in {"core", "access"}
        for found in module.imports
        if found.module in {"flask.request", "flask.g", "flask.session", "flask.current_app"}
    ]
    assert not asking
