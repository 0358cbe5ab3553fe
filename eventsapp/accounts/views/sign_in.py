"""Signing in, in one step or two, and out."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.identity import StaffIdentity
from eventsapp.accounts import factors, passwords, queries, tries
from eventsapp.accounts.forms import CodeForm, SignInForm
from eventsapp.accounts.models import StaffUser
from eventsapp.accounts.views import visitor
from eventsapp.accounts.views.blueprint import blueprint
from eventsapp.core import clock
from eventsapp.core.db import db, transaction
from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_
from eventsapp.web import guard
from eventsapp.web.current import identity, settings
from eventsapp.web.limits import caller, limit
from eventsapp.web.saving import Answer, shown, tried

HALFWAY = "halfway"  # the cookie's note that the password was right and a code is awaited
PATIENCE = timedelta(minutes=5)
WRONG = N_("The mail address or the password is not right.")


@blueprint.route("/sign-in", methods=["GET", "POST"])
@guard.public
@limit("60 per minute")
def login() -> Answer:
    """Mail address and password."""
    if request.method == "GET" and isinstance(identity(), StaffIdentity):
        return redirect(visitor.goal())
    form = SignInForm()
    return tried(form, lambda: _judge_password(form)) or shown(form, "security/sign_in.html")


def _judge_password(form: SignInForm) -> Response:
    now, email = clock.now(), queries.normal_email(form.email.data)
    account, address = tries.account_subject(email), tries.address_subject(caller())
    with transaction():
        tries.count(address, tries.PER_ADDRESS, now)
        tries.count(account, tries.PER_ACCOUNT, now)
    user = queries.by_email(email)
    stored = user.password_hash if user and user.active else None
    db.session.rollback()  # nothing is held while the password is hashed
    if not passwords.is_right(stored, form.password.data) or stored is None:
        raise Invalid(WRONG)
    newer = passwords.hash_password(form.password.data) if passwords.is_outdated(stored) else stored
    with transaction():
        user = _still_the_same(email, stored)
        user.password_hash = newer
        tries.take_back(account, address, now)
        secret = None if user.totp_secret else visitor.let_in(user, now=now)
        user_id, is_temporary = user.id, user.password_is_temporary
    if secret is None:
        return _ask_for_code(user_id, now)
    return _welcome(secret, is_temporary)


def _still_the_same(email: str, stored: str) -> StaffUser:
    """The account, unless its password changed or it was closed while we were hashing."""
    user = queries.by_email(email)
    if user is None or not user.active or user.password_hash != stored:
        raise Invalid(WRONG)
    return user


def _welcome(secret: str, password_is_temporary: bool) -> Response:
    visitor.keep(secret)
    if not password_is_temporary:
        return redirect(visitor.goal(), HTTPStatus.SEE_OTHER)
    flash(gettext("You signed in with a password that was made for you. Please choose your own now."), "info")
    return redirect(url_for("security.password"), HTTPStatus.SEE_OTHER)


def _ask_for_code(user_id: int, now: datetime) -> Response:
    session.clear()
    session[HALFWAY] = {"user": user_id, "until": (now + PATIENCE).isoformat()}
    return redirect(url_for("security.code", next=request.args.get("next")), HTTPStatus.SEE_OTHER)


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@guard.public
@limit("60 per minute")
def code() -> Answer:
    """The second step, for whoever set up a second factor."""
    user_id = _halfway(clock.now())
    if user_id is None:
        flash(gettext("Please sign in first."), "info")
        return redirect(url_for("security.login", next=request.args.get("next")), HTTPStatus.SEE_OTHER)
    form = CodeForm()
    return tried(form, lambda: _judge_code(user_id, form.code.data)) or shown(form, "security/code.html")


def _halfway(now: datetime) -> int | None:
    note: Any = session.get(HALFWAY)
    if not note or datetime.fromisoformat(note["until"]) < now:
        return None
    return int(note["user"])


def _judge_code(user_id: int, typed: str) -> Response:
    now = clock.now()
    subject, address = f"code:{user_id}", tries.address_subject(caller())
    with transaction():
        tries.count(address, tries.PER_ADDRESS, now)
        tries.count(subject, tries.PER_ACCOUNT, now)
    keys = (settings().secret, *settings().secret_key_fallbacks)
    with transaction():
        user = db.session.get(StaffUser, user_id)
        if user is None or not user.active or not factors.is_right(user, typed, keys=keys, now=now):
            raise Invalid(N_("This code is not right, or it was used before."), field="code")
        tries.take_back(subject, address, now)
        secret, is_temporary = visitor.let_in(user, now=now), user.password_is_temporary
    return _welcome(secret, is_temporary)


@blueprint.post("/sign-out")
@guard.public
def logout() -> Response:
    """End this session; the cookie is worth nothing from now on, copies of it too."""
    visitor.forget()
    flash(gettext("You have signed out."), "success")
    return redirect(url_for("security.login"), HTTPStatus.SEE_OTHER)
