"""The Flask-bound foundation: guard, forms, locale, filters, errors, headers, cached pages.

Wings' views use it; nothing below a view does.
"""
