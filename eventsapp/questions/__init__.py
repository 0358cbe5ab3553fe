"""The organiser's own questions: sections, kinds, choices with limits, conditions, versions, retention.

Organisers compose an event's form (`service/`, `views/`). What a kind of question is, one class in `kinds/`
says; when a question is asked, `conditions.py`; a form that asks them inherits `forms.Asking`, which draws
and checks them everywhere alike. Files are written anew by `uploads.py`. What guests answered belongs to
`rsvps/` (`service/answering.py`), which keeps with each answer the version of the question it answers.
"""
