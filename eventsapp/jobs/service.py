"""Writing jobs."""

import json
from datetime import datetime
from typing import Any

from eventsapp.core.db import db
from eventsapp.jobs import handlers, waking
from eventsapp.jobs.models import Job


def enqueue(name: str, *, now: datetime, due_at: datetime | None = None, **arguments: Any) -> Job:
    """Write a job in the caller's transaction; it is done soon after the commit, or at `due_at` (UTC).

    `arguments` reach the handler as keywords and must be JSON (ids, codes, numbers; no rows, no times).
    Raises `LookupError` for a name that nobody answers to and `TypeError` for other arguments.
    """
    handlers.handler_of(name)
    json.dumps(arguments)
    job = Job(name=name, arguments=arguments, due_at=due_at or now, created_at=now)
    db.session.add(job)
    db.session.flush()
    waking.after_commit()
    return job
