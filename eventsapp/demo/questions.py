"""Writes the summit's form: arrival, workshop, badge and emergencies; and what several guests answered.

Hotels, workshops and answers are invented, and so are the people: their photos are drawings.
"""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PIL import Image, ImageDraw

from eventsapp.access.identity import SYSTEM
from eventsapp.demo.data import DEMO, text
from eventsapp.demo.occasions import SUMMIT, Occasions
from eventsapp.questions import service, uploads
from eventsapp.questions.models import Question, Section
from eventsapp.questions.service import ChoiceInput, QuestionInput, SectionInput
from eventsapp.rsvps import service as rsvps
from eventsapp.rsvps.enums import Answer, Channel
from eventsapp.rsvps.models import Guest

_GRAND = text("Harbour Grand (demo)", "海港大飯店（示範）", "Готель «Гавань» (демо)")
_PARK = text("Park House (demo)", "公園會館（示範）", "Готель «Парк» (демо)")
_ELSEWHERE = text("Somewhere else", "其他地點", "Інше місце")
_WORKSHOPS = (
    (text("A day without power: an exercise", "停電一日演練", "День без світла: навчання"), 8),
    (text("Buses by numbers", "數據看公車", "Автобуси в цифрах"), 6),
    (text("Reading a city budget", "讀懂城市預算", "Читаємо міський бюджет"), 2),
)


class _Writer:
    def __init__(self, made: Occasions, now: datetime) -> None:
        self.event = made.events[SUMMIT]
        self.now = now
        self.asked: dict[str, Question] = {}

    def section(self, title: dict[str, str], intro: dict[str, str] | None = None) -> Section:
        given = SectionInput(title=title, intro=intro or {})
        return service.create_section(self.event, given, source=DEMO, actor=SYSTEM, now=self.now)

    def ask(self, key: str, kind: str, label: dict[str, str], section: Section, **more: Any) -> Question:
        given = QuestionInput(kind=kind, label=label, section=section, **more)
        made = service.create_question(self.event, given, source=DEMO, actor=SYSTEM, now=self.now)
        self.asked[key] = made
        return made


def write(made: Occasions, guests: Mapping[tuple[str, str], Guest], now: datetime) -> None:
    """The form of the summit, and the answers of guests who come to it."""
    writer = _Writer(made, now)
    _arrival(writer)
    _workshop(writer)
    _badge(writer, made)
    for key, answers in _answers(writer.asked).items():
        given = rsvps.ReplyInput(Answer.ACCEPTED, answers=answers)
        rsvps.reply(guests[SUMMIT, key], given, channel=Channel.LINK, actor=SYSTEM, now=now)


def _arrival(writer: _Writer) -> None:
    section = writer.section(
        text("Your arrival", "抵達", "Ваш приїзд"),
        text(
            "We meet you at the airport if you wish.",
            "如有需要，我們將到機場迎接。",
            "Якщо бажаєте, ми зустрінемо вас в аеропорту.",
        ),
    )
    writer.ask(
        "flight",
        "text",
        text("Arrival flight", "抵達航班", "Рейс прибуття"),
        section,
        help=text(
            "The flight number is enough: CI 62.",
            "填寫航班編號即可，例如CI 62。",
            "Досить номера рейсу: CI 62.",
        ),
    )
    shuttle = writer.ask(
        "shuttle",
        "yes-no",
        text(
            "Do you need a shuttle from the airport?", "需要機場接駁嗎？", "Чи потрібен трансфер з аеропорту?"
        ),
        section,
        required=True,
    )
    writer.ask(
        "hotel",
        "one-of",
        text("To which hotel?", "前往哪家飯店？", "До якого готелю?"),
        section,
        required=True,
        condition={"question": shuttle.code, "comparison": "is", "value": True},
        choices=[
            ChoiceInput(label=_GRAND, capacity=12),
            ChoiceInput(label=_PARK, capacity=8),
            ChoiceInput(label=_ELSEWHERE),
        ],
    )


def _workshop(writer: _Writer) -> None:
    section = writer.section(text("Workshops on Wednesday", "週三工作坊", "Майстерні в середу"))
    writer.ask(
        "workshop",
        "one-of",
        text(
            "Which workshop would you like to join?",
            "您想參加哪個工作坊？",
            "До якої майстерні бажаєте приєднатися?",
        ),
        section,
        help=text(
            "Places are few; who chooses first has one.",
            "名額有限，先選先得。",
            "Місць мало: хто перший обрав, той і має.",
        ),
        choices=[ChoiceInput(label=label, capacity=places) for label, places in _WORKSHOPS],
    )


def _badge(writer: _Writer, made: Occasions) -> None:
    section = writer.section(text("Badge and emergencies", "識別證與緊急聯絡", "Бейдж і надзвичайні випадки"))
    writer.ask(
        "photo",
        "photo",
        text("A photo for the badge file", "識別證照片", "Фото для бейджа"),
        section,
        help=text("Your face, as in a passport.", "請提供如護照般的正面照片。", "Обличчя, як у паспорті."),
        retention_days=30,
    )
    writer.ask(
        "phone",
        "phone",
        text("Whom may we call in an emergency?", "緊急聯絡電話", "Кому телефонувати в разі потреби?"),
        section,
        help=text(
            "With the country code: +380 44 234 56 78.",
            "請含國碼，例如+886 2 2345 6789。",
            "З кодом країни: +380 44 234 56 78.",
        ),
        retention_days=7,
        limits={"region": "TW"},
    )
    writer.ask(
        "consent",
        "yes-no",
        text(
            "May your name stand in the published list of participants?",
            "可否將您的姓名列入公開名單？",
            "Чи можна вказати ваше ім’я в оприлюдненому списку учасників?",
        ),
        section,
    )
    writer.ask(
        "paper",
        "text",
        text(
            "For which paper or station do you report?",
            "您代表哪家媒體？",
            "Яке видання чи канал ви представляєте?",
        ),
        section,
        categories=[made.categories[SUMMIT, "M"]],
        required=True,
    )


def _answers(asked: Mapping[str, Question]) -> dict[str, dict[str, Any]]:
    """What is answered by key of the person, by question code."""
    hotels = [choice.code for choice in asked["hotel"].choices]
    workshops = [choice.code for choice in asked["workshop"].choices]
    told: dict[str, dict[str, Any]] = {
        "hypothesis": {"flight": "CI 62", "shuttle": True, "hotel": hotels[0], "workshop": workshops[0],
                       "photo": _drawn("hypothesis", "#1d4ed8"), "phone": "+886223456789", "consent": True},
        "deigma": {"flight": "TK 24", "shuttle": True, "hotel": hotels[1], "workshop": workshops[2],
                   "photo": _drawn("deigma", "#15803d"), "phone": "+302101234567", "consent": True},
        "yamada": {"flight": "JL 97", "shuttle": False, "workshop": workshops[1], "consent": False},
        "mithal": {"flight": "EK 366", "shuttle": True, "hotel": hotels[0], "phone": "+97142345678"},
        "przykladowa": {"flight": "LO 91", "shuttle": True, "hotel": hotels[2], "workshop": workshops[2], "consent": True},
        "exemplar": {"shuttle": False, "paper": "The Northport Post (demo)", "consent": True},
    }  # fmt: skip
    return {
        key: {asked[name].code: value for name, value in answers.items()} for key, answers in told.items()
    }


def _drawn(name: str, colour: str) -> uploads.NewUpload:
    """A head and shoulders in one colour: nobody's face."""
    image = Image.new("RGB", (240, 300), "#e5e7eb")
    draw = ImageDraw.Draw(image)
    draw.ellipse((75, 55, 165, 165), fill=colour)
    draw.ellipse((30, 185, 210, 400), fill=colour)
    written = io.BytesIO()
    image.save(written, "PNG")
    return uploads.photo(f"{name}.png", written.getvalue())
