"""Delete cases a term after they were closed, with all that was written in them."""

from __future__ import annotations

import sqlalchemy as sa

from server import audit
from server.cases.models import Action, Case, Goal
from server.clock import guard
from server.db import db, now
from server.observations.keeping import Terms, add_months
from server.workdays import local_day


def remove() -> int:
    """Delete what is past its term; return how many cases. Not when the time is not believed."""
    if not guard.watch():
        return 0
    last = add_months(local_day(now()), -Terms.of_gemeente().case_months)
    ids = list(db.session.scalars(sa.select(Case.id).where(Case.closed_on <= last)))
    for case_id in ids:
        audit.log(None, "delete", "case", case_id, outcome="expired")
    db.session.execute(sa.delete(Case).where(Case.id.in_(ids)))
    # What was for a school, a club or a wijk goes a term after it was done.
    for model, done in ((Action, Action.done_on), (Goal, Goal.reached_on)):
        db.session.execute(sa.delete(model).where(model.case_id.is_(None), done <= last))
    db.session.commit()
    return len(ids)
