"""What kinds of question there are. A new kind is one class in this folder, marked `@kind`; nothing else.

The class says what the kind is called, with which control it is drawn, what its answer must be, how a
stored answer is written into the control again and in words, what it can be compared with in a condition,
and which limits an organiser may set. Forms, pages, conditions, counts and exports ask the class.
"""

from eventsapp.questions.kinds import choosing, contacts, measures, texts, uploads
from eventsapp.questions.kinds.kind import ALL, Control, Kind, Limit, Sent, kind, kind_of, known

__all__ = [
    "ALL",
    "Control",
    "Kind",
    "Limit",
    "Sent",
    "choosing",
    "contacts",
    "kind",
    "kind_of",
    "known",
    "measures",
    "texts",
    "uploads",
]
