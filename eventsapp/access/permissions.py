"""Everything that can be allowed, and the roles it is allowed to."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing that somebody may be allowed to do."""

    # for the whole installation
    ENTER_DESK = "enter-desk"  # the organisers' first page, which shows one's own events
    MANAGE_STAFF = "manage-staff"
    CREATE_EVENTS = "create-events"
    VIEW_DIRECTORY = "view-directory"  # people, organisations, places
    EDIT_DIRECTORY = "edit-directory"
    VIEW_REGISTER = "view-register"  # instruments and commitments, those of one's events and of none
    EDIT_REGISTER = "edit-register"  # those of no event
    VIEW_RECORD = "view-record"  # who did what, outside events
    VIEW_MAIL = "view-mail"
    # for one event
    VIEW_EVENT = "view-event"
    EDIT_EVENT = "edit-event"
    PUBLISH_EVENT = "publish-event"
    EDIT_PROGRAMME = "edit-programme"
    EDIT_CEREMONY = "edit-ceremony"
    EDIT_VISIT = "edit-visit"
    VIEW_GUESTS = "view-guests"
    VIEW_GUEST_DETAILS = "view-guest-details"  # diet, access needs, notes, mail addresses
    EDIT_GUESTS = "edit-guests"
    SEND_INVITATIONS = "send-invitations"
    DECIDE_REPLIES = "decide-replies"  # names on the list, registrations, late answers, substitutes
    ISSUE_BADGES = "issue-badges"
    RUN_DOOR = "run-door"  # checkpoints, devices, live count
    VIEW_EVENT_RECORD = "view-event-record"
    ASSIGN_ROLES = "assign-roles"
    # for a paired device
    SCAN = "scan"


class Role(StrEnum):
    """A member of staff's part in one event (and the events inside it)."""

    ORGANISER = "organiser"
    REGISTRAR = "registrar"
    PROTOCOL = "protocol"
    LIAISON = "liaison"
    DOOR = "door"
    VIEWER = "viewer"
