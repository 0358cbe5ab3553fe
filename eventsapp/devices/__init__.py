"""Paired scanners: a single-use link gives a device its own token, for one event and some checkpoints."""
