"""The keys that sign badges: made once, kept private, rotated."""

import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from eventsapp.badges.keys import FOLDER, LAST_KEY_ID, BadgeKeys, CurrentKey
from eventsapp.core.errors import Conflict


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_first_use_makes_key_one_for_its_owner_alone(tmp_path: Path) -> None:
    current = BadgeKeys(tmp_path).current()
    assert current.key_id == 1
    assert _mode(tmp_path / FOLDER / "1.key") == 0o600
    assert _mode(tmp_path / FOLDER) == 0o700
    assert BadgeKeys(tmp_path).public_keys() == {1: bytes(current.signing_key.verify_key)}


def test_the_key_stays_the_same(tmp_path: Path) -> None:
    made = BadgeKeys(tmp_path).current()
    assert BadgeKeys(tmp_path).current() == made


def test_without_any_key_there_is_nothing_to_read_with(tmp_path: Path) -> None:
    assert BadgeKeys(tmp_path).public_keys() == {}


def test_rotation_signs_with_a_new_key_and_reads_both(tmp_path: Path) -> None:
    keys = BadgeKeys(tmp_path)
    old, new = keys.current(), keys.rotate()
    assert (new.key_id, keys.current()) == (2, new)
    assert set(keys.public_keys()) == {1, 2}
    assert keys.public_keys()[1] == bytes(old.signing_key.verify_key)


def test_a_rotation_elsewhere_is_seen(tmp_path: Path) -> None:
    here = BadgeKeys(tmp_path)
    here.current()
    assert set(here.public_keys()) == {1}
    BadgeKeys(tmp_path).rotate()
    assert set(here.public_keys()) == {1, 2}


def test_a_restored_machine_reads_old_badges_and_signs_under_a_new_id(tmp_path: Path) -> None:
    old = BadgeKeys(tmp_path).current()
    (tmp_path / FOLDER / "1.key").unlink()
    keys = BadgeKeys(tmp_path)
    assert keys.current().key_id == 2
    assert keys.public_keys()[1] == bytes(old.signing_key.verify_key)


def test_a_public_half_that_a_crash_left_out_is_made_good(tmp_path: Path) -> None:
    made = BadgeKeys(tmp_path).current()
    (tmp_path / FOLDER / "1.pub").unlink()
    keys = BadgeKeys(tmp_path)
    assert keys.current() == made
    assert keys.public_keys() == {1: bytes(made.signing_key.verify_key)}


def test_a_key_whose_files_were_deleted_reads_nothing_any_more(tmp_path: Path) -> None:
    keys = BadgeKeys(tmp_path)
    keys.current()
    keys.rotate()
    for file in (tmp_path / FOLDER).glob("1.*"):
        file.unlink()
    assert set(keys.public_keys()) == {2}
    assert keys.current().key_id == 2


def test_the_sixteenth_key_is_refused(tmp_path: Path) -> None:
    keys = BadgeKeys(tmp_path)
    for _ in range(LAST_KEY_ID):
        keys.rotate()
    with pytest.raises(Conflict):
        keys.rotate()
    assert keys.current().key_id == LAST_KEY_ID


def test_first_users_at_once_agree_on_one_key(tmp_path: Path) -> None:
    for trial in range(30):
        instance = tmp_path / str(trial)
        start = threading.Barrier(8)

        def first(_: int, instance: Path = instance, start: threading.Barrier = start) -> CurrentKey:
            start.wait()
            return BadgeKeys(instance).current()

        with ThreadPoolExecutor(8) as pool:
            made = list(pool.map(first, range(8)))
        assert {(one.key_id, bytes(one.signing_key)) for one in made} == {(1, bytes(made[0].signing_key))}
        assert sorted(path.name for path in (instance / FOLDER).iterdir()) == ["1.key", "1.pub"]


def test_files_of_other_names_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    for name in ("notes.key", "0.key", "16.pub", "²7.pub"):
        (folder / name).write_text("not a key", encoding="utf-8")
    assert BadgeKeys(tmp_path).current().key_id == 1
    assert isinstance(BadgeKeys(tmp_path).current().signing_key, SigningKey)


def test_threads_that_rotate_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda _: BadgeKeys(tmp_path).current(), range(64)))
    assert {(key.key_id, bytes(key.signing_key)) for key in found} == {(1, bytes(found[0].signing_key))}
    assert not list((tmp_path / FOLDER).glob(".*"))


def test_a_key_added_or_removed_later_is_seen_at_once(tmp_path: Path) -> None:
    """Once the folder has been quiet for a while, its time alone is looked at."""
    here, elsewhere = BadgeKeys(tmp_path), BadgeKeys(tmp_path)
    here.current()
    folder = tmp_path / FOLDER
    for hour in (1, 2):
        os.utime(folder, (hour * 3600, hour * 3600))
        assert set(here.public_keys()) == {1}
    elsewhere.rotate()
    assert set(here.public_keys()) == {1, 2}
    os.utime(folder, (3 * 3600, 3 * 3600))
    assert set(here.public_keys()) == {1, 2}
    (folder / "1.pub").unlink()
    assert set(here.public_keys()) == {2}
