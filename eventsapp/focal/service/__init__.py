"""What can be done with focal points, by organisers and at the desk. Each belongs in one `transaction()`.

Whatever changes a guest is done by the services of `rsvps/`, under their locks: first the event's row.
A quota's row comes after it, before guests and items.
"""

from eventsapp.focal.service.answering import (
    CompletingInput,
    answer,
    answer_many,
    complete,
    propose_substitute,
    take_back_substitute,
)
from eventsapp.focal.service.entrusting import entrust, entrust_delegation, release
from eventsapp.focal.service.keeping import (
    FocalPointInput,
    close,
    create,
    edit,
    renew_link,
    reopen,
    send_link,
)
from eventsapp.focal.service.naming import LineRefused, name_people, remove

__all__ = [
    "CompletingInput",
    "FocalPointInput",
    "LineRefused",
    "answer",
    "answer_many",
    "close",
    "complete",
    "create",
    "edit",
    "entrust",
    "entrust_delegation",
    "name_people",
    "propose_substitute",
    "release",
    "remove",
    "renew_link",
    "reopen",
    "send_link",
    "take_back_substitute",
]
