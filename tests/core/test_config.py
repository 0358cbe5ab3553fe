"""Settings: the secret key that an installation makes for itself."""

import secrets
from pathlib import Path

import pytest

from eventsapp.core.config import Settings


def test_processes_that_make_the_secret_key_at_the_same_moment_agree_on_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, others = secrets.token_urlsafe, list[str]()

    def meanwhile(size: int) -> str:
        """Another process asks for the key while this one makes it."""
        monkeypatch.setattr(secrets, "token_urlsafe", real)
        others.append(Settings(instance=tmp_path).secret)
        return real(size)

    monkeypatch.setattr(secrets, "token_urlsafe", meanwhile)
    mine = Settings(instance=tmp_path).secret
    assert others == [mine]
    assert len(mine) >= 32
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
