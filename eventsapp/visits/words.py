"""The words for the closed lists about visits."""

from eventsapp.core.text import N_
from eventsapp.visits.enums import MemberFunction, VisitCategory
from eventsapp.web.words import spell


def init_app(_app: object) -> None:
    """Announce them."""
    spell(
        {
            VisitCategory.STATE: N_("State visit"),
            VisitCategory.OFFICIAL: N_("Official visit"),
            VisitCategory.WORKING: N_("Working visit"),
            VisitCategory.STUDY: N_("Study visit"),
            VisitCategory.COURTESY: N_("Courtesy visit"),
            VisitCategory.TRANSIT: N_("Transit"),
            VisitCategory.PRIVATE: N_("Private visit"),
        }
    )
    spell(
        {
            MemberFunction.PRINCIPAL: N_("Principal"),
            MemberFunction.OFFICIAL: N_("Official"),
            MemberFunction.ADVISER: N_("Adviser"),
            MemberFunction.SPOUSE: N_("Spouse"),
            MemberFunction.SECURITY: N_("Security"),
            MemberFunction.INTERPRETER: N_("Interpreter"),
            MemberFunction.MEDIA: N_("Media"),
            MemberFunction.ADVANCE: N_("Advance party"),
            MemberFunction.AIDE: N_("Aide"),
        }
    )
