"""The process that does things on time: brings messages, makes keys, clears away what is old."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from apscheduler.events import EVENT_SCHEDULER_STARTED
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.base import BaseTrigger
from flask import Flask, current_app

from server.audit import chain, verify
from server.briefings import service as briefings
from server.bundles import overlap
from server.bundles import service as bundles
from server.cases import reminding, removal
from server.clock import guard, jobs
from server.clock.busy import Busy
from server.clock.triggers import (
    daily,
    every_minutes,
    every_seconds,
    hourly,
    last_due,
    monthly,
    weekly,
)
from server.db import db, new_id, now
from server.desk import presence
from server.effect import survey
from server.events import sending as event_sending
from server.events import service as events
from server.feedback import absence, figures, owed
from server.keyring import ring
from server.logs import lines as logs
from server.logs import tracing
from server.meetings import planning as meetings
from server.notes import counting as note_counting
from server.notes import service as notes
from server.notify import courier, fanout, mail, postman, push
from server.notify import service as notify
from server.notify.models import QuietHours
from server.observations import informing
from server.people import invitations
from server.reports import counting
from server.reports import publishing as reports
from server.retention import service as retention
from server.systems import releasing
from server.training import service as training

log = logging.getLogger(__name__)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
GRACE = timedelta(minutes=10)
SILENCE = timedelta(minutes=3)
PATIENCE = 1.5  # seconds that running jobs get when the process has to stop
OWNER = f"{socket.gethostname()[:50]}:{os.getpid()}:{new_id()[:8]}"
stopping = threading.Event()


@dataclass(frozen=True)
class Job:
    """Something that is done when its trigger says so, inside an app context.

    A job runs once per due time, whatever the number of clocks: each claims a row in ``job_run``,
    for as long as it lives. What a clock that died was running starts over in another.
    A ``shared`` job is run by every clock, because it divides its work itself. Jobs of one ``lane``
    wait for each other when all its threads are at work.
    """

    name: str
    trigger: BaseTrigger
    function: Callable[[], object]
    shared: bool = False
    at_once: int = 1
    lane: str = "default"


def deliver(*, hurried: bool = False) -> None:
    """Hand over to the push services what is due."""
    config = current_app.config["SIGNAALKAART"]
    sender = _sender(ring().vapid()[0], config.vapid_contact, config.push_test_origin)
    quiet = QuietHours(*config.quiet_hours)
    claimed = courier.BATCH
    while claimed == courier.BATCH and not stopping.is_set():
        # Each time anew: what comes in while a thousand others wait is not kept until the end.
        fanout.fan_out_due(quiet, mail=config.smtp is not None, hurried=hurried)
        claimed = courier.deliver_due(sender, OWNER, quiet=quiet, stop=stopping, hurried=hurried)


def deliver_hurried() -> None:
    """Hand over what is in a hurry, also when every other run waits for a silent push service."""
    deliver(hurried=True)


def bring_mail() -> None:
    """Hand over to the mail server what is due, and what no phone took."""
    config = current_app.config["SIGNAALKAART"]
    if config.smtp is None:
        return
    mailer, quiet = mail.Mailer(config.smtp), QuietHours(*config.quiet_hours)
    fanout.mail_what_no_phone_took()
    while (
        postman.deliver_due(mailer, OWNER, config.public_url, quiet=quiet, stop=stopping)
        == postman.BATCH
    ):
        if stopping.is_set():
            return


def send_events() -> None:
    """Hand over to the system that listens what was released."""
    event_sending.send_due(current_app.config["SIGNAALKAART"], OWNER, stopping)


@lru_cache(maxsize=1)
def _sender(private_pem: bytes, contact: str, test_origin: str | None) -> push.Sender:
    return push.Sender(private_pem, contact, test_origin=test_origin)


def take_over() -> None:
    """Run again, from the beginning, what a clock that died was running; none waits for another."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    left = jobs.abandoned()
    for job in JOBS:
        if job.name in left:
            threading.Thread(target=run, args=(app, job), daemon=True).start()


def make_keys() -> None:
    """Have this month's key, and near its end the next month's, before anybody needs it."""
    ring().ensure(now())


# Deliveries are claimed one by one with a lease, so every clock may look for them. A push service
# that keeps silent holds a run for half a minute; the next runs then carry what is fresh. What is
# in a hurry has runs of its own, that nothing else holds up.
JOBS = [
    Job("deliver", every_seconds(2), deliver, shared=True, at_once=3),
    Job(
        "deliver-hurried", every_seconds(2), deliver_hurried, shared=True, at_once=2, lane="hurried"
    ),
    Job("bring-mail", every_seconds(10), bring_mail, shared=True),
    Job("take-over", every_seconds(5), take_over, shared=True),
    Job("make-keys", hourly(5), make_keys),
    Job("find-overlap", every_minutes(1), overlap.run),
    Job("chain-log", every_minutes(5), chain.extend),
    Job("watch-time", hourly(10), guard.watch),
    Job("carry-out-terms", daily(3, 40), counting.ahead_of(retention.run_nightly)),
    Job("remind-of-actions", daily(8, 12), reminding.remind),
    Job("remove-cases", daily(3, 39), counting.ahead_of(removal.remove)),
    Job("tidy-bundles", daily(3, 43), bundles.tidy),
    Job("destroy-keys", daily(3, 45), retention.destroy_keys_nightly),
    Job("sign-log", daily(3, 50), retention.keep_log_nightly),
    Job("verify-log", weekly(4, 20), verify.check),
    Job("remind-to-inform", daily(9, 5), informing.remind),
    Job("work-out-figures", daily(3, 55), figures.work_out),
    Job("digest", hourly(1), owed.send_digests),
    Job("escalate", daily(7, 45), owed.escalate),
    Job("prepare-meetings", every_minutes(10), meetings.prepare),
    Job("forget-meetings", daily(3, 37), meetings.forget_old),
    Job("count-figures", hourly(25), counting.count_new),
    Job("publish-figures", daily(4, 10), reports.publish_due),
    Job("count-answers", hourly(27), note_counting.count_new),
    Job("send-events", every_seconds(20), send_events, shared=True),
    Job("release-events", daily(6, 10), releasing.release_due),
    Job("remove-old-events", daily(3, 32), events.remove_old),
    Job("publish-survey", daily(4, 15), survey.publish_due),
    Job("make-notes", daily(4, 30), notes.make_due),
    Job("nudge-practice", monthly(10, 0), training.nudge_all),
    Job("forget-presence", every_minutes(5), presence.forget_old),
    Job("remove-old-stories", daily(3, 33), briefings.remove_old),
    Job("remove-old-wishes", daily(3, 35), training.remove_old),
    Job("remove-old-absences", daily(3, 15), absence.remove_old),
    Job("remove-old-messages", daily(3, 20), notify.remove_old),
    Job("remove-old-runs", daily(3, 25), jobs.remove_old),
    Job("remove-old-invitations", daily(3, 30), invitations.remove_expired),
]


def run(app: Flask, job: Job) -> None:
    """Run a job if it is ours to run; what goes wrong is logged and the clock goes on."""
    if stopping.is_set():
        return
    tracing.begin()
    with _busy, app.app_context():
        try:
            _run(job)
        except Exception as fault:  # noqa: BLE001
            # The message of an error may quote what people wrote; its kind and place may not.
            place = traceback.extract_tb(fault.__traceback__)[-1]
            log.error(
                "Taak %s is mislukt: %s in %s:%s",
                job.name,
                type(fault).__name__,
                Path(place.filename).name,
                place.lineno,
            )


def _run(job: Job) -> None:
    if job.shared:
        job.function()
        minute = now().replace(second=0, microsecond=0)
        if _beats.get(job.name) != minute:
            jobs.beat(job.name, minute)
            _beats[job.name] = minute
        return
    slot = last_due(job.trigger, now())
    if not jobs.claim(job.name, slot, OWNER):
        return
    log.info("Taak %s begint", job.name, extra={"fields": {"due": slot.isoformat()}})
    outcome = "failed"
    try:
        job.function()
        outcome = "done"
    finally:
        db.session.rollback()
        jobs.finish(job.name, slot, OWNER, outcome)


def late_jobs(moment: datetime) -> list[str]:
    """Return the names of the jobs whose last turn, some minutes ago or more, did not end well."""
    done = jobs.last_done()
    late = []
    for job in JOBS:
        due = moment - SILENCE if job.shared else last_due(job.trigger, moment - GRACE)
        if job.name not in done or done[job.name] < due:
            late.append(job.name)
    return late


def keep_time(app: Flask) -> None:
    """Run all jobs when they are due, until the process is told to stop.

    A job whose last turn nobody took, because no clock ran, is run at once.
    """
    scheduler = BlockingScheduler(
        executors={"default": ThreadPoolExecutor(10), "hurried": ThreadPoolExecutor(2)},
        job_defaults={"coalesce": True, "misfire_grace_time": None},
        timezone=UTC,
    )
    for job in JOBS:
        first = {} if job.shared else {"next_run_time": datetime.now(UTC)}
        scheduler.add_job(
            run,
            job.trigger,
            (app, job),
            id=job.name,
            max_instances=job.at_once,
            executor=job.lane,
            **first,
        )
    started = threading.Event()
    scheduler.add_listener(lambda _event: started.set(), EVENT_SCHEDULER_STARTED)

    def stop_when_told() -> None:
        stopping.wait()
        started.wait()
        scheduler.shutdown(wait=False)

    threading.Thread(target=stop_when_told, daemon=True).start()
    threading.Thread(target=jobs.keep, args=(app, OWNER, stopping), daemon=True).start()
    scheduler.start()


def main() -> None:
    """Be the clock process."""
    from server.app import create_app

    logs.start()
    app = create_app()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stopping.set())
    log.info("De klok loopt.")
    keep_time(app)
    ended = _busy.wait_until_idle(PATIENCE)
    log.info("De klok staat stil.")
    if not ended:
        # What was being sent is sent again by the next clock, once its lease is over.
        logging.shutdown()
        os._exit(0)


_busy = Busy()
_beats: dict[str, datetime] = {}
