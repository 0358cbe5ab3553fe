"""The summit's invitation in its own words, and one address that takes no mail."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from eventsapp.core.db import db
from eventsapp.demo.occasions import SUMMIT, Occasions
from eventsapp.mail import bounces
from eventsapp.mail.enums import MailState
from eventsapp.mail.models import Mail, MailText
from eventsapp.rsvps.models import Guest

KIND = "invitation"
_LOST = "dugma"
_NO_SUCH_MAILBOX = "5.1.1"

WORDS: Mapping[str, tuple[str, str]] = {
    "en": (
        "{{event}}: will you join us?",
        (
            "Dear {{name}},\n\n"
            "we would be honoured to have you at **{{event}}**.\n\n"
            "When: {{when}}\nWhere: {{where}}\n\n"
            "Please tell us by {{reply_by}} whether we may expect you, also at the sessions and the dinner.\n\n"
            "{{invitation_link}}\n\n"
            "{{practical}}\n\n"
            "With kind regards,\n*the protocol office*"
        ),
    ),
    "zh-Hant": (
        "{{event}}：敬邀您蒞臨",
        (
            "{{name}} 您好：\n\n"
            "謹邀您出席 **{{event}}**。\n\n"
            "時間：{{when}}\n地點：{{where}}\n\n"
            "敬請於 {{reply_by}} 前告知是否出席，並一併回覆各場次與晚宴。\n\n"
            "{{invitation_link}}\n\n"
            "{{practical}}\n\n"
            "*禮賓處* 敬上"
        ),
    ),
    "uk": (
        "{{event}}: чекаємо на вас",
        (
            "Доброго дня, {{name}}!\n\n"
            "матимемо за честь вітати вас на заході **{{event}}**.\n\n"
            "Коли: {{when}}\nДе: {{where}}\n\n"
            "Просимо до {{reply_by}} повідомити, чи ви будете, зокрема на сесіях і на вечері.\n\n"
            "{{invitation_link}}\n\n"
            "{{practical}}\n\n"
            "З повагою,\n*протокольний відділ*"
        ),
    ),
}


def write(made: Occasions, guests: Mapping[tuple[str, str], Guest], now: datetime) -> None:
    """Words in three languages; the invitation of one guest came back."""
    event = made.events[SUMMIT]
    for language, (subject, body) in WORDS.items():
        db.session.add(
            MailText(
                event_id=event.id,
                template=KIND,
                language=language,
                subject=subject,
                body=body,
                created_at=now,
            )
        )
    lost = db.session.scalars(
        select(Mail.id).where(Mail.guest_id == guests[SUMMIT, _LOST].id, Mail.template == KIND)
    ).one()
    bounces.come_back(lost, _NO_SUCH_MAILBOX, was=MailState.QUEUED, now=now)
