"""Whether anybody answered a question. Answers belong to a later wing, which says here how to find out."""

from collections.abc import Callable

from eventsapp.questions.models import Question

Answers = Callable[[int], int]

_counts: list[Answers] = []


def counts(answers: Answers) -> Answers:
    """Let a later wing say how many answers there are to the question with an id."""
    if answers not in _counts:
        _counts.append(answers)
    return answers


def answered(question: Question) -> int:
    """How many answers a question has."""
    return sum(count(question.id) for count in _counts)
