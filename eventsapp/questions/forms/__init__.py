"""Questions as fields of a form, and the forms in which organisers write questions."""

from eventsapp.questions.forms.asking import Asking, attributes, filled
from eventsapp.questions.forms.wording import condition_words, words_of

__all__ = ["Asking", "attributes", "condition_words", "filled", "words_of"]
