"""People, the organisations they belong to, and the titles they hold.

A person is one person however many names, spellings and scripts are recorded, and however many
posts they hold; which title applies is chosen where the person appears. Start at `service.py`
(create, rename, affiliate) and `queries.py` (search over every recorded spelling).
"""
