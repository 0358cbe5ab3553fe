"""The blueprint of all pages about signing in and accounts."""

from flask import Blueprint

blueprint = Blueprint("security", __name__, url_prefix="/organise")
