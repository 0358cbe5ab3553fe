"""One's own account: name, password, sessions."""

from http import HTTPStatus

from flask import flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.accounts import passwords, queries, service, sessions, tries
from eventsapp.accounts.forms import ConfirmForm, NameForm, PasswordForm
from eventsapp.accounts.models import StaffUser
from eventsapp.accounts.views import visitor
from eventsapp.accounts.views.blueprint import blueprint
from eventsapp.core import clock
from eventsapp.core.db import db, transaction
from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_
from eventsapp.web import guard
from eventsapp.web.current import actor
from eventsapp.web.saving import Answer, saved, shown, tried


@blueprint.route("/account", methods=["GET", "POST"])
@guard.signed_in
def account() -> Answer:
    """Who I am here, how I sign in, and where I am signed in."""
    user = visitor.my_account()
    form = NameForm(obj=user)

    def store() -> StaffUser:
        user.display_name = form.display_name.data
        return user

    if saved(form, store):
        return _back(gettext("Your name was stored."))
    return shown(
        form,
        "accounts/account.html",
        user=user,
        sessions=queries.sessions(user.id, clock.now()),
        this_session=visitor.me().session_code,
        codes_left=queries.recovery_codes_left(user.id),
    )


@blueprint.route("/account/password", methods=["GET", "POST"])
@guard.signed_in
def password() -> Answer:
    """Choose a new password; every other session ends."""
    form = PasswordForm()
    return tried(form, lambda: _change_password(form)) or shown(
        form, "accounts/password.html", user=visitor.my_account()
    )


def _change_password(form: PasswordForm) -> Response:
    email = visitor.me().identity.email
    passwords.check(form.password.data, email=email)
    confirm(form)
    hashed, now = passwords.hash_password(form.password.data), clock.now()
    with transaction():
        user = visitor.my_account()
        service.set_password(user, hashed, actor=actor(), now=now)
        secret = visitor.let_in(user, now=now)
    visitor.keep(secret)
    return _back(gettext("Your password was changed. You were signed out everywhere else."))


def confirm(form: ConfirmForm) -> None:
    """Refuse (`Invalid`) unless the form holds the present password; tries are counted as at sign-in."""
    now, email, user_id = clock.now(), visitor.me().identity.email, visitor.me().identity.user_id
    subject = tries.account_subject(email)
    with transaction():
        tries.count(subject, tries.PER_ACCOUNT, now)
    stored = db.session.get_one(StaffUser, user_id).password_hash
    db.session.rollback()
    if not passwords.is_right(stored, form.current.data):
        raise Invalid(N_("This is not your present password."), field="current")
    with transaction():
        tries.take_back(subject, "", now)


@blueprint.post("/account/sessions/<code>/end")
@guard.signed_in
def end_session(code: str) -> Response:
    """End one of my sessions, on a computer I left behind for instance."""
    with transaction():
        sessions.end_one(visitor.me().identity.user_id, code, actor=actor(), now=clock.now())
    return _back(gettext("That session has ended."))


def _back(message: str) -> Response:
    flash(message, "success")
    return redirect(url_for("security.account"), HTTPStatus.SEE_OTHER)
