"""Setting up and removing one's second factor."""

from collections.abc import Callable
from http import HTTPStatus

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.accounts import factors, second_factor
from eventsapp.accounts.forms import CodeForm, ConfirmForm, OtherPhoneForm
from eventsapp.accounts.views import visitor
from eventsapp.accounts.views.account import confirm
from eventsapp.accounts.views.blueprint import blueprint
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.printing import qr
from eventsapp.web import guard
from eventsapp.web.current import actor, settings
from eventsapp.web.saving import Answer, shown, tried

NEW_SECRET = "new-second-factor"  # noqa: S105 -- the cookie's key for the sealed secret that is being set up


@blueprint.route("/account/second-factor", methods=["GET", "POST"])
@guard.signed_in
def set_up_factor() -> Answer:
    """Show a QR code for the app; the code that the app then shows switches the second factor on.

    Whoever finds a browser left open must not take the second factor over: another phone wants the password.
    """
    secret = _secret_in_hand()
    form = OtherPhoneForm() if visitor.my_account().totp_secret else CodeForm()

    def switch_on() -> str:
        if isinstance(form, OtherPhoneForm):
            confirm(form)
        return _switch_on(secret, form.code.data)

    if page := tried(form, switch_on):
        return page
    path, modules = qr.drawing(second_factor.address(secret, visitor.me().identity.email))
    return shown(form, "accounts/second_factor.html", path=path, modules=modules, secret=_readable(secret))


def _secret_in_hand() -> str:
    """The secret being set up: one for all tries, sealed in the browser's own cookie."""
    key = settings().secret
    secret = second_factor.unseal([key], session.get(NEW_SECRET, ""))
    if secret is None:
        secret = second_factor.new_secret()
        session[NEW_SECRET] = second_factor.seal(key, secret)
    return secret


def _switch_on(secret: str, typed: str) -> str:
    now = clock.now()
    with transaction():
        user = visitor.my_account()
        codes = factors.set_up(user, secret, typed, key=settings().secret, actor=actor(), now=now)
        fresh = visitor.let_in(user, now=now)
    visitor.keep(fresh)
    return render_template("accounts/recovery_codes.html", codes=codes)


def _readable(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


@blueprint.route("/account/recovery-codes", methods=["GET", "POST"])
@guard.signed_in
def recovery_codes() -> Answer:
    """Replace my recovery codes; they are shown once."""

    def replace() -> str:
        with transaction():
            codes = factors.renew_recovery_codes(visitor.my_account(), actor=actor(), now=clock.now())
        return render_template("accounts/recovery_codes.html", codes=codes)

    return _after_password(
        replace,
        gettext("New recovery codes"),
        gettext("The recovery codes you have now will no longer work."),
    )


@blueprint.route("/account/second-factor/remove", methods=["GET", "POST"])
@guard.signed_in
def remove_factor() -> Answer:
    """Sign in with the password alone again."""

    def remove() -> Response:
        now = clock.now()
        with transaction():
            user = visitor.my_account()
            factors.remove(user, actor=actor(), now=now)
            fresh = visitor.let_in(user, now=now)
        visitor.keep(fresh)
        flash(gettext("The second factor was removed."), "success")
        return redirect(url_for("security.account"), HTTPStatus.SEE_OTHER)

    return _after_password(
        remove,
        gettext("Remove the second factor"),
        gettext("Your password alone will be enough to sign in. You will be signed out everywhere else."),
    )


def _after_password(act: Callable[[], Response | str], title: str, warning: str) -> Answer:
    form = ConfirmForm()

    def confirmed() -> Response | str:
        confirm(form)
        return act()

    return tried(form, confirmed) or shown(form, "accounts/confirm.html", title=title, warning=warning)
