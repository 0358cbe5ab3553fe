"""The reply desk: questions, companions, focal points, proposals, lists, own words in mails.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

import eventsapp.core.db

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


ACTORS = ("staff", "guest", "device", "system", "visitor")
# Column, its enumeration, and the values it knew before and knows now in addition.
CLOSED_LISTS = (
    (
        "guest.state",
        "gueststate",
        (
            (
                "draft",
                "invited",
                "unconfirmed",
                "accepted",
                "tentative",
                "declined",
                "waitlisted",
                "withdrawn",
            ),
            ("approved", "expected", "submitted", "asked", "refused", "offered", "represented"),
        ),
    ),
    ("guest.origin", "origin", (("listed", "registered", "imported"), ("named",))),
    ("reply_record.actor_kind", "actorkind", (ACTORS, ("focal-point",))),
    ("audit_entry.actor_kind", "actorkind", (ACTORS, ("focal-point",))),
    ("mail.state", "mailstate", (("queued", "sent", "failed", "cancelled"), ("bounced",))),
)
# What stands and falls with who is a companion, and who holds seats.
GUEST_CHECKS = {
    "waiting": "companion_of_id IS NOT NULL OR (state = 'waitlisted') = (waiting_since IS NOT NULL)",
    "offered": "companion_of_id IS NOT NULL OR (state = 'offered') = (offer_until IS NOT NULL)",
    "seats_held": "companion_of_id IS NOT NULL OR has_seats"
    " OR state NOT IN ('accepted', 'expected', 'offered')",
    "seats_free": "NOT has_seats OR (companion_of_id IS NULL"
    " AND state IN ('accepted', 'expected', 'offered', 'invited'))",
}
DEFAULTED = {
    "category": ("seats_taken",),
    "guest": (
        "waiting_priority",
        "waiting_reason",
        "has_seats",
        "companions_allowed",
        "reminders_sent",
        "reminders_off",
    ),
    "mail": ("bounce_reason",),
}


def _allow(place: str, enumeration: str, values: tuple[str, ...]) -> None:
    table, column = place.split(".")
    listed = ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_{enumeration}"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_{enumeration}"), f"{column} IN ({listed})")


def upgrade() -> None:
    op.create_table(
        "distinct_pair",
        sa.Column("first_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("second_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_id"], ["person.id"], name=op.f("fk_distinct_pair_first_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["person.id"], name=op.f("fk_distinct_pair_second_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_distinct_pair")),
    )
    with op.batch_alter_table("distinct_pair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_distinct_pair_second_id"), ["second_id"], unique=False)

    op.create_table(
        "guest_import",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "uploaded",
                "checked",
                "queued",
                "running",
                "done",
                "refused",
                name="importstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("encoding", sa.String(length=40), nullable=False),
        sa.Column("sheet", sa.String(length=200), nullable=False),
        sa.Column(
            "mapping",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "report",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("rows_total", sa.Integer(), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("ended_at", eventsapp.core.db.UTCDateTime(), nullable=True),
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("created_at", eventsapp.core.db.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_guest_import_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff_user.id"],
            name=op.f("fk_guest_import_staff_id_staff_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_import")),
        sa.UniqueConstraint("code", name=op.f("uq_guest_import_code")),
    )
    with op.batch_alter_table("guest_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guest_import_event_id"), ["event_id"], unique=False)

    op.create_table(
        "mail_manner",
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("second_language", sa.String(length=35), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_mail_manner_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_mail_manner")),
    )
    op.create_table(
        "mail_text",
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("template", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("created_at", eventsapp.core.db.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_mail_text_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_text")),
        sa.UniqueConstraint(
            "event_id", "template", "language", name=op.f("uq_mail_text_event_id_template_language")
        ),
    )
    op.create_table(
        "reply_terms",
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "reply",
                "regrets-only",
                name="replymode",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("holds_seats", sa.Boolean(), nullable=False),
        sa.Column("offer_hours", sa.Integer(), nullable=True),
        sa.Column(
            "remind_days",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("wants_approval", sa.Boolean(), nullable=False),
        sa.Column("approves_list", sa.Boolean(), nullable=False),
        sa.Column("remind_at", eventsapp.core.db.UTCDateTime(), nullable=True),
        sa.Column("holds_released_at", eventsapp.core.db.UTCDateTime(), nullable=True),
        sa.CheckConstraint("offer_hours > 0", name=op.f("ck_reply_terms_offer_hours")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_reply_terms_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_reply_terms")),
    )
    op.create_table(
        "section",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "title",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "intro",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column(
            "source",
            sa.Enum(
                "entered",
                "seed",
                "external",
                "demo",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("source_reference", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_section_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sa.UniqueConstraint("code", name=op.f("uq_section_code")),
    )
    with op.batch_alter_table("section", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_section_event_id"), ["event_id"], unique=False)

    op.create_table(
        "focal_point",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delegation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("sent_at", eventsapp.core.db.UTCDateTime(), nullable=True),
        sa.Column("last_used_at", eventsapp.core.db.UTCDateTime(), nullable=True),
        sa.Column("closed_at", eventsapp.core.db.UTCDateTime(), nullable=True),
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("created_at", eventsapp.core.db.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"],
            ["delegation.id"],
            name=op.f("fk_focal_point_delegation_id_delegation"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_focal_point_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_focal_point_organisation_id_organisation"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_focal_point")),
        sa.UniqueConstraint("code", name=op.f("uq_focal_point_code")),
    )
    with op.batch_alter_table("focal_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_focal_point_delegation_id"), ["delegation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_focal_point_event_id"), ["event_id"], unique=False)

    op.create_table(
        "question",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("section_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column(
            "label",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "help", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False
        ),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column(
            "condition",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "limits",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("retention_days", sa.Integer(), nullable=True),
        sa.Column(
            "tally",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", eventsapp.core.db.UTCDateTime(), nullable=True),
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("created_at", eventsapp.core.db.UTCDateTime(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "entered",
                "seed",
                "external",
                "demo",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("source_reference", sa.String(length=300), nullable=False),
        sa.CheckConstraint("retention_days >= 0", name=op.f("ck_question_retention")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_question_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_question_section_id_section"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("code", name=op.f("uq_question_code")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_question_event_id_position"), ["event_id", "position"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_question_section_id"), ["section_id"], unique=False)

    op.create_table(
        "choice",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "label",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", eventsapp.core.db.UTCDateTime(), nullable=True),
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("seats_taken", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "entered",
                "seed",
                "external",
                "demo",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("source_reference", sa.String(length=300), nullable=False),
        sa.CheckConstraint("capacity >= 0", name=op.f("ck_choice_capacity")),
        sa.CheckConstraint(
            "seats_taken >= 0 AND (capacity IS NULL OR seats_taken <= capacity)", name=op.f("ck_choice_seats")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_choice_question_id_question"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice")),
        sa.UniqueConstraint("code", name=op.f("uq_choice_code")),
    )
    with op.batch_alter_table("choice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_choice_question_id"), ["question_id"], unique=False)

    op.create_table(
        "quota",
        sa.Column("focal_point_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("category_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("named", sa.Integer(), nullable=False),
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.CheckConstraint("number >= 0 AND named >= 0 AND named <= number", name=op.f("ck_quota_quota")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_quota_category_id_category"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["focal_point_id"],
            ["focal_point.id"],
            name=op.f("fk_quota_focal_point_id_focal_point"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota")),
        sa.UniqueConstraint(
            "focal_point_id", "category_id", name=op.f("uq_quota_focal_point_id_category_id")
        ),
    )
    with op.batch_alter_table("quota", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quota_category_id"), ["category_id"], unique=False)

    op.create_table(
        "focal_place",
        sa.Column("guest_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("focal_point_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("quota_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("named_here", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["focal_point_id"],
            ["focal_point.id"],
            name=op.f("fk_focal_place_focal_point_id_focal_point"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guest_id"], ["guest.id"], name=op.f("fk_focal_place_guest_id_guest"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["quota_id"], ["quota.id"], name=op.f("fk_focal_place_quota_id_quota")),
        sa.PrimaryKeyConstraint("guest_id", name=op.f("pk_focal_place")),
        sa.CheckConstraint("named_here = (quota_id IS NOT NULL)", name=op.f("ck_focal_place_counted")),
    )
    with op.batch_alter_table("focal_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_focal_place_focal_point_id"), ["focal_point_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_focal_place_quota_id"), ["quota_id"], unique=False)

    op.create_table(
        "guest_answer",
        sa.Column("guest_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "value",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("at", eventsapp.core.db.UTCDateTime(), nullable=False),
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["guest_id"], ["guest.id"], name=op.f("fk_guest_answer_guest_id_guest"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_guest_answer_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_answer")),
        sa.UniqueConstraint("guest_id", "question_id", name=op.f("uq_guest_answer_guest_id_question_id")),
    )
    with op.batch_alter_table("guest_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guest_answer_question_id"), ["question_id"], unique=False)

    op.create_table(
        "mailed_code",
        sa.Column("guest_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", eventsapp.core.db.UTCDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", eventsapp.core.db.UTCDateTime(), nullable=True),
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("created_at", eventsapp.core.db.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guest_id"], ["guest.id"], name=op.f("fk_mailed_code_guest_id_guest"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailed_code")),
    )
    with op.batch_alter_table("mailed_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mailed_code_guest_id"), ["guest_id"], unique=False)

    op.create_table(
        "proposal",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guest_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "late-answer",
                "change",
                "substitute",
                name="proposalkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "wanted",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "link",
                "mail",
                "phone",
                "letter",
                "in-person",
                "desk",
                "waiting-list",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "actor_kind",
            sa.Enum(
                "staff",
                "guest",
                "focal-point",
                "device",
                "system",
                "visitor",
                name="actorkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "decision",
            sa.Enum(
                "waiting",
                "agreed",
                "refused",
                "dropped",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("decided_at", eventsapp.core.db.UTCDateTime(), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_reason", sa.String(length=300), nullable=False),
        sa.Column("private_reason", sa.String(length=300), nullable=False),
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("created_at", eventsapp.core.db.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["staff_user.id"],
            name=op.f("fk_proposal_decided_by_id_staff_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_proposal_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["guest_id"], ["guest.id"], name=op.f("fk_proposal_guest_id_guest"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("code", name=op.f("uq_proposal_code")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proposal_event_id_decision_id"), ["event_id", "decision", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_proposal_guest_id_decision"), ["guest_id", "decision"], unique=False
        )

    op.create_table(
        "question_category",
        sa.Column("question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("category_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["category.id"],
            name=op.f("fk_question_category_category_id_category"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_category_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_id", "category_id", name=op.f("pk_question_category")),
    )
    with op.batch_alter_table("question_category", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_category_category_id"), ["category_id"], unique=False)

    op.create_table(
        "question_version",
        sa.Column("question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "asked",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("at", eventsapp.core.db.UTCDateTime(), nullable=False),
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_version_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_version")),
        sa.UniqueConstraint("question_id", "version", name=op.f("uq_question_version_question_id_version")),
    )
    op.create_table(
        "upload",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("guest_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("created_at", eventsapp.core.db.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guest_id"], ["guest.id"], name=op.f("fk_upload_guest_id_guest"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_upload_question_id_question"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("code", name=op.f("uq_upload_code")),
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_upload_guest_id"), ["guest_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_upload_question_id"), ["question_id"], unique=False)

    op.create_table(
        "choice_seat",
        sa.Column("guest_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("choice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["choice_id"], ["choice.id"], name=op.f("fk_choice_seat_choice_id_choice"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["guest_id"], ["guest.id"], name=op.f("fk_choice_seat_guest_id_guest"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("guest_id", "choice_id", name=op.f("pk_choice_seat")),
    )
    with op.batch_alter_table("choice_seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_choice_seat_choice_id"), ["choice_id"], unique=False)

    with op.batch_alter_table("category", schema=None) as batch_op:
        batch_op.add_column(sa.Column("capacity", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("seats_taken", sa.Integer(), nullable=False, server_default="0"))
        batch_op.create_check_constraint("capacity", "capacity >= 0")
        batch_op.create_check_constraint(
            "seats", "seats_taken >= 0 AND (capacity IS NULL OR seats_taken <= capacity)"
        )

    with op.batch_alter_table("guest", schema=None) as batch_op:
        batch_op.add_column(sa.Column("waiting_priority", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(
            sa.Column("waiting_reason", sa.String(length=300), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("offer_until", eventsapp.core.db.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("has_seats", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(
            sa.Column("companion_of_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("companions_allowed", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(
            sa.Column("represents_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("dates_held_at", eventsapp.core.db.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("bounced_at", eventsapp.core.db.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("reminders_sent", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(
            sa.Column("reminders_off", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column(
                "attendance",
                sa.Enum(
                    "attended",
                    "no-show",
                    "excused",
                    name="attendance",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=True,
            )
        )
        batch_op.create_index(batch_op.f("ix_guest_companion_of_id"), ["companion_of_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_guest_represents_id"), ["represents_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_guest_represents_id_guest"),
            "guest",
            ["represents_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_guest_companion_of_id_guest"),
            "guest",
            ["companion_of_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch_op.create_check_constraint("companions_allowed", "companions_allowed BETWEEN 0 AND 19")
    op.execute("UPDATE guest SET has_seats = (state = 'accepted')")
    # Seats for people without a name stay held until their names are given.
    op.execute("UPDATE guest SET companions_allowed = party_size - 1")
    op.execute(
        "UPDATE category SET seats_taken = (SELECT coalesce(sum(guest.party_size), 0) FROM guest"
        " WHERE guest.category_id = category.id AND guest.has_seats)"
    )
    with op.batch_alter_table("guest", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_guest_waiting"), type_="check")
    with op.batch_alter_table("guest", schema=None) as batch_op:
        for name, condition in GUEST_CHECKS.items():
            batch_op.create_check_constraint(name, condition)

    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.add_column(sa.Column("bounced_at", eventsapp.core.db.UTCDateTime(), nullable=True))
        batch_op.add_column(
            sa.Column("bounce_reason", sa.String(length=300), nullable=False, server_default="")
        )

    for column, enumeration, values in CLOSED_LISTS:
        _allow(column, enumeration, (*values[0], *values[1]))
    for table, columns in DEFAULTED.items():
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.alter_column(column, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("guest", schema=None) as batch_op:
        for name in GUEST_CHECKS:
            batch_op.drop_constraint(op.f(f"ck_guest_{name}"), type_="check")
    # What only the newer program knows has no place in the older one: such rows go, or stand as silent.
    # The seats of companions stay with who named them, without a name as they were before.
    op.execute("UPDATE guest SET state = 'withdrawn' WHERE companion_of_id IS NOT NULL")
    op.execute("UPDATE guest SET companion_of_id = NULL, represents_id = NULL, offer_until = NULL")
    op.execute("UPDATE guest SET state = 'accepted' WHERE state = 'expected'")
    op.execute(
        "UPDATE guest SET state = 'invited' WHERE state IN ('approved', 'submitted', 'asked', 'offered')"
    )
    op.execute("UPDATE guest SET state = 'withdrawn' WHERE state IN ('refused', 'represented')")
    op.execute(
        "UPDATE event SET seats_taken = (SELECT coalesce(sum(guest.party_size), 0) FROM guest"
        " WHERE guest.event_id = event.id AND guest.state = 'accepted')"
        " WHERE EXISTS (SELECT 1 FROM guest"
        " WHERE guest.event_id = event.id AND guest.has_seats AND guest.state = 'invited')"
    )
    op.execute("UPDATE guest SET origin = 'listed' WHERE origin = 'named'")
    op.execute("UPDATE mail SET state = 'failed' WHERE state = 'bounced'")
    for table in ("reply_record", "audit_entry"):
        op.execute(f"UPDATE {table} SET actor_kind = 'visitor' WHERE actor_kind = 'focal-point'")  # noqa: S608 -- our own names
    for column, enumeration, values in CLOSED_LISTS:
        _allow(column, enumeration, values[0])

    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.drop_column("bounce_reason")
        batch_op.drop_column("bounced_at")

    with op.batch_alter_table("guest", schema=None) as batch_op:
        batch_op.create_check_constraint("waiting", "(state = 'waitlisted') = (waiting_since IS NOT NULL)")
        batch_op.drop_constraint(op.f("ck_guest_companions_allowed"), type_="check")
        batch_op.drop_constraint(op.f("ck_guest_attendance"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_guest_companion_of_id_guest"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_guest_represents_id_guest"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_guest_represents_id"))
        batch_op.drop_index(batch_op.f("ix_guest_companion_of_id"))
        batch_op.drop_column("attendance")
        batch_op.drop_column("reminders_off")
        batch_op.drop_column("reminders_sent")
        batch_op.drop_column("bounced_at")
        batch_op.drop_column("dates_held_at")
        batch_op.drop_column("represents_id")
        batch_op.drop_column("companions_allowed")
        batch_op.drop_column("companion_of_id")
        batch_op.drop_column("has_seats")
        batch_op.drop_column("offer_until")
        batch_op.drop_column("waiting_reason")
        batch_op.drop_column("waiting_priority")

    with op.batch_alter_table("category", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_category_seats"), type_="check")
        batch_op.drop_constraint(op.f("ck_category_capacity"), type_="check")
        batch_op.drop_column("seats_taken")
        batch_op.drop_column("capacity")

    with op.batch_alter_table("choice_seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_choice_seat_choice_id"))

    op.drop_table("choice_seat")
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_upload_question_id"))
        batch_op.drop_index(batch_op.f("ix_upload_guest_id"))

    op.drop_table("upload")
    op.drop_table("question_version")
    with op.batch_alter_table("question_category", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_category_category_id"))

    op.drop_table("question_category")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_guest_id_decision"))
        batch_op.drop_index(batch_op.f("ix_proposal_event_id_decision_id"))

    op.drop_table("proposal")
    with op.batch_alter_table("mailed_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mailed_code_guest_id"))

    op.drop_table("mailed_code")
    with op.batch_alter_table("guest_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guest_answer_question_id"))

    op.drop_table("guest_answer")
    with op.batch_alter_table("focal_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_focal_place_quota_id"))
        batch_op.drop_index(batch_op.f("ix_focal_place_focal_point_id"))

    op.drop_table("focal_place")
    with op.batch_alter_table("quota", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quota_category_id"))

    op.drop_table("quota")
    with op.batch_alter_table("choice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_choice_question_id"))

    op.drop_table("choice")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_section_id"))
        batch_op.drop_index(batch_op.f("ix_question_event_id_position"))

    op.drop_table("question")
    with op.batch_alter_table("focal_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_focal_point_event_id"))
        batch_op.drop_index(batch_op.f("ix_focal_point_delegation_id"))

    op.drop_table("focal_point")
    with op.batch_alter_table("section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_section_event_id"))

    op.drop_table("section")
    op.drop_table("reply_terms")
    op.drop_table("mail_text")
    op.drop_table("mail_manner")
    with op.batch_alter_table("guest_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guest_import_event_id"))

    op.drop_table("guest_import")
    with op.batch_alter_table("distinct_pair", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_distinct_pair_second_id"))

    op.drop_table("distinct_pair")
