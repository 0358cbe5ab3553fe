"""Guests, their invitations and their replies; seats and the waiting list.

A guest is a person at an event. `service/` invites, registers, answers and withdraws, under locks in one
order (`service/locking.py`); `seats.py` is the only place where seats are taken and freed, by one
conditional UPDATE, so that none is ever sold twice. `links.py` makes and resolves personal links,
`messages.py` describes the mails, `roll.py` reads the list for staff. Accepting and leaving are announced
by `signals.py`, to which badges listen; later wings add sections to a guest's pages by `own_page.py`.
"""
