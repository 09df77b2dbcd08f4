"""Do again after a restore what an older database undid: who was shut out, and what was erased.

The key ring remembers that (``keyring.lasting``), for it is not the database that is put back. What
it does not remember is told to whoever restores.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import sqlalchemy as sa

from server import audit
from server.db import Model, db, now
from server.devices import service as devices
from server.errors import NotFound
from server.keyring import Act, ring
from server.observations import service as observations
from server.observations.models import GONE_REASONS
from server.people.models import Passkey, Person, Session
from server.people.sessions import REPORTERS
from server.retention import service as retention
from server.rights import erasing
from server.systems.models import SystemKey

# What is let in no more by one moment in its row.
ENDED: dict[str, tuple[type[Model], str]] = {
    "passkey": (Passkey, "ended_at"),
    "system_key": (SystemKey, "revoked_at"),
}
KINDS = ("wissingen", "mensen zonder toegang", "toestellen", "passkeys en sleutels", "sessies")
BY_HAND = """\
Doe zelf opnieuw wat na deze kopie is gebeurd en hier niet bij staat:
- verbeterde meldingen en bezwaren: bij het loket, onder Rechten
- mensen die zijn uitgenodigd: nodig ze opnieuw uit
- agenda-adressen en mailadressen die iemand weghaalde: vraag het wie het aangaat
Is ook de sleutelring teruggezet? Dan ook wat na de kopie daarvan is gebeurd: wissingen op verzoek,
afgemelde toestellen, gestopte toegang, en ingetrokken passkeys en sleutels van systemen.
Telefoons doen wat ze zelf nog bewaren vanzelf opnieuw."""


def after_restore() -> str:
    """Bring a database that was just put back up to what must hold; return what to tell of it."""
    done: Counter[str] = Counter()
    for act, at in ring().lasting.all():
        done[_kind(act)] += _do(act, at)
    done["sessies"] = _end_sessions()
    retention.after_restore()
    told = ", ".join(f"{done[kind]} {kind}" for kind in KINDS)
    return f"Opnieuw gedaan of beëindigd: {told}.\n{BY_HAND}"


def _kind(act: Act) -> str:
    if act.act in {"person", "account"}:
        return "mensen zonder toegang"
    if act.act == "device":
        return "toestellen"
    return "passkeys en sleutels" if act.act in ENDED else "wissingen"


def _do(act: Act, at: datetime) -> bool:
    """Do one act again and commit; return whether the database did not have it."""
    done = _again(act, at)
    db.session.commit()
    return done


def _again(act: Act, at: datetime) -> bool:
    if act.act in GONE_REASONS:
        done = observations.erase_again(act.id, act.subject, act.person_id, act.act)
        return _erased(act) if done else False
    if act.act == "words":
        try:
            erasing.erase_words(act.subject, act.id)
        except NotFound:
            return False
        return _erased(act)
    if act.act == "device":
        return devices.shut_again(act.person_id, act.id)
    if act.act in ENDED:
        return _end(act, at)
    return devices.end_again(act.id, at, asked=act.act == "account")


def _erased(act: Act) -> bool:
    audit.log(None, "delete", act.subject, act.id, purpose="restore", outcome=act.act)
    return True


def _end(act: Act, at: datetime) -> bool:
    model, column = ENDED[act.act]
    row = db.session.get(model, act.id)
    if row is None or getattr(row, column) is not None:
        return False
    setattr(row, column, at)
    audit.log(None, "revoke", act.act, act.id, purpose="restore")
    return True


def _end_sessions() -> int:
    """End every session but those of reporters who came in by invitation; return how many.

    Everybody else signs in with a passkey or the account of the gemeente. Who has neither would
    hear nothing back any more until somebody invites them, and sees no more than the own reports.
    """
    reporters = sa.select(Person.id).where(Person.role.in_(REPORTERS))
    stays = sa.and_(Session.method == "invitation", Session.person_id.in_(reporters))
    ended = db.session.execute(
        sa.update(Session).where(Session.ended_at.is_(None), ~stays).values(ended_at=now()),
        execution_options={"synchronize_session": False},
    )
    db.session.commit()
    return int(ended.rowcount)  # type: ignore[attr-defined]
