"""The form as guests of any category read it, in any language; nothing is stored."""

from flask import flash, render_template, request
from flask_babel import gettext
from markupsafe import Markup

from eventsapp.access.permissions import Permission
from eventsapp.events import queries as events
from eventsapp.events.desk import for_event
from eventsapp.events.models import Category, Event
from eventsapp.questions import queries
from eventsapp.questions.forms import Asking, attributes
from eventsapp.questions.views.blueprint import question_pages
from eventsapp.web import locale


@question_pages.route("/preview", methods=["GET", "POST"])
@for_event(Permission.EDIT_EVENT)
def preview(event: Event) -> str | tuple[str, int]:
    """Drawn and, when it is tried out, checked by the form that guests get."""
    categories = events.categories(event)
    category = next((one for one in categories if one.code == request.args.get("category")), None)
    category = category or (categories[0] if categories else None)
    tags = [*dict.fromkeys([*event.languages, locale.tag()])]
    wanted = request.args.get("language", "")
    tag = wanted if wanted in tags else tags[0]
    with locale.read_in(tag):
        form = _form(event, category)
        tried = form.is_submitted()
        fine = tried and form.validate()
        drawn = Markup(render_template("questions/_preview.html", form=form, event=event))  # noqa: S704 -- ours
    if fine:
        flash(gettext("A guest could send this. Nothing was stored."), "success")
    page = render_template(
        "questions/preview.html",
        event=event,
        form=form,
        drawn=drawn,
        categories=categories,
        category=category,
        tags=tags,
        tag=tag,
    )
    return (page, 422) if tried and not fine else page


def _form(event: Event, category: Category | None) -> Asking:
    asked = queries.asked(event.id)
    made = type("Preview", (Asking,), attributes(asked, category.id if category else 0, {}, shows=True))
    form: Asking = made()
    return form
