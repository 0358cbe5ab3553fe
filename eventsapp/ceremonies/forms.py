"""Forms about instruments, commitments and the order of proceedings. Field names are the services' own."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    IntegerField,
    RadioField,
    SelectField,
    ValidationError,
)
from wtforms.validators import InputRequired, Optional

from eventsapp.ceremonies import life
from eventsapp.ceremonies.enums import AuthorityBasis, CommitmentStatus, InstrumentKind, InstrumentStatus
from eventsapp.ceremonies.models import Commitment, Instrument, Party, Proceeding, Signatory, Witness
from eventsapp.ceremonies.service import (
    CommitmentInput,
    InstrumentInput,
    PartyInput,
    SignatoryInput,
    StepInput,
    WitnessInput,
)
from eventsapp.ceremonies.service.commitments import MOST
from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_
from eventsapp.events.models import Event
from eventsapp.people.forms import PersonField, organisation_choices, titled
from eventsapp.people.models import Affiliation, Organisation, Person
from eventsapp.web.filters import tx_plain
from eventsapp.web.forms import Form, LanguageMapField, LineField, TextField
from eventsapp.web.words import choices

MINOR = 100  # hundredths in a unit of currency


class InstrumentForm(Form):
    """An instrument."""

    title = LanguageMapField(lazy_gettext("Title"), required=True, limit=300)
    kind = SelectField(lazy_gettext("Kind"))
    event = SelectField(lazy_gettext("Signed at"))
    number = LineField(lazy_gettext("Number in the register"), limit=60)
    languages = LineField(lazy_gettext("Languages of the text"))
    originals = IntegerField(lazy_gettext("Number of originals"), [Optional()])
    place = LanguageMapField(lazy_gettext("Place of signing"))
    signed_on = DateField(lazy_gettext("Signed on"), [Optional()])
    duration = LanguageMapField(lazy_gettext("Duration"), limit=300)
    expires_on = DateField(lazy_gettext("Expires on"), [Optional()])
    is_public = BooleanField(lazy_gettext("Shown on the public page of its event"), default=True)
    note = TextField(lazy_gettext("Note for staff"))

    def prepare(self, events: Sequence[Event], *, without: bool, signed: bool) -> "InstrumentForm":
        """Fill in what can be chosen; `without` an event too where whoever asks may edit the register."""
        self._events = {event.slug: event for event in events}
        self.kind.choices = choices(InstrumentKind)
        none = [("", gettext("No event of ours"))] if without else []
        self.event.choices = none + [
            (slug, f"{tx_plain(event.title)} ({event.starts_local:%Y})")
            for slug, event in self._events.items()
        ]
        if not signed:
            del self.signed_on
        return self

    def given(self) -> InstrumentInput:
        """What was entered."""
        tags = (self.languages.data or "").replace(",", " ").split()
        return InstrumentInput(
            kind=InstrumentKind(self.kind.data),
            title=self.title.data,
            event=self._events.get(self.event.data),
            number=self.number.data,
            place=self.place.data,
            languages=tags or None,
            originals=self.originals.data,
            duration=self.duration.data,
            signed_on=self.signed_on.data if "signed_on" in self._fields else None,
            expires_on=self.expires_on.data,
            is_public=self.is_public.data,
            note=self.note.data,
        )


def instrument_data(instrument: Instrument) -> dict[str, Any]:
    """An instrument as its form shows it."""
    same = "title number originals place signed_on duration expires_on is_public note"
    return {
        **{name: getattr(instrument, name) for name in same.split()},
        "kind": instrument.kind.value,
        "event": instrument.event.slug if instrument.event else "",
        "languages": " ".join(instrument.languages or ()),
    }


class StatusForm(Form):
    """Another status of an instrument."""

    status = SelectField(lazy_gettext("New status"), [InputRequired()])
    signed_on = DateField(lazy_gettext("Signed on"), [Optional()])
    on_record = BooleanField(lazy_gettext("The signing is on record, though something of it is not stated"))

    def prepare(self, status: InstrumentStatus) -> "StatusForm":
        """Offer what may follow."""
        self.status.choices = choices(life.following(status))
        if InstrumentStatus.SIGNED not in life.NEXT[status]:
            del self.signed_on
            del self.on_record
        return self

    def given(self) -> dict[str, Any]:
        """What was entered, as the service takes it."""
        status = InstrumentStatus(self.status.data)
        if status is not InstrumentStatus.SIGNED:
            return {"status": status}
        return {"status": status, "signed_on": self.signed_on.data, "on_record": self.on_record.data}


class PartyForm(Form):
    """A party and its style."""

    organisation = SelectField(lazy_gettext("Organisation"), [InputRequired()])
    style = LanguageMapField(lazy_gettext("Style"), required=True)
    style_approval = LineField(lazy_gettext("Approval of the style"), limit=300)

    def prepare(self, organisations: Sequence[Organisation]) -> "PartyForm":
        """Fill in what can be chosen."""
        self._organisations = {known.code: known for known in organisations}
        self.organisation.choices = organisation_choices(organisations, gettext("Please choose"))
        return self

    def given(self) -> PartyInput:
        """What was entered."""
        return PartyInput(
            organisation=self._organisations[self.organisation.data],
            style=self.style.data,
            style_approval=self.style_approval.data,
        )


def party_data(party: Party) -> dict[str, Any]:
    """A party as its form shows it."""
    return {
        "organisation": party.organisation.code,
        "style": party.style,
        "style_approval": party.style_approval,
    }


class NewSignerForm(Form):
    """Who it is; the rest is asked on the next page, where their titles are known."""

    person = PersonField(lazy_gettext("Name"), required=True)

    def somebody(self) -> Person:
        """The person named."""
        if self.person.data is None:
            raise Invalid(N_("Please choose a person."), field="person")
        return self.person.data


class TitleForm(Form):
    """Which of a person's titles applies."""

    affiliation = RadioField(lazy_gettext("Title that applies here"), [Optional()])

    def offer(self, person: Person) -> None:
        """The person's titles, and none."""
        self._titles = {held.code: held for held in person.affiliations}
        self.affiliation.choices = [
            *((code, titled(held)) for code, held in self._titles.items()),
            ("", gettext("None")),
        ]

    def chosen(self) -> Affiliation | None:
        """The title chosen."""
        return self._titles.get(self.affiliation.data or "")


class SignatoryForm(TitleForm):
    """In which capacity and by what authority somebody signs."""

    capacity = LanguageMapField(lazy_gettext("Capacity in the words of the instrument"))
    authority = SelectField(lazy_gettext("Authority to sign"))
    authority_reference = LineField(lazy_gettext("The paper that says so"), limit=300)
    verified = BooleanField(lazy_gettext("The paper was seen and is in order"))

    def prepare(self, person: Person) -> "SignatoryForm":
        """Fill in what can be chosen."""
        self.offer(person)
        self.authority.choices = [("", gettext("Not stated")), *choices(AuthorityBasis)]
        return self

    def given(self, person: Person) -> SignatoryInput:
        """What was entered."""
        return SignatoryInput(
            person=person,
            affiliation=self.chosen(),
            capacity=self.capacity.data,
            authority=AuthorityBasis(self.authority.data) if self.authority.data else None,
            authority_reference=self.authority_reference.data,
            verified=self.verified.data,
        )


def signatory_data(signatory: Signatory) -> dict[str, Any]:
    """A signatory as the form shows them."""
    return {
        "affiliation": signatory.affiliation.code if signatory.affiliation else "",
        "capacity": signatory.capacity,
        "authority": signatory.authority.value if signatory.authority else "",
        "authority_reference": signatory.authority_reference,
        "verified": signatory.authority_verified_at is not None,
    }


class WitnessForm(TitleForm):
    """Under which title, and for whom, somebody is a witness."""

    party = SelectField(lazy_gettext("Stands for"))

    def prepare(self, person: Person, parties: Sequence[Party]) -> "WitnessForm":
        """Fill in what can be chosen."""
        self.offer(person)
        self._parties = {party.organisation.code: party for party in parties}
        self.party.choices = [
            ("", gettext("Nobody in particular")),
            *((code, tx_plain(party.style)) for code, party in self._parties.items()),
        ]
        return self

    def given(self, person: Person) -> WitnessInput:
        """What was entered."""
        return WitnessInput(
            person=person, affiliation=self.chosen(), party=self._parties.get(self.party.data)
        )


def witness_data(witness: Witness) -> dict[str, Any]:
    """A witness as the form shows them."""
    return {
        "affiliation": witness.affiliation.code if witness.affiliation else "",
        "party": witness.party.organisation.code if witness.party else "",
    }


class AreaForm(Form):
    """An area of cooperation."""

    text = LanguageMapField(lazy_gettext("Area of cooperation"), required=True, limit=300)


class StepForm(Form):
    """A step of the order of proceedings."""

    text = LanguageMapField(lazy_gettext("What happens"), required=True, limit=500)
    who = LanguageMapField(lazy_gettext("Who"))
    offset_minutes = IntegerField(lazy_gettext("Minutes from the beginning"), [InputRequired()])
    duration_minutes = IntegerField(lazy_gettext("Minutes it lasts"), [InputRequired()], default=0)

    def given(self) -> StepInput:
        """What was entered."""
        return StepInput(
            text=self.text.data,
            who=self.who.data,
            offset_minutes=self.offset_minutes.data,
            duration_minutes=self.duration_minutes.data,
        )


def step_data(step: Proceeding) -> dict[str, Any]:
    """A step as its form shows it."""
    same = ("text", "who", "offset_minutes", "duration_minutes")
    return {name: getattr(step, name) for name in same}


def an_amount(_: Form, field: DecimalField) -> None:
    """Refuse what no account holds: a figure that is none, or beyond all budgets."""
    amount = field.data
    if amount is not None and not (amount.is_finite() and 0 <= amount <= MOST // MINOR):
        raise ValidationError(gettext("This amount cannot be right."))


class CommitmentForm(Form):
    """A commitment of an instrument, of an event, or of neither."""

    text = LanguageMapField(lazy_gettext("What was promised"), required=True, limit=1000, multiline=True)
    giver = SelectField(lazy_gettext("By whom"))
    recipient = SelectField(lazy_gettext("To whom"))
    area = SelectField(lazy_gettext("Area of cooperation"))
    amount = DecimalField(lazy_gettext("Amount of money"), [Optional(), an_amount], places=2)
    currency = LineField(lazy_gettext("Currency"), limit=3)
    made_on = LineField(lazy_gettext("Promised on"), limit=10)
    due_on = DateField(lazy_gettext("Due on"), [Optional()])
    status = SelectField(lazy_gettext("Status"))
    evidence = TextField(lazy_gettext("What was done, and where that is filed"))
    is_public = BooleanField(lazy_gettext("A public fact: shown on the public page of the event"))

    def prepare(
        self, organisations: Sequence[Organisation], instrument: Instrument | None, event: Event | None
    ) -> "CommitmentForm":
        """Fill in what can be chosen."""
        self._organisations = {known.code: known for known in organisations}
        self._instrument, self._event = instrument, event
        self._areas = {area.code: area for area in instrument.areas} if instrument else {}
        self.giver.choices = self.recipient.choices = organisation_choices(
            organisations, gettext("Not stated")
        )
        self.area.choices = [
            ("", gettext("None")),
            *((code, tx_plain(area.text)) for code, area in self._areas.items()),
        ]
        self.status.choices = choices(CommitmentStatus)
        if not self._areas:
            del self.area
        return self

    def given(self) -> CommitmentInput:
        """What was entered."""
        area = self._areas.get(self.area.data) if "area" in self._fields else None
        return CommitmentInput(
            text=self.text.data,
            giver=self._organisations.get(self.giver.data),
            recipient=self._organisations.get(self.recipient.data),
            instrument=self._instrument,
            area=area,
            event=self._event,
            amount_minor=None if self.amount.data is None else round(self.amount.data * MINOR),
            currency=self.currency.data,
            status=CommitmentStatus(self.status.data),
            due_on=self.due_on.data,
            made_on=self.made_on.data,
            evidence=self.evidence.data,
            is_public=self.is_public.data,
        )


def commitment_data(commitment: Commitment) -> dict[str, Any]:
    """A commitment as its form shows it."""
    same = "text currency made_on due_on evidence is_public"
    amount = commitment.amount_minor
    return {
        **{name: getattr(commitment, name) for name in same.split()},
        "giver": commitment.giver.code if commitment.giver else "",
        "recipient": commitment.recipient.code if commitment.recipient else "",
        "area": commitment.area.code if commitment.area else "",
        "amount": None if amount is None else Decimal(amount) / MINOR,
        "status": commitment.status.value,
    }
