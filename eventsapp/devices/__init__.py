"""Paired scanners: a single-use link gives a device its own token, for one event and some checkpoints.

`service.py` makes links, pairs, recognises and revokes. Link and token are stored as digests; of many who
use one link at once, one succeeds. A device knows nothing but its token: what it may scan is asked anew at
every call (`api/v1/caller.py`).
"""
