"""People, where they work, and the devices and sessions through which they come in."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.db import Model, UTCDateTime, Uuid, new_id, now

ROLES = (
    "melder",
    "contactpersoon",
    "procesregisseur",
    "adviseur-oov",
    "kernteam",
    "projectleider",
    "bestuur",
    "beheerder",
)
ORGANISATION_KINDS = ("gemeente", "school", "club", "politie", "jongerenwerk", "om")


class Organisation(Model):
    """A gemeente, school, club, police team or youth work organisation that people belong to."""

    __tablename__ = "organisation"
    __table_args__ = (sa.UniqueConstraint("kind", "name"),)

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(sa.String(20))
    name: Mapped[str] = mapped_column(sa.String(200))


class Person(Model):
    """Somebody who was invited. The name is sealed; without the key ring it is unreadable.

    Of who left the name is erased after a term, and sooner for who asked for that
    (``removal_asked_at``); then ``name_sealed`` is None.

    ``change_counter`` numbers what this person's phone has to hear. It is raised under this row's
    lock, so that a phone which has seen number n has seen everything up to n.
    """

    __tablename__ = "person"
    __table_args__ = (
        sa.CheckConstraint(f"role IN ({', '.join(map(repr, ROLES))})", name="role"),
        sa.CheckConstraint("change_counter >= 0", name="change_counter"),
    )

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(sa.ForeignKey("organisation.id"))
    role: Mapped[str] = mapped_column(sa.String(20))
    card: Mapped[str | None] = mapped_column(sa.String(40))
    name_sealed: Mapped[str | None] = mapped_column(sa.Text)
    demo: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    removal_asked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    change_counter: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    # Keyed hashes: who has the gemeente's account with this address or subject, and nothing more.
    mail_hash: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32), unique=True)
    subject_hash: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32), unique=True)

    organisation: Mapped[Organisation] = relationship(lazy="joined")


class Device(Model):
    """One phone or laptop. Its delivery key can hand in sealed items and nothing else."""

    __tablename__ = "device"
    __table_args__ = (sa.CheckConstraint("unsent >= 0", name="unsent"),)

    id: Mapped[str] = mapped_column(Uuid, primary_key=True)
    delivery_key_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    synced_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    app_version: Mapped[str | None] = mapped_column(sa.String(40))
    unsent: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(sa.String(20), default="other")
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class DevicePerson(Model):
    """This person signed in on this device, so the device may hand in this person's items."""

    __tablename__ = "device_person"

    device_id: Mapped[str] = mapped_column(sa.ForeignKey("device.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    signed_in_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class Invitation(Model):
    """A way in for one person, used once. Only its hash is kept."""

    __tablename__ = "invitation"

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    made_by: Mapped[str | None] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    used_on: Mapped[str | None] = mapped_column(Uuid)

    person: Mapped[Person] = relationship(lazy="joined", foreign_keys=[person_id])


class InvitationCode(Model):
    """Eight characters that stand for an invitation, for who types instead of taps."""

    __tablename__ = "invitation_code"

    code_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    invitation_id: Mapped[str] = mapped_column(
        sa.ForeignKey("invitation.id", ondelete="CASCADE"), index=True
    )
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Passkey(Model):
    """The public half of a key that opens a session; the private half never leaves its owner.

    ``device_id`` is where it was made; ``synced`` says that the owner's other devices may have it.
    """

    __tablename__ = "passkey"

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"), index=True)
    device_id: Mapped[str] = mapped_column(sa.ForeignKey("device.id"))
    credential_id: Mapped[bytes] = mapped_column(sa.LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary)
    sign_count: Mapped[int] = mapped_column(sa.BigInteger)
    synced: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(lazy="joined")


class Challenge(Model):
    """A question for a passkey, to be answered once, soon, and where it was asked.

    ``bound_to`` is the device that signs in, or the session that adds a passkey or confirms.
    """

    __tablename__ = "challenge"

    challenge_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    purpose: Mapped[str] = mapped_column(sa.String(10))
    bound_to: Mapped[str] = mapped_column(Uuid)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class Guess(Model):
    """How often somebody tried what was wrong; ``name`` is a hash of where."""

    __tablename__ = "guess"

    name: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class Session(Model):
    """One person signed in on one device, until it expires or is ended.

    ``method`` says how: ``invitation``, ``passkey`` or ``oidc``. ``confirmed_at`` is when this
    person last proved to be there, with a passkey or at the gemeente's own sign-in.
    """

    __tablename__ = "session"

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    token_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    person_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"), index=True)
    device_id: Mapped[str] = mapped_column(sa.ForeignKey("device.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    method: Mapped[str] = mapped_column(sa.String(12), default="invitation")
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(lazy="joined")
    device: Mapped[Device] = relationship(lazy="joined")


CURRENT = sa.text("ended_at IS NULL")


class Absence(Model):
    """Somebody of the desk is away up to and including a day; ``substitute`` does their work.

    A person has at most one that was not ended.
    """

    __tablename__ = "absence"
    __table_args__ = (
        sa.Index(
            "uq_absence_current",
            "person_id",
            unique=True,
            sqlite_where=CURRENT,
            postgresql_where=CURRENT,
        ),
    )

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    until: Mapped[date] = mapped_column(sa.Date)
    substitute_id: Mapped[str | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="SET NULL")
    )
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class SurveyAsked(Model):
    """Who is not asked again this half year, whether they answered or skipped. Without a moment.

    What they answered stands elsewhere (``effect``), and nothing leads from the one to the other.
    """

    __tablename__ = "survey_asked"
    __table_args__ = ({"sqlite_with_rowid": False},)

    person_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    half: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
