"""The database's file."""

from pathlib import Path

from eventsapp import create_app
from eventsapp.core.config import Settings
from eventsapp.core.db import db


def test_database_file_is_read_by_its_owner_alone(tmp_path: Path) -> None:
    app = create_app(Settings(instance=tmp_path, database_url="", secret_key="x" * 32))
    with app.app_context():
        db.create_all()
        files = sorted(tmp_path.glob("eventsapp.sqlite3*"))
        modes = {path.name: oct(path.stat().st_mode & 0o777) for path in files}
        db.engine.dispose()
    assert modes
    assert set(modes.values()) == {"0o600"}
