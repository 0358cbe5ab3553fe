"""Accounts of colleagues, for administrators."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.accounts import passwords, service
from eventsapp.accounts import queries as accounts
from eventsapp.accounts.models import StaffUser
from eventsapp.core import clock
from eventsapp.core.db import db, transaction
from eventsapp.core.text import clean
from eventsapp.office import queries
from eventsapp.office.deeds import ROLES
from eventsapp.office.forms import AccountForm, EditAccountForm
from eventsapp.office.views.blueprints import staff_pages
from eventsapp.web.current import actor
from eventsapp.web.guard import require
from eventsapp.web.saving import Answer, saved, shown, tried


@staff_pages.get("/")
@require(Permission.MANAGE_STAFF)
def index() -> str:
    """Everyone with an account."""
    return render_template("office/staff.html", users=accounts.everyone())


@staff_pages.route("/new", methods=["GET", "POST"])
@require(Permission.MANAGE_STAFF)
def new() -> Answer:
    """Make an account; its one-time password is shown once, to be handed over."""
    form = AccountForm()
    return tried(form, lambda: _create(form)) or shown(form, "office/staff_new.html")


def _create(form: AccountForm) -> str:
    email = service.valid_email(form.email.data)
    password = passwords.one_time()
    db.session.rollback()  # nothing is held while the password is hashed
    hashed = passwords.hash_password(password)
    with transaction():
        code = service.create_user(
            email,
            password_hash=hashed,
            display_name=form.display_name.data,
            administrator=form.administrator.data,
            actor=actor(),
            now=clock.now(),
        ).code
    return render_template("office/password.html", user=_known(code), password=password)


@staff_pages.route("/<code>", methods=["GET", "POST"])
@require(Permission.MANAGE_STAFF)
def person(code: str) -> Answer:
    """One colleague: name, roles, ways in."""
    user = _known(code)
    form = EditAccountForm(obj=user)

    def store() -> StaffUser:
        user.display_name = clean(form.display_name.data, limit=200)
        service.set_administrator(user, form.administrator.data, actor=actor(), now=clock.now())
        return user

    if saved(form, store):
        flash(gettext("The account was saved."), "success")
        return redirect(url_for("staff.index"), HTTPStatus.SEE_OTHER)
    user = _known(code)
    titles = queries.titles(entry.event_id for entry in user.event_roles)
    return shown(form, "office/staff_person.html", user=user, titles=titles, role_names=ROLES)


@staff_pages.post("/<code>/password")
@require(Permission.MANAGE_STAFF)
def renew_password(code: str) -> str:
    """A new one-time password for somebody who lost theirs; it is shown once."""
    _known(code)
    password = passwords.one_time()
    db.session.rollback()
    hashed = passwords.hash_password(password)
    with transaction():
        service.set_password(_known(code), hashed, temporary=True, actor=actor(), now=clock.now())
    return render_template("office/password.html", user=_known(code), password=password)


@staff_pages.post("/<code>/active")
@require(Permission.MANAGE_STAFF)
def switch(code: str) -> Response:
    """Close an account, or open it again."""
    wanted = request.form.get("active") == "yes"
    with transaction():
        service.set_active(_known(code), wanted, actor=actor(), now=clock.now())
    flash(gettext("The account is open again.") if wanted else gettext("The account is closed."), "success")
    return redirect(url_for("staff.index"), HTTPStatus.SEE_OTHER)


def _known(code: str) -> StaffUser:
    return accounts.by_code(code) or abort(404)
