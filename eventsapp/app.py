"""The factory: settings in, application out."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from eventsapp import registry
from eventsapp.core import db
from eventsapp.core.config import ROOT, Settings
from eventsapp.web import errors, filters, forms, guard, headers, locale, navigation, responses
from eventsapp.web.plain import App

MEBIBYTE = 1024 * 1024


def create_app(settings: Settings | None = None, *, pages: bool = True) -> Flask:
    """The application for one installation; settings come from the environment unless given.

    Without `pages` it has neither pages nor API nor migrations: for commands that only work on the data.
    """
    settings = settings or Settings()
    settings.instance.mkdir(parents=True, exist_ok=True)
    app = App(
        "eventsapp",
        instance_path=str(settings.instance.resolve()),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.extensions["settings"] = settings
    app.config.update(_flask_config(settings))
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
    db.init_app(app)
    for part in (locale, forms, navigation, guard, errors, headers, responses):
        part.init_app(app)
    registry.init_app(app, pages=pages)
    filters.register(app)
    if pages:
        _know_migrations(app)
    return app


def _know_migrations(app: Flask) -> None:
    # Here, because importing it takes as long as a small command takes in all.
    from flask_migrate import Migrate

    Migrate(app, db.db, directory=str(ROOT / "eventsapp" / "migrations"), render_as_batch=True)


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret,
        "SECRET_KEY_FALLBACKS": list(settings.secret_key_fallbacks),
        "SQLALCHEMY_DATABASE_URI": settings.sqlalchemy_url,
        "SQLALCHEMY_ENGINE_OPTIONS": db.engine_options(settings),
        "SESSION_COOKIE_NAME": "eventsapp",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "MAX_CONTENT_LENGTH": 4 * MEBIBYTE,
        "MAX_FORM_MEMORY_SIZE": 2 * MEBIBYTE,
        "MAX_FORM_PARTS": 5000,
        "SEND_FILE_MAX_AGE_DEFAULT": 31536000,  # addresses of static files carry their content's hash
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: a form left open over lunch is not lost
        "WTF_CSRF_SSL_STRICT": False,  # it wants a Referer, which our pages tell browsers to keep back
    }
