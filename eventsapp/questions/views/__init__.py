"""Organisers' pages about the form that guests fill in."""

from eventsapp.questions.views import composing, listing, previewing
from eventsapp.questions.views.blueprint import question_pages

__all__ = ["composing", "listing", "previewing"]

blueprints = (question_pages,)
