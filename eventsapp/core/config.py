"""Settings, read once from the environment (prefix `EVENTSAPP_`)."""

import secrets
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from eventsapp.core.files import keep_once

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Settings(BaseSettings):
    """What an installation decides.

    Every setting has a safe default for one machine; a site on the network (a `base_url` that is
    not loopback) must bring its own `secret_key` and is refused without one.
    """

    model_config = SettingsConfigDict(env_prefix="EVENTSAPP_", extra="ignore", frozen=True)

    instance: Path = ROOT / "instance"
    database_url: str = ""
    redis_url: str = ""
    secret_key: str = ""
    secret_key_fallbacks: tuple[str, ...] = ()
    base_url: str = "http://127.0.0.1:8000"
    mail_url: str = ""
    mail_sender: str = "eventsapp <events@localhost>"
    trusted_proxies: int = Field(default=0, ge=0, le=10)
    default_locale: str = "en"
    default_timezone: str = "Asia/Taipei"

    @field_validator("base_url")
    @classmethod
    def _absolute(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("EVENTSAPP_BASE_URL must be an absolute http(s) address")
        return value.rstrip("/")

    @field_validator("default_timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"EVENTSAPP_DEFAULT_TIMEZONE: no such zone: {value}") from error
        return value

    @model_validator(mode="after")
    def _secret_in_production(self) -> "Settings":
        if not self.is_local and len(self.secret_key) < 32:
            raise ValueError(
                "EVENTSAPP_SECRET_KEY (32 characters or more) is required"
                " when EVENTSAPP_BASE_URL is not loopback"
            )
        return self

    @property
    def is_local(self) -> bool:
        """Whether the program serves this machine only."""
        return urlsplit(self.base_url).hostname in LOOPBACK

    @property
    def is_https(self) -> bool:
        """Whether browsers reach the program over TLS (cookies are then marked Secure)."""
        return self.base_url.startswith("https://")

    @property
    def sqlalchemy_url(self) -> str:
        """The database; a file in the instance folder unless set."""
        return self.database_url or f"sqlite:///{self.instance / 'eventsapp.sqlite3'}"

    @property
    def is_sqlite(self) -> bool:
        """Whether one process on one file is all there is."""
        return self.sqlalchemy_url.startswith("sqlite")

    @property
    def outbox(self) -> Path:
        """Where mails are written as `.eml` files while no `mail_url` is set."""
        return self.instance / "outbox"

    @cached_property
    def secret(self) -> str:
        """The secret key: the configured one, or one made once and kept in the instance folder."""
        if self.secret_key:
            return self.secret_key
        path = self.instance / "secret_key"
        if not path.exists():
            self.instance.mkdir(parents=True, exist_ok=True)
            keep_once(path, secrets.token_urlsafe(48))
        return path.read_text(encoding="ascii")
