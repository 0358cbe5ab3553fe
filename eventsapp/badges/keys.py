"""The keys that sign badge codes: files in a folder outside database and backup.

`<id>.key` holds a private key (64 hexadecimal digits, readable by its owner alone), `<id>.pub` its
public half. Badges are signed with the highest id; every `.pub` is good for reading. So:

- rotation makes the next id, and badges signed before stay genuine;
- a machine restored from a backup, which holds `.pub` files only, reads the old badges and signs
  new ones under a new id;
- rotating and then deleting both files of the old id makes its badges unreadable: the answer to a
  stolen key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from nacl.signing import SigningKey

from eventsapp.core import clock
from eventsapp.core.errors import Conflict
from eventsapp.core.files import keep_once
from eventsapp.core.text import N_

LAST_KEY_ID = 15
FOLDER = "badge_keys"
_TICK = timedelta(seconds=2)  # no disk's clock is coarser


@dataclass(frozen=True, slots=True)
class CurrentKey:
    """The key that signs now, and its id."""

    key_id: int
    signing_key: SigningKey


@dataclass(frozen=True, slots=True)
class _PublicKeys:
    """What the folder held when it was looked at; settled once no change can bear the same time."""

    changed: int
    keys: Mapping[int, bytes]
    is_settled: bool


class BadgeKeys:
    """The badge keys of one installation. Safe to use from several threads and processes."""

    def __init__(self, instance: Path) -> None:
        self._folder = instance / FOLDER
        self._public: _PublicKeys | None = None

    def current(self) -> CurrentKey:
        """The key to sign with; the first one is made when there is none."""
        newest = self._newest()
        if newest and (self._folder / f"{newest}.key").exists():
            return self._whole(newest)
        return self._made(newest + 1)  # the id that everyone who looked at this moment would make

    def public_keys(self) -> Mapping[int, bytes]:
        """Every key that genuine badges may be signed with: id to public key of 32 bytes.

        Read again only when the folder has changed, so a scan may ask each time.
        """
        try:
            changed = self._folder.stat().st_mtime_ns
        except FileNotFoundError:
            return {}
        known = self._public
        if known is None or known.changed != changed or not known.is_settled:
            known = self._public = self._look(changed)
        return known.keys

    def _look(self, changed: int) -> "_PublicKeys":
        # Two changes within one tick of the disk's clock bear the same time: a folder that has just
        # changed is looked at again.
        age = clock.now() - datetime.fromtimestamp(changed / 1e9, UTC)
        keys = {key_id: self._read(key_id, "pub") for key_id in sorted(self._ids("pub"))}
        return _PublicKeys(changed, MappingProxyType(keys), is_settled=age > _TICK)

    def rotate(self) -> CurrentKey:
        """Makes the next key, which signs from now on. Raises `Conflict` when all 15 ids are used.

        When two processes rotate at the same moment they may agree on one new key.
        """
        return self._made(self._newest() + 1)

    def _made(self, key_id: int) -> CurrentKey:
        """The key of that id, new unless another process was quicker."""
        if key_id > LAST_KEY_ID:
            raise Conflict(N_("All fifteen badge keys are used. Remove the oldest key files first."))
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._keep(key_id, "key", bytes(SigningKey.generate()))
        return self._whole(key_id)

    def _whole(self, key_id: int) -> CurrentKey:
        """The key of that id, its public half written where a crash left it out."""
        signing_key = SigningKey(self._read(key_id, "key"))
        if not (self._folder / f"{key_id}.pub").exists():
            self._keep(key_id, "pub", bytes(signing_key.verify_key))
        return CurrentKey(key_id, signing_key)

    def _read(self, key_id: int, suffix: str) -> bytes:
        return bytes.fromhex((self._folder / f"{key_id}.{suffix}").read_text(encoding="ascii"))

    def _newest(self) -> int:
        return max(self._ids("pub") | self._ids("key"), default=0)

    def _ids(self, suffix: str) -> set[int]:
        stems = (path.stem for path in self._folder.glob(f"*.{suffix}"))
        return {int(stem) for stem in stems if stem.isdecimal() and 1 <= int(stem) <= LAST_KEY_ID}

    def _keep(self, key_id: int, suffix: str, key: bytes) -> None:
        keep_once(self._folder / f"{key_id}.{suffix}", key.hex())
