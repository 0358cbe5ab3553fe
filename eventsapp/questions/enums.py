"""Closed lists about questions."""

from enum import StrEnum


class QuestionKind(StrEnum):
    """What sort of answer a question wants."""

    TEXT = "text"
    PARAGRAPH = "paragraph"
    NUMBER = "number"
    YES_NO = "yes-no"
    ONE_OF = "one-of"
    MANY_OF = "many-of"
    DATE = "date"
    TIME = "time"
    COUNTRY = "country"
    PHONE = "phone"
    EMAIL = "email"
    FILE = "file"
    PHOTO = "photo"
    PERSON = "person"


WITH_CHOICES = frozenset({QuestionKind.ONE_OF, QuestionKind.MANY_OF})
WITH_UPLOAD = frozenset({QuestionKind.FILE, QuestionKind.PHOTO})
