"""The organiser's own questions: sections, kinds, choices with limits, conditions, versions, retention.

An event's form is composed here and rendered and validated by WTForms in one place (`forms.py`). What guests
answered belongs to `rsvps/`, which keeps with each answer the version of the question it answers.
"""
