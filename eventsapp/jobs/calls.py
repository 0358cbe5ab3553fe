"""Taking the calls that come through the queue, in threads."""

import logging

from huey.consumer import Consumer

from eventsapp.core.config import Settings
from eventsapp.jobs.queue import Queue

# A file calls nobody: its readers look every so many seconds, seldomer while nothing comes. Redis calls,
# and is asked again after the last of these pauses when it was away.
FIRST_LOOK, LAST_LOOK, LAST_LOOK_FOR_REDIS = 0.05, 0.5, 10.0
SCHEDULE = 60  # seconds between two looks at Huey's own schedule, in which we put nothing


class Calls(Consumer):
    """Huey's consumer for one process; signals are the program's own affair."""

    def __init__(self, queue: Queue, settings: Settings, threads: int) -> None:
        super().__init__(
            queue.prepare(),
            workers=threads,
            periodic=False,
            scheduler_interval=SCHEDULE,
            initial_delay=FIRST_LOOK,
            max_delay=LAST_LOOK_FOR_REDIS if settings.redis_url else LAST_LOOK,
        )

        for name in ("huey.consumer.Worker", "huey.consumer.Scheduler"):
            logging.getLogger(name).addFilter(_in_one_line)

    def _set_signal_handlers(self) -> None:
        """None of its own."""


def _in_one_line(record: logging.LogRecord) -> bool:
    """A queue that is away is told without the whole way down to the socket."""
    if record.exc_info and record.exc_info[0]:
        record.msg, record.exc_info = f"{record.msg} ({record.exc_info[0].__name__})", None
    return True
