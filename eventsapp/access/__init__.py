"""Who may do what: permissions, identities and one policy table.

`permissions.py` lists what can be done, `identity.py` who can ask, `policy.py` answers with
`allows(identity, permission, event_ids)`. Pages, API, templates and commands all ask here.
"""
