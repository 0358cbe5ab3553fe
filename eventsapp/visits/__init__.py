"""Delegation visits: who invited, who hosts, who plans and who pays; the delegations and their members.

The itinerary is the event's programme (`programme/`), for all, for a group or for named people.
"""
