"""The command line, `eventsapp …`: one file a command group.

`program.py` is the entry point: it knows the commands that start processes (`run.py`, `serve.py`); all
others are named in the registry and run with the application. Each file is imported when it is called. A
command is an entry point like a view: it takes the time once, wraps one transaction around the service it
calls, and prints. A refusal is one clear sentence on stderr and exit status 1.
"""

from eventsapp.cli.program import main

__all__ = ["main"]
