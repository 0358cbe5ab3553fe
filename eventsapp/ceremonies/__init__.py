"""Signing ceremonies: the instrument, who signs it for whom, in which order things happen, what was promised.

A signing event has one or more instruments. A party's style is free text that the party approved,
never generated; a signatory's capacity is chosen for the occasion.
"""
