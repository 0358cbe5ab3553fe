"""A plan as rows bound for the driver: everything that can be worked out before the writer's turn."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from eventsapp.core import languages
from eventsapp.core.bulk import Rows
from eventsapp.core.codes import public_codes
from eventsapp.core.db import LanguageMap
from eventsapp.core.languages import pick
from eventsapp.core.maps import searchable
from eventsapp.core.provenance import Source
from eventsapp.core.text import fold
from eventsapp.lists.drafts import Draft
from eventsapp.lists.known import last_positions
from eventsapp.lists.planning import Addition, Plan, Title
from eventsapp.people.enums import NameKind, OrganisationKind
from eventsapp.people.models import Affiliation, Organisation, Person, PersonName
from eventsapp.rsvps.enums import Answer, GuestState, Origin, Recorded
from eventsapp.rsvps.models import Guest

CODE_LENGTH = 12  # so many are drawn at once that shorter ones would meet others
SORT_LIMIT = 200
SAID = {
    GuestState.ACCEPTED: Answer.ACCEPTED.value,
    GuestState.TENTATIVE: Answer.TENTATIVE.value,
    GuestState.DECLINED: Answer.DECLINED.value,
    GuestState.WAITLISTED: Recorded.WAITLISTED.value,
}
_NEVER_INVITED = (GuestState.DRAFT, GuestState.APPROVED, GuestState.WITHDRAWN)
_PERSON = ("id", "code", "display_name", "display_language", "search_text", "sort_key", "languages", "note")
_SOURCED = ("source", "source_reference")
_NAME = ("person_id", "kind", "full", "family", "given", "language", "script", "position", *_SOURCED)
_TITLE = ("id", "person_id", "organisation_id", "code", "title", "position", *_SOURCED)
_ORGANISATION = ("id", "code", "names", "short_names", "kind", "country", "search_text", "sort_key")
_GUEST = (
    "id", "person_id", "affiliation_id", "code", "event_id", "category_id", "email", "language", "origin",
    "state", "party_size", "badge_name", "sort_key", "link_generation", "feed_generation", "revision",
    "invited_at", "replied_at", "waiting_since", "waiting_priority", "waiting_reason", "has_seats",
    "companions_allowed", "reminders_sent", "reminders_off", "created_at", *_SOURCED,
)  # fmt: skip


class Prepared:
    """A plan as rows: whatever begins with ids is still without them."""

    def __init__(self, plan: Plan, now: datetime) -> None:
        self.plan, self.now = plan, now
        self.new = [addition for addition in plan.additions if not addition.person_id]
        self.titled = [addition for addition in plan.additions if addition.new_title]
        self.people = Rows(Person, (*_PERSON, *_SOURCED, "created_at"))
        self.names = Rows(PersonName, _NAME)
        self.titles = Rows(Affiliation, _TITLE)
        self.organisations = Rows(Organisation, (*_ORGANISATION, *_SOURCED, "created_at"))
        self.guests = Rows(Guest, _GUEST)
        self.source = self.people.bound("source", Source.ENTERED)
        count = 3 * len(plan.additions) + len(plan.changes) + len(plan.organisations)
        self.codes = iter(public_codes(count, CODE_LENGTH))
        self.person_rows = [self._person(addition.draft) for addition in self.new]
        self.title_codes = list(islice(self.codes, len(self.titled) + len(plan.changes)))
        self.organisation_rows = [self._organisation(names) for names in plan.organisations]
        self.guest_rows = [self._guest(addition) for addition in plan.additions]
        known = {addition.person_id for addition in plan.additions if addition.person_id}
        self.positions = last_positions(known | {change.guest.person_id for change in plan.changes})

    def _person(self, draft: Draft) -> tuple[Any, ...]:
        name, language = draft.names[0]
        spoken = self.people.bound("languages", [draft.language] if draft.language else [])
        return (
            next(self.codes), name, language, searchable([full for full, _ in draft.names]),
            _sort_key(name), spoken, "", self.source, "", self.people.bound("created_at", self.now),
        )  # fmt: skip

    def _organisation(self, names: LanguageMap) -> tuple[Any, ...]:
        rows = self.organisations
        return (
            next(self.codes), rows.bound("names", names), rows.bound("short_names", {}),
            rows.bound("kind", OrganisationKind.OTHER), "", searchable([*names.values()]),
            _sort_key(pick(names, "en").text), self.source, "", rows.bound("created_at", self.now),
        )  # fmt: skip

    def _guest(self, addition: Addition) -> tuple[Any, ...]:
        draft, plan, rows = addition.draft, self.plan, self.guests
        state = draft.reply or GuestState.DRAFT
        now = rows.bound("created_at", self.now)
        replied = state in SAID
        return (
            next(self.codes), plan.event_id, draft.category_id, draft.email,
            draft.language or plan.language, rows.bound("origin", Origin.IMPORTED),
            rows.bound("state", state), 1, draft.badge_name, _sort_key(draft.name), 1, 1, int(replied),
            None if state in _NEVER_INVITED else now, now if replied else None,
            now if state is GuestState.WAITLISTED else None, 0, "",
            rows.bound("has_seats", state is GuestState.ACCEPTED), draft.companions or 0, 0,
            rows.bound("reminders_off", False), now, self.source, "",
        )  # fmt: skip

    def name_rows(
        self, person_id: int, names: Iterable[tuple[str, str]], first: int
    ) -> Iterator[tuple[Any, ...]]:
        """Rows of a person's names from that position on."""
        for position, (full, language) in enumerate(names, first):
            script = languages.language_and_script(language)[1] if language else ""
            kind = self.names.bound("kind", _kind(position, full))
            yield person_id, kind, full, "", "", language, script, position, self.source, ""

    def title_row(
        self, id_: int, person_id: int, title: Title, code: str, position: int, new: Sequence[int]
    ) -> tuple[Any, ...]:
        """The row of a title; `new` are the ids of the organisations that the plan adds."""
        at = title.organisation
        organisation_id = new[-at - 1] if at is not None and at < 0 else at
        texts = self.titles.bound("title", title.texts)
        return id_, person_id, organisation_id, code, texts, position, self.source, ""


def _sort_key(name: str) -> str:
    return (fold(name) or name.casefold())[:SORT_LIMIT]


def _kind(position: int, full: str) -> NameKind:
    """What a further name is for, as far as its script tells."""
    if position == 0:
        return NameKind.PREFERRED
    return NameKind.TRANSCRIPTION if full.isascii() else NameKind.VARIANT
