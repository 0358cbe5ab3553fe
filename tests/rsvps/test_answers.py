"""What guests answer to the organiser's questions: kept, hidden, limited, shown to the right people."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsapp.access.identity import SYSTEM, Actor, ActorKind
from eventsapp.access.permissions import Role
from eventsapp.core.config import Settings
from eventsapp.core.db import db
from eventsapp.core.tokens import Purpose
from eventsapp.events.models import Event
from eventsapp.questions import queries as questions
from eventsapp.questions import service as composing
from eventsapp.questions import uploads
from eventsapp.questions.full import ChoiceFull
from eventsapp.questions.models import Choice, Question
from eventsapp.questions.service import ChoiceInput
from eventsapp.rsvps import answers as reading
from eventsapp.rsvps import links, retention, service
from eventsapp.rsvps.enums import Answer, Channel, ProposalKind
from eventsapp.rsvps.models import ChoiceSeat, Guest, GuestAnswer, Proposal, Upload
from eventsapp.rsvps.service import answering, proposals, uploading, wanted
from tests.factories.events import make_category, make_event, make_public_event
from tests.factories.people import NOW
from tests.factories.questions import (
    codes,
    if_yes,
    make_question,
    make_section,
    picture,
    question_input,
)
from tests.factories.rsvps import answer, make_accepted, make_invited
from tests.support.clients import Client
from tests.support.statements import counted

pytestmark = pytest.mark.usefixtures("db_session", "clock")


@pytest.fixture
def event(db_session: object) -> Event:
    made = make_event(published=True)
    make_category(made)
    return made


def values(guest: Guest) -> dict[str, Any]:
    """What is stored of a guest's answers, by question code."""
    rows = db.session.scalars(select(GuestAnswer).where(GuestAnswer.guest_id == guest.id))
    return {row.question.code: row.value["is"] for row in rows}


def invitation(guest: Guest, settings: Settings) -> str:
    return links.path(settings, guest, Purpose.INVITATION)


def own_page(guest: Guest, settings: Settings) -> str:
    return links.path(settings, guest, Purpose.OWN_PAGE)


@pytest.fixture
def settings(app: Flask) -> Settings:
    found: Settings = app.extensions["settings"]
    return found


def test_answer_keeps_the_version_that_was_asked(event: Event) -> None:
    question = make_question(event)
    guest = make_invited(event)
    answer(guest, Answer.ACCEPTED, answers={question.code: "CI 62"})
    composing.edit_question(question, question_input(label="Which flight?"), actor=SYSTEM, now=NOW)
    assert question.version == 2
    row = db.session.scalars(select(GuestAnswer)).one()
    assert (row.version, row.value) == (1, {"is": "CI 62"})
    (told,) = reading.of_guest(guest)
    assert told.then == {"en": "When do you arrive?"}
    answer(guest, Answer.ACCEPTED, answers={question.code: "BR 88"})
    assert reading.of_guest(guest)[0].then is None


def test_same_answers_again_change_nothing(event: Event) -> None:
    question = make_question(event)
    guest = make_invited(event)
    assert answer(guest, Answer.ACCEPTED, answers={question.code: "CI 62"}).changed
    assert not answer(guest, Answer.ACCEPTED, answers={question.code: "CI 62"}).changed
    assert answer(guest, Answer.ACCEPTED, answers={question.code: None}).changed
    assert values(guest) == {}


def test_what_is_not_asked_is_not_stored(event: Event) -> None:
    shuttle = make_question(event, "yes-no", "A shuttle?")
    hotel = make_question(event, "text", "Which hotel?", condition=if_yes(shuttle), required=True)
    press = make_category(event, "P", "Press")
    pen = make_question(event, "text", "For which paper?", categories=[press])
    guest = make_invited(event)
    given = {shuttle.code: False, hotel.code: "Grand", pen.code: "Times"}
    answer(guest, Answer.ACCEPTED, answers=given)
    assert values(guest) == {shuttle.code: False}
    answer(guest, Answer.ACCEPTED, answers={**given, shuttle.code: True})
    assert values(guest) == {shuttle.code: True, hotel.code: "Grand"}
    answer(guest, Answer.ACCEPTED, answers={shuttle.code: False})
    assert values(guest) == {shuttle.code: False}


def test_another_category_forgets_what_it_is_not_asked(event: Event) -> None:
    press = make_category(event, "P", "Press")
    paper = make_question(
        event, "one-of", "Which pool?", choices=[("First row", 1), "Second row"], categories=[press]
    )
    everybody = make_question(event, label="When do you arrive?")
    guest = make_invited(event, category=press)
    known = codes(paper)
    answer(guest, Answer.ACCEPTED, answers={paper.code: known["First row"], everybody.code: "at noon"})
    assert taken(paper)["First row"] == 1
    given = service.GuestInput(category=event.categories[0], email=guest.email, language=guest.language)
    service.change_guest(guest, given, actor=SYSTEM, now=NOW)
    assert values(guest) == {everybody.code: "at noon"}
    assert taken(paper)["First row"] == 0


def test_answers_left_out_stay_as_they_were(event: Event) -> None:
    one, two = make_question(event), make_question(event, label="And when do you leave?")
    guest = make_invited(event)
    answer(guest, Answer.ACCEPTED, answers={one.code: "a", two.code: "b"})
    answer(guest, Answer.ACCEPTED, answers={two.code: "c"})
    assert values(guest) == {one.code: "a", two.code: "c"}


def taken(question: Question) -> dict[str, int]:
    db.session.expire_all()
    return {choice.label["en"]: choice.seats_taken for choice in question.choices}


def test_places_of_choices_follow_the_answer(event: Event) -> None:
    hotel = make_question(event, "one-of", "Hotel", choices=[("Grand", 2), ("Small", None)])
    known = codes(hotel)
    guest = make_invited(event)
    answer(guest, Answer.ACCEPTED, answers={hotel.code: known["Grand"]})
    assert taken(hotel) == {"Grand": 1, "Small": 0}
    answer(guest, Answer.ACCEPTED, answers={hotel.code: known["Small"]})
    assert taken(hotel) == {"Grand": 0, "Small": 1}
    answer(guest, Answer.DECLINED)
    assert taken(hotel) == {"Grand": 0, "Small": 0}
    assert values(guest) == {hotel.code: known["Small"]}
    answer(guest, Answer.ACCEPTED)
    assert taken(hotel) == {"Grand": 0, "Small": 1}


def test_full_choice_is_refused_and_names_what_is_free(event: Event) -> None:
    tour = make_question(event, "many-of", "Tours", choices=[("Harbour", 1), ("Market", 1), ("Museum", None)])
    known = codes(tour)
    answer(make_invited(event, "First"), Answer.ACCEPTED, answers={tour.code: [known["Harbour"]]})
    late = make_invited(event, "Second")
    db.session.commit()
    with pytest.raises(ChoiceFull) as refused:
        answer(late, Answer.ACCEPTED, answers={tour.code: [known["Harbour"], known["Market"]]})
    assert refused.value.option.label == {"en": "Harbour"}
    assert [option.label["en"] for option in refused.value.free] == ["Market", "Museum"]
    db.session.rollback()
    assert taken(tour) == {"Harbour": 1, "Market": 0, "Museum": 0}


def test_who_moves_up_gets_the_places_that_are_left(event: Event) -> None:
    event.capacity = 1
    tour = make_question(event, "one-of", "Tour", choices=[("Harbour", 2), ("Market", None)])
    known = codes(tour)
    seated = make_invited(event, "First")
    answer(seated, Answer.ACCEPTED, answers={tour.code: known["Harbour"]})
    waiting = make_invited(event, "Second")
    answer(waiting, Answer.ACCEPTED, answers={tour.code: known["Harbour"]})
    assert taken(tour)["Harbour"] == 1
    choice = db.session.scalars(select(Choice).where(Choice.code == known["Harbour"])).one()
    answer(seated, Answer.DECLINED)
    assert taken(tour)["Harbour"] == 1
    assert values(waiting) == {tour.code: known["Harbour"]}
    assert db.session.get(ChoiceSeat, (waiting.id, choice.id)) is not None


def test_place_lost_while_waiting_is_asked_for_again(event: Event) -> None:
    tour = make_question(event, "one-of", "Tour", choices=[("Harbour", 1), ("Market", None)], required=True)
    known = codes(tour)
    guest = make_invited(event, "First")
    answer(guest, Answer.ACCEPTED, answers={tour.code: known["Harbour"]})
    answer(guest, Answer.TENTATIVE)
    answer(make_invited(event, "Second"), Answer.ACCEPTED, answers={tour.code: known["Harbour"]})
    answer(guest, Answer.ACCEPTED)
    assert taken(tour) == {"Harbour": 1, "Market": 0}
    assert values(guest) == {}
    assert [question.code for question in reading.missing(guest, event)] == [tour.code]


def test_invitation_asks_checks_and_stores(client: Client, event: Event, settings: Settings) -> None:
    make_section(event, "On the way")
    shuttle = make_question(event, "yes-no", "Do you need a shuttle?", required=True)
    hotel = make_question(
        event, "one-of", "From which hotel?", choices=[("Grand", 1), "Small"],
        required=True, condition=if_yes(shuttle),
    )  # fmt: skip
    phone = make_question(event, "phone", "Whom may we call?", limits={"region": "TW"})
    guest = make_invited(event)
    address, known = invitation(guest, settings), codes(hotel)
    page = client.get(address).text
    assert "Do you need a shuttle?" in page
    assert "“Do you need a shuttle?” is “Yes”" in page
    assert "one place left" in page
    sent = {"answer": "accepted", f"q_{shuttle.code}": "yes", f"q_{phone.code}": "12"}
    refused = client.post(address, data=sent)
    assert refused.status_code == 422
    assert "Please answer this question." in refused.text
    assert "Please give a telephone number" in refused.text
    assert values(guest) == {}
    sent |= {f"q_{hotel.code}": known["Grand"], f"q_{phone.code}": "02 2345 6789"}
    assert client.post(address, data=sent).status_code == 303
    assert values(guest) == {shuttle.code: True, hotel.code: known["Grand"], phone.code: "+886223456789"}


def test_who_does_not_come_is_asked_nothing_and_who_hesitates_may_leave_it_open(
    client: Client, event: Event, settings: Settings
) -> None:
    question = make_question(event, required=True)
    guest = make_invited(event)
    address = invitation(guest, settings)
    assert client.post(address, data={"answer": "accepted"}).status_code == 422
    declined = {"answer": "declined", f"q_{question.code}": "kept to myself"}
    assert client.post(address, data=declined).status_code == 303
    assert values(guest) == {}
    assert client.post(address, data={"answer": "tentative"}).status_code == 303


def test_forwarded_link_shows_no_answer_and_keeps_it(
    app: Flask, client: Client, event: Event, settings: Settings
) -> None:
    question = make_question(event, required=True)
    guest = make_invited(event)
    address = invitation(guest, settings)
    client.post(address, data={"answer": "accepted", f"q_{question.code}": "CI 62 from Kyiv"})
    assert "CI 62 from Kyiv" in client.get(address).text
    assert "CI 62 from Kyiv" in client.get(own_page(guest, settings)).text
    other = app.test_client()
    seen = other.get(address).text
    assert "CI 62 from Kyiv" not in seen
    other.post(address, data={"answer": "accepted", f"q_{question.code}": ""})
    form = answering.standing(guest.id).by_code(questions.asked(event.id))
    assert form == {question.code: "CI 62 from Kyiv"}


def test_full_choice_is_refused_at_its_field_and_nothing_is_lost(
    client: Client, event: Event, settings: Settings
) -> None:
    tour = make_question(event, "one-of", "Tour", choices=[("Harbour", 1), ("Market", 4)])
    text = make_question(event, "paragraph", "Anything else?")
    known = codes(tour)
    answer(make_invited(event, "First"), Answer.ACCEPTED, answers={tour.code: known["Harbour"]})
    guest = make_invited(event, "Second")
    sent = {"answer": "accepted", f"q_{tour.code}": known["Harbour"], f"q_{text.code}": "I come by train"}
    refused = client.post(invitation(guest, settings), data=sent)
    assert refused.status_code == 422
    assert "“Harbour” is full. Still free: Market." in refused.text
    assert "I come by train" in refused.text
    assert values(guest) == {}
    assert db.session.get_one(Guest, guest.id).replied_at is None


def test_photo_is_written_anew_kept_over_a_refusal_and_served_as_attachment(
    client: Client, event: Event, settings: Settings, staff: Callable[..., Client]
) -> None:
    photo = make_question(event, "photo", "A photo for your badge", required=True)
    name = make_question(event, "text", "Name of your office", required=True)
    guest = make_invited(event)
    address = invitation(guest, settings)
    sent = {"answer": "accepted", f"q_{photo.code}": (io.BytesIO(picture((3000, 100))), "../../me.png")}
    refused = client.post(address, data=sent, content_type="multipart/form-data")
    assert refused.status_code == 422
    assert "The file that you sent is kept" in refused.text
    kept = db.session.scalars(select(Upload)).one()
    assert kept.media_type == "image/jpeg"
    again = {"answer": "accepted", f"q_{photo.code}-kept": kept.code, f"q_{name.code}": "Protocol"}
    assert client.post(address, data=again).status_code == 303
    assert values(guest) == {photo.code: kept.code, name.code: "Protocol"}
    served = client.get(f"{own_page(guest, settings)}/files/{kept.code}")
    assert served.status_code == 200
    assert served.headers["Content-Disposition"] == "attachment; filename=me.jpg"
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in served.headers["Content-Security-Policy"]
    assert served.data.startswith(b"\xff\xd8\xff")
    path = f"/organise/events/{event.slug}/guests/{guest.code}/files/{kept.code}"
    assert staff(role=Role.REGISTRAR, event=event).get(path).status_code == 200
    assert staff(role=Role.VIEWER, event=event).get(path).status_code == 403


def test_somebody_elses_file_is_nobodys_answer(client: Client, event: Event, settings: Settings) -> None:
    photo = make_question(event, "photo", "A photo")
    first, second = make_invited(event, "First"), make_invited(event, "Second")
    sent = {"answer": "accepted", f"q_{photo.code}": (io.BytesIO(picture()), "me.png")}
    client.post(invitation(first, settings), data=sent, content_type="multipart/form-data")
    theirs = db.session.scalars(select(Upload)).one()
    stolen = {"answer": "accepted", f"q_{photo.code}-kept": theirs.code}
    refused = client.post(invitation(second, settings), data=stolen)
    assert refused.status_code == 422
    assert "Please choose the file once more." in refused.text
    other = client.get(f"{own_page(second, settings)}/files/{theirs.code}")
    assert other.status_code == 404


def test_another_photo_replaces_the_first_and_it_can_be_deleted(
    client: Client, event: Event, settings: Settings
) -> None:
    photo = make_question(event, "photo", "A photo")
    guest = make_invited(event)
    address, field = invitation(guest, settings), f"q_{photo.code}"
    for number in (1, 2):
        sent = {"answer": "accepted", field: (io.BytesIO(picture((40 + number, 30))), f"{number}.png")}
        assert client.post(address, data=sent, content_type="multipart/form-data").status_code == 303
    assert [upload.name for upload in db.session.scalars(select(Upload))] == ["2.jpg"]
    assert client.post(address, data={"answer": "accepted"}).status_code == 303
    assert len(values(guest)) == 1
    assert client.post(address, data={"answer": "accepted", f"{field}-remove": "1"}).status_code == 303
    assert values(guest) == {}
    assert db.session.scalars(select(Upload)).all() == []


def test_registration_asks_its_category(client: Client, settings: Settings) -> None:
    event = make_public_event(registration_open=True)
    make_category(event, for_registration=True)
    press = make_category(event, "P", "Press")
    office = make_question(event, "text", "Which office?", required=True)
    make_question(event, "text", "Which paper?", categories=[press])
    address = f"/events/{event.slug}/register"
    page = client.get(address).text
    assert "Which office?" in page
    assert "Which paper?" not in page
    sent = {"name": "Ada Example", "email": "ada@example.org", "language": "en"}
    assert client.post(address, data=sent).status_code == 422
    assert client.post(address, data={**sent, f"q_{office.code}": "Protocol"}).status_code == 303
    guest = db.session.scalars(select(Guest)).one()
    assert values(guest) == {office.code: "Protocol"}


def test_full_choice_is_refused_to_known_and_unknown_addresses_alike(client: Client) -> None:
    event = make_public_event(registration_open=True)
    category = make_category(event, for_registration=True)
    tour = make_question(event, "one-of", "Tour", choices=[("Harbour", 0), "Market"])
    make_accepted(event, "Known", category=category, email="known@example.org")
    for email in ("known@example.org", "new@example.org"):
        sent = {"name": "A", "email": email, "language": "en", f"q_{tour.code}": codes(tour)["Harbour"]}
        answered = client.post(f"/events/{event.slug}/register", data=sent)
        assert (answered.status_code, "is full" in answered.text) == (422, True)


def test_staff_enter_answers_and_read_them_by_permission(event: Event, staff: Callable[..., Client]) -> None:
    question = make_question(event, required=True)
    guest = make_invited(event)
    desk = staff(role=Role.REGISTRAR, event=event)
    path = f"/organise/events/{event.slug}/guests/{guest.code}"
    sent = {"answer": "accepted", "channel": "phone", f"q_{question.code}": "at noon"}
    assert desk.post(f"{path}/reply", data={**sent, f"q_{question.code}": ""}).status_code == 422
    assert desk.post(f"{path}/reply", data=sent).status_code == 303
    assert values(guest) == {question.code: "at noon"}
    assert "at noon" in desk.get(path).text
    assert "at noon" in desk.get(f"{path}/reply").text
    viewer = staff(role=Role.VIEWER, event=event)
    assert "at noon" not in viewer.get(path).text


def test_counts_of_choices_tell_who_comes(event: Event, staff: Callable[..., Client]) -> None:
    tour = make_question(event, "many-of", "Tours", choices=["Riverside", "Market"])
    known = codes(tour)
    for number, picked in enumerate((["Riverside"], ["Riverside", "Market"])):
        guest = make_invited(event, f"Guest {number}")
        answer(guest, Answer.ACCEPTED, answers={tour.code: [known[name] for name in picked]})
    hesitating = make_invited(event, "Guest 3")
    answer(hesitating, Answer.TENTATIVE, answers={tour.code: [known["Market"]]})
    (counted,) = reading.counts(event)
    assert (counted.answers, counted.coming) == (3, 2)
    assert counted.choices == {known["Riverside"]: (2, 2), known["Market"]: (2, 1)}
    page = staff(role=Role.REGISTRAR, event=event).get(f"/organise/events/{event.slug}/guests/answers")
    assert "Riverside" in page.text
    plain = staff(role=Role.VIEWER, event=event)
    assert "Riverside" not in plain.get(f"/organise/events/{event.slug}/guests/answers").text


def test_answers_are_deleted_when_their_days_are_over_and_counts_stay(event: Event, clock: Any) -> None:
    tour = make_question(event, "one-of", "Tour", choices=["Harbour"], retention_days=7)
    kept = make_question(event, "text", "Stays")
    guest = make_invited(event)
    photo = make_question(event, "photo", "A photo", retention_days=7)
    picked = {tour.code: codes(tour)["Harbour"], kept.code: "x"}
    upload = uploads.photo("me.png", picture())
    answer(guest, Answer.ACCEPTED, answers={**picked, photo.code: upload})
    db.session.commit()
    retention.forget(tour.id)
    assert len(values(guest)) == 3
    clock.now = event.ends_at + timedelta(days=7)
    for question_id in (tour.id, tour.id, photo.id):
        retention.forget(question_id)
    assert db.session.scalars(select(Upload)).all() == []
    assert values(guest) == {kept.code: "x"}
    question = db.session.get_one(Question, tour.id)
    assert question.tally == {"answers": 1, "choices": {codes(question)["Harbour"]: 1}}


def test_late_answers_are_deleted_with_the_others_and_their_files_wait_with_them(
    event: Event, clock: Any
) -> None:
    secret, photo = make_question(event, retention_days=7), make_question(event, "photo", retention_days=7)
    other = make_question(event, label="Something else")
    clock.now = event.ends_at
    guest, actor = make_invited(event), Actor(ActorKind.GUEST, 1)
    told = {secret.code: "Passport 123", photo.code: uploads.photo("me.png", picture()), other.code: "x"}
    given = service.ReplyInput(Answer.ACCEPTED, answers=told)
    answers = answering.hold_uploads(guest, event, given.answers, now=NOW)
    assert answers is not None
    proposal = proposals.propose(
        guest, ProposalKind.LATE_ANSWER, wanted.to_json(replace(given, answers=answers)),
        channel=Channel.LINK, actor=actor, now=NOW,
    )  # fmt: skip
    uploading.keep(guest, photo.id, uploads.photo("refused.png", picture()), now=NOW)  # with a refused form
    assert uploading.is_theirs(guest, photo.id, answers[photo.code])
    clock.now += timedelta(days=8)
    db.session.commit()
    retention.forget(secret.id)
    retention.forget(photo.id)
    assert db.session.get_one(Proposal, proposal.id).wanted["answers"] == {other.code: "x"}
    assert db.session.scalars(select(Upload)).all() == []


def test_answered_question_is_retired_and_another_is_struck(event: Event) -> None:
    answered, silent = make_question(event), make_question(event, label="Nobody answers")
    guest = make_invited(event)
    answer(guest, Answer.ACCEPTED, answers={answered.code: "x"})
    assert not composing.remove_question(answered, actor=SYSTEM, now=NOW)
    assert composing.remove_question(silent, actor=SYSTEM, now=NOW)
    assert questions.asked(event.id) == ()
    assert values(guest) == {answered.code: "x"}
    assert [told.value for told in reading.of_guest(guest)] == ["x"]


def test_chosen_choice_is_retired_and_read_by_its_name(event: Event) -> None:
    tour = make_question(event, "one-of", "Tour", choices=["Harbour", "Market"])
    guest = make_invited(event)
    answer(guest, Answer.ACCEPTED, answers={tour.code: codes(tour)["Harbour"]})
    market = ChoiceInput(label={"en": "Market"}, code=codes(tour)["Market"])
    given = question_input("one-of", "Tour", choices=[market])
    composing.edit_question(tour, given, actor=SYSTEM, now=NOW)
    (asked,) = questions.asked(event.id)
    assert [option.label["en"] for option in asked.options] == ["Market"]
    (told,) = reading.of_guest(guest)
    assert told.asked.option(told.value).label == {"en": "Harbour"}  # type: ignore[union-attr]


def test_party_needs_as_many_places(db_session: Session, event: Event) -> None:
    bus = make_question(event, "one-of", "Bus", choices=[("Early", 3)])
    guest = make_invited(event, party_size=2)
    answer(guest, Answer.ACCEPTED, answers={bus.code: codes(bus)["Early"]})
    assert taken(bus) == {"Early": 2}
    guest.party_size = 3
    answering.resize_choices(guest, now=NOW)
    assert taken(bus) == {"Early": 3}
    guest.party_size = 1
    answering.resize_choices(guest, now=NOW)
    assert taken(bus) == {"Early": 1}
    assert service.ReplyInput(Answer.ACCEPTED).answers is None


def test_event_without_questions_pays_one_look_for_them(app: Flask, event: Event, settings: Settings) -> None:
    guest = make_invited(event)
    db.session.commit()
    with counted(app) as statements:
        app.test_client().post(invitation(guest, settings), data={"answer": "accepted"})
    about = ("question", "choice", "guest_answer", "upload")
    asked = [statement for statement in statements if any(f"FROM {table}" in statement for table in about)]
    assert len(asked) == 1
