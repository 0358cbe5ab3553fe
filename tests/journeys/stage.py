"""The demonstration on a real server, for journeys through a browser and for pictures."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from eventsapp import create_app
from eventsapp.cli import welcome
from eventsapp.core.config import Settings
from eventsapp.core.db import db
from eventsapp.core.tokens import Purpose
from eventsapp.demo.staff import ADMINISTRATOR
from eventsapp.events.models import Event
from eventsapp.rsvps import links
from eventsapp.rsvps.models import Guest
from tests.bench.servers import free_port, serving
from tests.support.clients import Client
from tests.support.databases import SECRET


@dataclass(frozen=True)
class Site:
    """A running server with the demonstration, and the same installation as an application here."""

    folder: Path
    base_url: str

    @cached_property
    def app(self) -> Flask:
        """For looking into the database, and for walking the pages without a browser."""
        app = create_app(Settings(instance=self.folder, base_url=self.base_url, secret_key=SECRET))
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        app.test_client_class = Client
        return app

    @property
    def organiser(self) -> tuple[str, str]:
        """Mail address and password of the organiser, as `run` prints them."""
        note = self.beginning("Organiser").note
        return ADMINISTRATOR, note.rpartition(" ")[2]

    def beginning(self, who: str) -> welcome.Beginning:
        """Where one kind of user begins."""
        return next(known for known in welcome.read(self.folder) if known.who == who)

    def link(self, slug: str, email: str, purpose: Purpose) -> str:
        """The path of a guest's personal link."""
        with self.app.app_context():
            guest = db.session.scalars(
                select(Guest).join(Event).where(Event.slug == slug, Guest.email == email)
            ).one()
            return links.path(self.app.extensions["settings"], guest, purpose)


def load(folder: Path) -> Path:
    """Loads the demonstration into a folder, once; `opened` copies it."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [sys.executable, "-m", "eventsapp.cli", "demo"],
        env={**os.environ, **_environment(folder, "http://127.0.0.1:8000")},
        cwd=Path(__file__).parents[2],
        check=True,
        capture_output=True,
    )
    return folder


@contextmanager
def opened(loaded: Path, folder: Path) -> Iterator[Site]:
    """A site of its own with a copy of that demonstration, served until the block ends."""
    shutil.copytree(loaded, folder, dirs_exist_ok=True)
    port = free_port()
    site = Site(folder, f"http://127.0.0.1:{port}")
    arguments = ("-m", "eventsapp.cli", "serve", f"--port={port}")
    with serving(arguments, port=port, environment={**_environment(folder, site.base_url)}):
        yield site


def _environment(folder: Path, base_url: str) -> Mapping[str, str]:
    return {
        "EVENTSAPP_DATABASE_URL": "",
        "EVENTSAPP_INSTANCE": str(folder),
        "EVENTSAPP_SECRET_KEY": SECRET,
        "EVENTSAPP_BASE_URL": base_url,
        "EVENTSAPP_MAIL_URL": "",
        "EVENTSAPP_REDIS_URL": "",
    }
