"""The keys' files: private, rotated, agreed on by all processes."""

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from eventsapp.badges.code import BadgeCode, UnknownKeyError, encode, read
from eventsapp.badges.keys import FOLDER, LAST_KEY_ID, BadgeKeys
from eventsapp.core.errors import Conflict

_ASK = """
import sys
from pathlib import Path
from eventsapp.badges.keys import BadgeKeys
print(bytes(BadgeKeys(Path(sys.argv[1])).current().signing_key.verify_key).hex())
"""


def test_first_key_is_made_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    key = BadgeKeys(tmp_path).current()
    assert key.key_id == 1
    folder = tmp_path / FOLDER
    assert {file.name for file in folder.iterdir()} == {"1.key", "1.pub"}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_same_key_is_found_again(tmp_path: Path) -> None:
    first, second = BadgeKeys(tmp_path).current(), BadgeKeys(tmp_path).current()
    assert bytes(first.signing_key) == bytes(second.signing_key)


def test_rotation_signs_anew_and_reads_what_was_signed_before(tmp_path: Path) -> None:
    keys = BadgeKeys(tmp_path)

    def text() -> str:
        key = keys.current()
        code = BadgeCode(key.key_id, 1, 2, 3, 4, date(2026, 6, 2), date(2026, 6, 4))
        return encode(code, key.signing_key)

    before = text()
    assert set(keys.public_keys()) == {1}
    keys.rotate()
    after = text()
    assert [read(each, keys.public_keys()).key_id for each in (before, after)] == [1, 2]
    for name in ("1.key", "1.pub"):
        (tmp_path / FOLDER / name).unlink()
    with pytest.raises(UnknownKeyError):
        read(before, keys.public_keys())
    assert read(after, keys.public_keys()).key_id == 2


def test_restored_machine_reads_old_badges_and_signs_under_a_new_id(tmp_path: Path) -> None:
    BadgeKeys(tmp_path).current()
    public = BadgeKeys(tmp_path).public_keys()
    (tmp_path / FOLDER / "1.key").unlink()
    restored = BadgeKeys(tmp_path)
    assert restored.current().key_id == 2
    assert restored.public_keys()[1] == public[1]


def test_crash_between_the_two_files_is_mended(tmp_path: Path) -> None:
    key = BadgeKeys(tmp_path).current()
    (tmp_path / FOLDER / "1.pub").unlink()
    assert BadgeKeys(tmp_path).current().key_id == 1
    assert BadgeKeys(tmp_path).public_keys()[1] == bytes(key.signing_key.verify_key)


def test_sixteenth_key_is_refused(tmp_path: Path) -> None:
    keys = BadgeKeys(tmp_path)
    for _ in range(LAST_KEY_ID):
        keys.rotate()
    with pytest.raises(Conflict, match="fifteen"):
        keys.rotate()


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    def ask(_: int) -> str:
        command = [sys.executable, "-c", _ASK, str(tmp_path)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(4)))
    assert len(set(answers)) == 1


def test_threads_that_rotate_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda _: BadgeKeys(tmp_path).current(), range(64)))
    assert {(key.key_id, bytes(key.signing_key)) for key in found} == {(1, bytes(found[0].signing_key))}
    assert not list((tmp_path / FOLDER).glob(".*"))
