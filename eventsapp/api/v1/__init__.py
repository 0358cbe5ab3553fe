"""Version 1 of the API. `wiring.py` puts it into the application; each other file is one resource."""
