"""Forms of the badge pages."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice

from eventsapp.web.forms import Form, LineField

SHEET_CHOICES = (
    SelectChoice("a4-8", (_l("A4, eight badges"), _l("90 × 60 mm, for clip-on holders, to cut"))),
    SelectChoice("a4-10", (_l("A4, ten badges"), _l("90 × 54 mm, of business-card height, to cut"))),
    SelectChoice("a6", (_l("A6"), _l("105 × 148 mm, for lanyard wallets"))),
    SelectChoice("card", (_l("Plastic card"), _l("85.6 × 54 mm, for card printers"))),
    SelectChoice("label", (_l("Label"), _l("100 × 62 mm, for label printers at the door"))),
)


class PrintForm(Form):
    """Which sheet, and whether what was printed already is left out."""

    sheet = RadioField(_l("Sheet"), choices=SHEET_CHOICES, default="a4-8")
    only_new = BooleanField(_l("Only badges that are new or changed since they were printed"), default=True)


class ReasonForm(Form):
    """Why a badge is revoked or reissued; shown to colleagues only."""

    reason = LineField(_l("Reason"), limit=300)
