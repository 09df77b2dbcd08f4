"""Cases, the people and places around them, and what was decided. All that is written is sealed."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Model, UTCDateTime, Uuid, new_id, now
from server.observations.models import one_of

KINDS = ("youth", "group", "place")
PHASES = ("signalling", "analysis", "decision", "action", "evaluation")
PARTS = ("core", "shell", "agenda")
EVENTS = ("made", "phase", "closed", "reopened", "word")
NODE_KINDS = ("person", "place", "group", "institution")
ZONES = ("subject", "family", "friends", "school", "club", "area")
EDGE_KINDS = ("plain", "support", "unsure", "new")
PILLARS = ("prevention", "repression", "care")
TERMS = ("short", "middle", "long")
ABOUT = ("case", "school", "club", "area")
OUTCOMES = ("better", "handed_over", "no_ground", "other")
REASONS = ("who_knows", "who_contacts", "same_person")


def _of_case() -> Mapped[str]:
    return mapped_column(sa.ForeignKey("case_file.id", ondelete="CASCADE"), index=True)


def _maybe_of_case() -> Mapped[str | None]:
    return mapped_column(sa.ForeignKey("case_file.id", ondelete="CASCADE"), index=True)


class Case(Model):
    """One case. ``asked`` holds the ids of what its phases asked and is done.

    ``closed_on`` is the day from which its term counts; None while it is open.
    """

    __tablename__ = "case_file"
    __table_args__ = (
        one_of("kind", KINDS),
        one_of("phase", PHASES),
        one_of("outcome", OUTCOMES),
        sa.CheckConstraint("closed_on IS NULL OR outcome IS NOT NULL", name="closed"),
    )

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    number: Mapped[int] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    area: Mapped[str | None] = mapped_column(sa.String(20))
    phase: Mapped[str] = mapped_column(sa.String(20), default="signalling")
    phase_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)
    asked: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    evaluate_on: Mapped[dt.date | None] = mapped_column(sa.Date)
    evaluation_told: Mapped[dt.date | None] = mapped_column(sa.Date)
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    text_sealed: Mapped[str | None] = mapped_column(sa.Text)
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)
    closed_on: Mapped[dt.date | None] = mapped_column(sa.Date, index=True)
    outcome: Mapped[str | None] = mapped_column(sa.String(20))
    version: Mapped[int] = mapped_column(default=1)


class CaseSource(Model):
    """An observation a case is about. It stays for as long as the case is open."""

    __tablename__ = "case_source"
    __table_args__ = (sa.UniqueConstraint("case_id", "observation_id"),)

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    case_id: Mapped[str] = _of_case()
    observation_id: Mapped[str] = mapped_column(
        sa.ForeignKey("observation.id", ondelete="CASCADE"), index=True
    )
    bundle_id: Mapped[str | None] = mapped_column(Uuid)
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)


class CaseEvent(Model):
    """A step of a case: a phase, closing, opening again, or a word to who worked along."""

    __tablename__ = "case_event"
    __table_args__ = (one_of("kind", EVENTS),)

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    case_id: Mapped[str] = _of_case()
    kind: Mapped[str] = mapped_column(sa.String(20))
    phase: Mapped[str | None] = mapped_column(sa.String(20))
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    text_sealed: Mapped[str | None] = mapped_column(sa.Text)
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)


class Participant(Model):
    """Who works along on a case: the kernteam, or the flexible shell for this case only.

    Who is on the ``agenda`` only sees nothing here: only what a meeting put before them.
    """

    __tablename__ = "case_participant"
    __table_args__ = (one_of("part", PARTS), sa.UniqueConstraint("case_id", "person_id"))

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    case_id: Mapped[str] = _of_case()
    person_id: Mapped[str] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    part: Mapped[str] = mapped_column(sa.String(20))
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)


class Node(Model):
    """Somebody or something around a case. ``letter`` stands for the name until it is unmasked.

    Nodes of different cases that are one and the same share ``identity_id``.
    """

    __tablename__ = "case_node"
    __table_args__ = (
        one_of("kind", NODE_KINDS),
        one_of("zone", ZONES),
        sa.UniqueConstraint("case_id", "letter"),
    )

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    case_id: Mapped[str] = _of_case()
    identity_id: Mapped[str] = mapped_column(Uuid, index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    zone: Mapped[str] = mapped_column(sa.String(20))
    letter: Mapped[int] = mapped_column()
    since: Mapped[dt.date] = mapped_column(sa.Date)
    until: Mapped[dt.date | None] = mapped_column(sa.Date)
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    text_sealed: Mapped[str | None] = mapped_column(sa.Text)
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)


class Edge(Model):
    """What is between two nodes, from a day until another."""

    __tablename__ = "case_edge"
    __table_args__ = (one_of("kind", EDGE_KINDS),)

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    case_id: Mapped[str] = _of_case()
    from_id: Mapped[str] = mapped_column(
        sa.ForeignKey("case_node.id", ondelete="CASCADE"), index=True
    )
    to_id: Mapped[str] = mapped_column(
        sa.ForeignKey("case_node.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(sa.String(20))
    since: Mapped[dt.date] = mapped_column(sa.Date)
    until: Mapped[dt.date | None] = mapped_column(sa.Date)
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    text_sealed: Mapped[str | None] = mapped_column(sa.Text)


class Decision(Model):
    """What was decided, and on which ground."""

    __tablename__ = "decision"

    id: Mapped[str] = mapped_column(Uuid, primary_key=True)
    case_id: Mapped[str | None] = _maybe_of_case()
    meeting_id: Mapped[str | None] = mapped_column(Uuid, index=True)
    ground: Mapped[str] = mapped_column(sa.String(40))
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    text_sealed: Mapped[str | None] = mapped_column(sa.Text)
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)


class Action(Model):
    """Somebody does something before a day. Without a case it is about a school, club or wijk."""

    __tablename__ = "action"
    __table_args__ = (one_of("pillar", PILLARS), one_of("about", ABOUT))

    id: Mapped[str] = mapped_column(Uuid, primary_key=True)
    case_id: Mapped[str | None] = _maybe_of_case()
    meeting_id: Mapped[str | None] = mapped_column(Uuid, index=True)
    about: Mapped[str] = mapped_column(sa.String(20))
    pillar: Mapped[str] = mapped_column(sa.String(20))
    kind: Mapped[str] = mapped_column(sa.String(40))
    owner_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"), index=True)
    due_on: Mapped[dt.date] = mapped_column(sa.Date, index=True)
    done_on: Mapped[dt.date | None] = mapped_column(sa.Date)
    reminded_on: Mapped[dt.date | None] = mapped_column(sa.Date)
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    text_sealed: Mapped[str | None] = mapped_column(sa.Text)
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)
    version: Mapped[int] = mapped_column(default=1)


class Goal(Model):
    """What is to be reached on the short, middle or long term."""

    __tablename__ = "goal"
    __table_args__ = (one_of("term", TERMS), one_of("about", ABOUT))

    id: Mapped[str] = mapped_column(Uuid, primary_key=True)
    case_id: Mapped[str | None] = _maybe_of_case()
    about: Mapped[str] = mapped_column(sa.String(20))
    term: Mapped[str] = mapped_column(sa.String(20))
    reached_on: Mapped[dt.date | None] = mapped_column(sa.Date)
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    text_sealed: Mapped[str | None] = mapped_column(sa.Text)
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)
    version: Mapped[int] = mapped_column(default=1)


class Unmasking(Model):
    """Somebody made the names of a case visible to themselves, and why."""

    __tablename__ = "case_unmasking"
    __table_args__ = (one_of("reason", REASONS),)

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    case_id: Mapped[str] = _of_case()
    meeting_id: Mapped[str | None] = mapped_column(Uuid)
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(sa.String(20))
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)
