"""From a list to a plan: who is added, what changes, who may be somebody known, what is refused.

The dry run shows a plan's report; the real run makes the same plan and writes it. Nothing is written here.

Somebody is known when the reference, or one recorded spelling together with the mail address on this
event's list, says so. A spelling alone is enough only if the organiser chose to match, one person alone is
spelled so, and no other address speaks against it. Everything less is a possible duplicate, which a person
decides; nobody is merged silently.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eventsapp.core.db import LanguageMap
from eventsapp.core.text import N_, fold
from eventsapp.events.models import Event
from eventsapp.events.service import must_be_open
from eventsapp.lists import columns, drafts
from eventsapp.lists.drafts import Draft, Grammar
from eventsapp.lists.enums import Decision, Fate
from eventsapp.lists.known import GuestKnown, Known, categories, look_up, spelling
from eventsapp.lists.reading import Table
from eventsapp.lists.reports import Report, Told
from eventsapp.questions import conditions
from eventsapp.questions import queries as questions
from eventsapp.questions.asked import Asked
from eventsapp.rsvps.enums import GuestState

STEP = 1_000  # rows between two words about the progress
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Choice:
    """What the organiser chose. `decisions`: row → `Decision` or a person's code.

    `matches`: one person of that very spelling is that person. `all_new`: possible duplicates are new people.
    """

    columns: tuple[str, ...]
    category_id: int = 0  # of rows that name none
    matches: bool = False
    all_new: bool = False
    decisions: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Title:
    """A title to be given to a person; `organisation` is an id, or counts new ones from -1 downwards."""

    texts: LanguageMap
    organisation: int | None


@dataclass(slots=True)
class Addition:
    """A guest to add: somebody new, or a person known (then with names and a title to be added)."""

    draft: Draft
    person_id: int = 0
    title_id: int | None = None
    new_title: Title | None = None
    new_names: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Change:
    """What changes of a guest on the list."""

    guest: GuestKnown
    values: dict[str, Any] = field(default_factory=dict)  # columns of the guest
    details: dict[str, str] = field(default_factory=dict)
    answers: dict[int, Any] = field(default_factory=dict)
    new_title: Title | None = None
    new_names: tuple[tuple[str, str], ...] = ()


@dataclass
class Plan:
    """Everything to be written, and its report."""

    event_id: int
    language: str
    known: Known
    report: Report = field(default_factory=Report)
    organisations: list[LanguageMap] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    versions: dict[int, int] = field(default_factory=dict)  # question → version answered


def grammar_of(event: Event, choice: Choice) -> Grammar:
    """What the cells of a list for this event may say."""
    asked = {question.code: question for question in questions.asked(event.id)}
    return Grammar(choice.columns, _language(event), categories(event), choice.category_id, asked)


def make(event: Event, table: Table, choice: Choice, progress: Progress = lambda _: None) -> Plan:
    """The plan for a list; reads and never writes. Refusals are told, not raised, but for a closed event."""
    must_be_open(event)
    grammar = grammar_of(event, choice)
    read = drafts.reader(grammar)
    found: list[Draft] = []
    for row in table.rows:
        found.append(read(row))
        if len(found) % STEP == 0:
            progress(len(found) // 2)
    mails = {draft.email.casefold() for draft in found if draft.email}
    spellings = {spelling(name) for draft in found for name, _ in draft.names}
    persons = {code for code in choice.decisions.values() if code not in set(Decision)}
    known = look_up(event.id, spellings, mails, persons)
    plan = Plan(event.id, grammar.language, known)
    plan.versions = {asked.id: asked.version for asked in grammar.questions.values()}
    planner = _Planner(plan, grammar, choice)
    for number, draft in enumerate(found, 1):
        planner.take(draft)
        if number % STEP == 0:
            progress((len(found) + number) // 2)
    planner.finish(event)
    return plan


def _language(event: Event) -> str:
    return event.languages[0] if event.languages else "en"


class _Planner:
    """Takes one row after the other, remembering those before it."""

    def __init__(self, plan: Plan, grammar: Grammar, choice: Choice) -> None:
        self.plan, self.known, self.report = plan, plan.known, plan.report
        self.grammar, self.choice = grammar, choice
        self.asked = {asked.id: asked for asked in grammar.questions.values()}
        self.rows: dict[tuple[str, str], int] = {}  # (folded name, mail) → row
        self.unmailed: dict[str, int] = {}  # folded name of a row, whatever its mail → row
        self.people: dict[int, int] = {}  # person → row
        self.new_organisations: dict[str, int] = {}  # folded name → its number

    def take(self, draft: Draft) -> None:
        """Decide what becomes of a row."""
        decision = self.choice.decisions.get(draft.row, "")
        if decision == Decision.LEAVE_OUT:
            self.report.add(Told(draft.row, Fate.LEFT_OUT))
        elif draft.fault:
            self._tell(draft.fault)
        else:
            self._known_or_new(draft, decision)

    def _known_or_new(self, draft: Draft, decision: str) -> None:
        person_id, candidates = self._who(draft, decision)
        twin = self._twin(draft)
        decided = person_id is not None or decision == Decision.NEW or self.choice.all_new
        if not decided and (candidates or twin):
            codes = [self.known.codes[id_] for id_ in sorted(candidates) if id_ in self.known.codes]
            self._tell(Told(draft.row, Fate.DUPLICATE, draft.name, people=codes[:10], same_as=twin))
            return
        if person_id and (before := self.people.setdefault(person_id, draft.row)) != draft.row:
            message = N_("This is the same person as in row %(row)s.")
            self._tell(Told(draft.row, Fate.REFUSED, draft.name, message=message, params={"row": before}))
            return
        guest = self.known.guests.get(person_id) if person_id else None
        if fault := self._hindrance(draft, guest):
            self._tell(Told(draft.row, Fate.REFUSED, draft.name, message=fault))
        elif guest:
            self._change(draft, guest)
        else:
            self._add(draft, person_id or 0)

    def _who(self, draft: Draft, decision: str) -> tuple[int | None, set[int]]:
        """The person meant, if that is certain; else whoever it may be."""
        if decision in self.known.ids:
            return self.known.ids[decision], set()
        if draft.reference in self.known.by_code:
            return self.known.by_code[draft.reference].person_id, set()
        named = {person for name, _ in draft.names for person in self.known.by_name.get(spelling(name), ())}
        mailed = {guest.person_id for guest in self.known.by_mail.get(draft.email.casefold(), ())}
        if len(both := named & mailed) == 1:
            return both.pop(), set()
        if self.choice.matches and len(named | mailed) == 1 and named and self._agrees(draft, *named):
            return named.pop(), set()
        return None, named | mailed

    def _agrees(self, draft: Draft, person_id: int) -> bool:
        """Whether the words of the name are the same, and no mail address says that this is somebody else."""
        words = {fold(full) for full in self.known.spellings.get(person_id, ())}
        if words.isdisjoint(fold(name) for name, _ in draft.names):
            return False
        guest = self.known.guests.get(person_id)
        return not (
            guest and guest.email and draft.email and guest.email.casefold() != draft.email.casefold()
        )

    def _twin(self, draft: Draft) -> int:
        """The row before that has the same name, and the same mail address or none; 0 for none."""
        name, mail = spelling(draft.name), draft.email.casefold()
        twin = (
            self.rows.get((name, mail))
            or self.rows.get((name, ""))
            or (0 if mail else self.unmailed.get(name, 0))
        )
        self.rows.setdefault((name, mail), draft.row)
        self.unmailed.setdefault(name, draft.row)
        return twin

    def _hindrance(self, draft: Draft, guest: GuestKnown | None) -> str:
        """Why a row cannot be taken, whoever it is; "" if it can."""
        if guest is None and not (draft.category_id or self.grammar.default_category):
            return N_("This row has no category.")
        if guest and draft.companions is not None and draft.companions < guest.party_size - 1:
            return N_("This guest has named more companions than the list allows.")
        said = self._answers(draft, guest)
        for question_id in draft.answers:
            asked = self.asked[question_id]
            if not (asked.is_for(self._category(draft, guest)) and conditions.holds(asked.condition, said)):
                return N_("The list answers a question that this guest is not asked.")
        texts = draft.organisation.values()
        if len({id_ for text in texts for id_ in self.known.organisations.get(fold(text), ())}) > 1:
            return N_("Two organisations have this name: please merge or rename one, or leave it out.")
        return ""

    def _answers(self, draft: Draft, guest: GuestKnown | None) -> dict[str, Any]:
        given = {**(self.known.answers.get(guest.id, {}) if guest else {}), **draft.answers}
        return {self.asked[id_].code: value for id_, value in given.items() if id_ in self.asked}

    def _category(self, draft: Draft, guest: GuestKnown | None) -> int:
        return draft.category_id or (guest.category_id if guest else self.grammar.default_category)

    def _add(self, draft: Draft, person_id: int) -> None:
        draft.category_id = self._category(draft, None)
        title = self._title(draft)
        addition = Addition(draft, person_id, new_title=title)
        if person_id:
            addition.new_names = self._new_names(draft, person_id)
            addition.title_id = self._held(title, person_id)
            if addition.title_id:
                addition.new_title = None
        else:
            self.report.new_people += 1
        self.plan.additions.append(addition)
        changed = ("names",) if addition.new_names else ()
        people = [self.known.codes[person_id]] if person_id in self.known.codes else []
        self.report.add(
            Told(draft.row, Fate.ADDED, draft.name, changed=changed, people=people), silent=not person_id
        )

    def _change(self, draft: Draft, guest: GuestKnown) -> None:
        change = Change(guest)
        offered = {
            "email": draft.email,
            "category_id": draft.category_id,
            "language": draft.language,
            "badge_name": draft.badge_name,
            "companions_allowed": draft.companions,
        }
        change.values = {
            name: value
            for name, value in offered.items()
            if value not in ("", None, 0) or (name == "companions_allowed" and value == 0)
            if value != getattr(guest, name)
        }
        told = self.known.details.get(guest.id, {})
        change.details = {name: text for name, text in draft.details.items() if text != told.get(name, "")}
        said = self.known.answers.get(guest.id, {})
        change.answers = {id_: value for id_, value in draft.answers.items() if value != said.get(id_)}
        change.new_names = self._new_names(draft, guest.person_id)
        if title := self._title(draft):
            held = self._held(title, guest.person_id)
            if held and held != guest.affiliation_id:
                change.values["affiliation_id"] = held
            change.new_title = None if held else title
        changed = tuple(_meanings(change, self.asked))
        message = ""
        if draft.reply and draft.reply != guest.state:
            message = N_("The reply stays as it is; a changed answer is entered on the guest’s page.")
        if changed:
            self.plan.changes.append(change)
        fate = Fate.CHANGED if changed else Fate.UNCHANGED
        self.report.add(
            Told(draft.row, fate, draft.name, message=message, changed=changed),
            silent=not (changed or message),
        )

    def _title(self, draft: Draft) -> Title | None:
        if not (draft.title or draft.organisation):
            return None
        return Title(draft.title, self._organisation(draft.organisation) if draft.organisation else None)

    def _organisation(self, texts: LanguageMap) -> int:
        for text in texts.values():
            folded = fold(text)
            if folded in self.known.organisations:
                return next(iter(self.known.organisations[folded]))
            if folded in self.new_organisations:
                number = self.new_organisations[folded]
                break
        else:
            self.plan.organisations.append({})
            self.report.new_organisations += 1
            number = len(self.plan.organisations)
        names = self.plan.organisations[number - 1]
        for language, text in texts.items():
            names.setdefault(language, text)
            self.new_organisations.setdefault(fold(text), number)
        return -number

    def _held(self, title: Title | None, person_id: int) -> int | None:
        """The title as the person holds it already."""
        if title is None or (title.organisation or 0) < 0:
            return None
        for held in self.known.titles.get(person_id, ()):
            if held.organisation_id == title.organisation and _same_text(held.title, title.texts):
                return held.id
        return None

    def _new_names(self, draft: Draft, person_id: int) -> tuple[tuple[str, str], ...]:
        recorded = self.known.spellings.get(person_id, set())
        return tuple(name for name in draft.names if name[0] not in recorded)

    def _tell(self, told: Told) -> None:
        self.report.add(told)

    def finish(self, event: Event) -> None:
        """What can be told only of the list as a whole."""
        coming = [addition for addition in self.plan.additions if addition.draft.reply is GuestState.ACCEPTED]
        pools: Sequence[Any] = [event, *event.categories]
        for pool in pools:
            wanted = sum(pool is event or addition.draft.category_id == pool.id for addition in coming)
            left = None if pool.capacity is None else pool.capacity - pool.seats_taken
            if left is not None and wanted > left:
                message = N_("The list has %(wanted)s acceptances, and %(left)s seats are left.")
                self.report.refusals.append((message, {"wanted": wanted, "left": left}))


def _same_text(held: LanguageMap, given: LanguageMap) -> bool:
    if not held and not given:
        return True
    return any(fold(text) == fold(held.get(language, "")) for language, text in given.items()) or (
        bool(held)
        and bool(given)
        and {fold(text) for text in given.values()} <= {fold(text) for text in held.values()}
    )


_MEANINGS = {
    "email": columns.EMAIL,
    "category_id": columns.CATEGORY,
    "language": columns.LANGUAGE,
    "badge_name": columns.BADGE_NAME,
    "companions_allowed": columns.COMPANIONS,
    "affiliation_id": columns.TITLE,
}


def _meanings(change: Change, asked: Mapping[int, Asked]) -> list[str]:
    """What changes, by the meanings of columns."""
    found = [_MEANINGS[name] for name in change.values] + list(change.details)
    found += [f"{columns.ANSWER}.{asked[id_].code}" for id_ in change.answers]
    if change.new_title:
        found.append(columns.TITLE)
    if change.new_names:
        found.append(columns.NAME)
    return found
