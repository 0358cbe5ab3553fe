"""The factory: settings in, application out."""

from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from eventsapp import registry
from eventsapp.core import db
from eventsapp.core.config import ROOT, Settings
from eventsapp.web import errors, filters, forms, guard, headers, locale, navigation, responses
from eventsapp.web.plain import App

MEBIBYTE = 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """The whole application for one installation; settings come from the environment unless given."""
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
    Migrate(app, db.db, directory=str(ROOT / "eventsapp" / "migrations"), render_as_batch=True)
    for part in (locale, forms, navigation, guard, errors, headers, responses, registry):
        part.init_app(app)
    filters.register(app)
    return app


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
