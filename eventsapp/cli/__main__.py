"""`python -m eventsapp.cli` is `eventsapp`."""

from eventsapp.cli import main

if __name__ == "__main__":
    main(prog_name="eventsapp")
