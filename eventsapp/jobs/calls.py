"""Taking the calls that come through the queue, in threads."""

from huey.consumer import Consumer

from eventsapp.core.config import Settings
from eventsapp.jobs.queue import Queue

# A file calls nobody: its readers look every so many seconds, seldomer while nothing comes. Redis calls,
# and is asked again after the last of these pauses when it was away.
FIRST_LOOK, LAST_LOOK, LAST_LOOK_FOR_REDIS = 0.05, 0.5, 10.0


class Calls(Consumer):
    """Huey's consumer for one process; signals are the program's own affair."""

    def __init__(self, queue: Queue, settings: Settings, threads: int) -> None:
        super().__init__(
            queue.prepare(),
            workers=threads,
            periodic=False,
            initial_delay=FIRST_LOOK,
            max_delay=LAST_LOOK_FOR_REDIS if settings.redis_url else LAST_LOOK,
        )

    def _set_signal_handlers(self) -> None:
        """None of its own."""
