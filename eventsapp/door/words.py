"""What the door says, in words: for the scanner's screen and for the organiser's list."""

from collections.abc import Mapping
from enum import Enum

from eventsapp.core.text import N_
from eventsapp.door.enums import Cause, Direction, Method, Outcome
from eventsapp.web.words import spell

OUTCOMES: Mapping[Enum, str] = {
    Outcome.ADMITTED: N_("Admitted"),
    Outcome.ALREADY_IN: N_("Already in"),
    Outcome.LEFT: N_("Left"),
    Outcome.REFUSED: N_("Refused"),
}

CAUSES: Mapping[Enum, str] = {
    Cause.UNREADABLE: N_("This is not a badge code."),
    Cause.FORGED: N_("This code is not genuine."),
    Cause.UNKNOWN: N_("There is no such badge."),
    Cause.WRONG_EVENT: N_("This badge is for another event."),
    Cause.REVOKED: N_("This badge was revoked."),
    Cause.REPLACED: N_("A newer badge has replaced this one."),
    Cause.NOT_COMING: N_("This guest has not accepted, or no longer comes."),
    Cause.EVENT_CANCELLED: N_("The event is cancelled."),
    Cause.NOT_YET_VALID: N_("This badge is not valid yet."),
    Cause.EXPIRED: N_("This badge is no longer valid."),
    Cause.ZONE_NOT_GRANTED: N_("This badge does not open this door."),
    Cause.NOT_YET_OPEN: N_("This door is not open yet."),
    Cause.CLOSED: N_("This door is closed."),
    Cause.FULL: N_("There is no room left."),
    Cause.NOT_INSIDE: N_("This guest is not inside."),
    Cause.WRONG_CHECKPOINT: N_("This device does not belong to this checkpoint."),
}

# What the steward does next.
ADVICE: Mapping[Enum, str] = {
    Cause.UNREADABLE: N_("Hold the badge still, in better light, or type its short code."),
    Cause.FORGED: N_("Keep the guest here and call the supervisor."),
    Cause.UNKNOWN: N_("Check the code, or look for the guest by name."),
    Cause.WRONG_EVENT: N_("Look for the guest by name; they may be on this list too."),
    Cause.REVOKED: N_("Send the guest to the information desk."),
    Cause.REPLACED: N_("Ask for the new badge: in the latest mail, or at the information desk."),
    Cause.NOT_COMING: N_("Send the guest to the information desk."),
    Cause.EVENT_CANCELLED: N_("Send the guest to the information desk."),
    Cause.NOT_YET_VALID: N_("Valid from %(time)s."),
    Cause.EXPIRED: N_("It was valid until %(time)s."),
    Cause.ZONE_NOT_GRANTED: N_("Show the guest the way to: %(places)s."),
    Cause.NOT_YET_OPEN: N_("It opens at %(time)s."),
    Cause.CLOSED: N_("It closed at %(time)s."),
    Cause.FULL: N_("Let the next guest in when somebody has left."),
    Cause.NOT_INSIDE: N_("The guest may go; nothing is counted."),
    Cause.WRONG_CHECKPOINT: N_("Choose the checkpoint where you stand."),
}

STANDINGS: Mapping[str, str] = {
    "expected": N_("Expected"),
    "no_badge": N_("No badge yet: information desk"),
    "suspended": N_("No longer coming"),
    "revoked": N_("Badge revoked: information desk"),
    "draft": N_("Not invited yet"),
    "approved": N_("Approved, not invited yet"),
    "invited": N_("Has not answered"),
    "unconfirmed": N_("Has not confirmed the registration"),
    "submitted": N_("Registration to be decided"),
    "asked": N_("Asked for more"),
    "refused": N_("Registration declined"),
    "tentative": N_("Answered: perhaps"),
    "declined": N_("Has declined"),
    "waitlisted": N_("On the waiting list"),
    "offered": N_("A seat is offered"),
    "represented": N_("Represented by somebody"),
    "withdrawn": N_("Invitation withdrawn"),
}

# Everything else that the scanner says by itself.
SCANNER: Mapping[str, str] = {
    "already_where": N_("%(name)s came in at %(time)s, %(checkpoint)s (%(device)s)."),
    "already_next": N_("Compare the name with the person. If it is somebody else, call the supervisor."),
    "admitted_next": N_("Welcome."),
    "left_next": N_("Goodbye."),
    "no_other_door": N_("Send the guest to the information desk."),
    "online": N_("Connected"),
    "offline": N_("No connection"),
    "unchecked": N_("Not checked"),
    "unchecked_why": N_("The server did not answer, so nobody knows yet whether this badge opens the door."),
    "unchecked_next": N_("Check the network, then try again. Until then decide by your paper list."),
    "checking": N_("Checking…"),
    "clock": N_("This device’s clock is wrong by %(minutes)s minutes. Scans are corrected; please set it."),
    "no_camera": N_("The camera cannot be used. Type the short code or look for the name."),
    "camera_denied": N_("The camera is not allowed. Allow it in the browser’s settings for this page."),
    "camera": N_("Camera %(number)s"),
    "nobody_found": N_("Nobody of that name is on the list."),
    "search_failed": N_("The list cannot be reached just now."),
    "unpaired": N_("This device is no longer paired. Ask the organiser for a new pairing link."),
    "pairing_failed": N_("This link has been used or is no longer valid. Ask the organiser for a new one."),
}  # fmt: skip


def init_app(_app: object) -> None:
    """Announce the words of closed lists."""
    spell({**OUTCOMES, **CAUSES})
    spell({Direction.IN: N_("In"), Direction.OUT: N_("Out")})
    spell(
        {
            Method.CAMERA: N_("Camera"),
            Method.WEDGE: N_("Hand scanner"),
            Method.TYPED: N_("Typed"),
            Method.SEARCH: N_("By name"),
        }
    )
