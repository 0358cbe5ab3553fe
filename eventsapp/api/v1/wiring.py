"""Puts the API into the application, with its description at `/api/v1/openapi.json`."""

from flask import Flask
from flask_smorest import Api
from marshmallow import Schema, fields

from eventsapp.api.v1 import caller, door, scans, shapes
from eventsapp.devices.service import NotPairedError
from eventsapp.web import guard
from eventsapp.web.forms import csrf

BLUEPRINTS = (scans.blueprint, door.blueprint)
_DESCRIPTION = "For paired devices. Times are ISO 8601 with their zone; errors have one shape, `Error`."


_Refusal = Schema.from_dict(
    {
        "code": fields.String(required=True, metadata={"description": "For programs; does not change."}),
        "message": fields.String(required=True, metadata={"description": "For people, in their language."}),
        "fields": fields.Dict(
            keys=fields.String(),
            values=fields.String(),
            required=True,
            metadata={"description": "What to mend, by its place, such as `scans.3.id`."},
        ),
    },
    name="RefusalSchema",
)


class ErrorSchema(Schema):
    """Every refusal."""

    error = fields.Nested(_Refusal, required=True)


class _Api(Api):
    """The product translates errors itself (`web/errors.py`), with the same shape for every refusal."""

    ERROR_SCHEMA = ErrorSchema

    def _register_error_handlers(self) -> None:
        pass


def init_app(app: Flask) -> None:
    """Register every resource. No form token is asked for: a browser's session opens nothing here."""
    app.config.update(
        API_TITLE="eventsapp",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={"info": {"description": _DESCRIPTION}, "security": [{"device": []}]},
    )
    app.register_error_handler(NotPairedError, caller.refusal)
    api = _Api(app)
    description = api._openapi_json  # a bound method, which takes no mark
    app.view_functions["api-docs.openapi_json"] = guard.public(lambda: description())
    api.spec.components.security_scheme("device", {"type": "http", "scheme": "bearer"})
    for name, shape in shapes.SCHEMAS.items():
        api.spec.components.schema(name, shape)
    for blueprint in BLUEPRINTS:
        csrf.exempt(blueprint)
        api.register_blueprint(blueprint)
