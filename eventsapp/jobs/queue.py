"""The queue (Huey): it wakes whoever works, and holds no work itself.

What is to be done stands in rows. A queue that is lost, emptied or away delays work until the next sweep
and loses none. It is a file in the instance folder, or Redis where it is set, so that servers without a
common folder wake each other's workers.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from eventsapp.core.config import Settings

if TYPE_CHECKING:
    from huey import Huey
    from huey.api import TaskWrapper

FILE = "queue.sqlite3"
PENDING = 1  # calls that wait for a worker; more of them would wake nobody sooner


class Queue:
    """Calls workers to look for due rows. Connects to nothing before it is used."""

    def __init__(self, settings: Settings, look: Callable[[], None]) -> None:
        self._settings = settings
        self._look = look

    @cached_property
    def huey(self) -> "Huey":
        """The Huey instance of this installation."""
        # Huey takes longer to import than most commands to run, and most of them wake nobody.
        from huey import RedisHuey, SqliteHuey
        from huey.serializer import SignedSerializer

        # Tasks are unpickled by the worker, so they are signed: who can write to Redis runs no code here.
        signed = SignedSerializer(secret=self._settings.secret, salt="eventsapp.queue")
        name = f"eventsapp-{urlsplit(self._settings.base_url).netloc}"
        common: dict[str, Any] = {"results": False, "serializer": signed}
        if self._settings.redis_url:
            return RedisHuey(name, url=self._settings.redis_url, **common)
        # Nothing here must survive a power cut, so nobody waits for the disk.
        return SqliteHuey(name, filename=str(self._settings.instance / FILE), fsync=False, **common)

    @cached_property
    def _call(self) -> "TaskWrapper":
        return self.huey.task(name="look")(self._look)

    def prepare(self) -> "Huey":
        """The instance with its task, for a consumer."""
        return self._call.huey

    def wake(self) -> None:
        """Call one worker, unless a call is waiting already: whoever takes that one sees everything.

        Raises whatever the queue's store raises when it is away.
        """
        if self.huey.storage.queue_size() < PENDING:
            self._call()
