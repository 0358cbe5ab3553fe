"""Summits, signing ceremonies and delegation visits on one graph of people.

The package exports the application factory and nothing else; `app.py` shows how the house is put
together, `registry.py` lists its wings, and each wing's docstring tells its story.
"""

from eventsapp.app import create_app

__all__ = ["create_app"]
