import logging
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from compliance import jobs as compliance
from config import dry_run
from config.ready import refuse_to_start_if_the_clock_was_set_back
from licensing import jobs as licensing
from public_lookup import jobs as public_lookup
from public_lookup.board import jobs as boards
from public_lookup.material_news import jobs as material_news
from public_lookup.release_notices import jobs as release_notices
from public_lookup.service_figures import jobs as look_up
from registry import jobs
from registry.background_work import actions as background_work
from registry.background_work import jobs as background_work_jobs
from registry.editions import jobs as editions
from registry.integrity import head_file
from registry.service_figures import jobs as service_figures

logger = logging.getLogger(__name__)

Due = Mapping[str, Callable[..., int]]

# What happens by the clock and not by a person. Each takes `at`, does what is due by then and says to how many things.
#: What somebody waits for, or the public must see at once: nothing here takes longer than seconds.
FAST: Due = {
    "alarms for officers who did not check out": compliance.raise_alarm_for_missing,
    "people alerted of danger": jobs.alert_of_danger,
    "people alerted of urgent tasks": jobs.alert_of_urgent,
    "text messages about danger sent": jobs.send_alert_texts,
    "text messages about duties sent": licensing.send_duty_texts,
    "letters mailed": jobs.send_mail,
    "text messages sent": public_lookup.send_texts,
    "letters waiting for over an hour": jobs.warn_of_waiting,
    "documents scanned": jobs.check_documents,
    "documents waiting for over ten minutes": jobs.warn_of_held,
    "modifications of licences that hold from today": licensing.let_modifications_hold,
    "reasons of decisions published or withdrawn": licensing.publish_reasons,
    "alerts of boards stopped for people who left": boards.stop_telling_who_left,
    "followers told": public_lookup.tell_followers,
    "readers told of a release": release_notices.tell_of_releases,
    "copies of the register made": public_lookup.keep_snapshot,
    "webhooks posted": public_lookup.post_webhooks,
    "status page written": background_work_jobs.write_status_page,
    "questions put to our own look-up": look_up.ask_look_up,
}
#: What may take minutes: it counts, compares or rebuilds, or waits for machines of others.
SLOW: Due = {
    "tables of the statistics made": editions.make_tables,
    "tasks opened or ended by their day": jobs.open_due_tasks,
    "readers told what is new to pass on": material_news.tell_of_news,
    "tasks assigned by rule": jobs.assign_tasks,
    "morning mails written": jobs.mail_mornings,
    "checks asked of other authorities": licensing.ask_authorities,
    "other authorities reminded": licensing.remind_authorities,
    "cases compared with what was read since": licensing.look_again,
    "holders reminded to renew": licensing.remind_of_renewals,
    "people reminded of the duties of a business": licensing.remind_of_duties,
    "businesses reminded of what is to be put right": compliance.remind_of_follow_ups,
    "pieces of photographs that nobody went on with": compliance.forget_pieces,
    "applicants reminded of requests": licensing.remind_of_requests,
    "requests not answered in time": licensing.let_requests_lapse,
    "officers reminded of missed dates": licensing.chase_missed_dates,
    "decision times worked out": licensing.work_out_paces,
    "card payments ended": licensing.ask_about_card_payments,
    "look-alikes looked for": licensing.look_for_look_alikes,
    "licence holders compared with lists": licensing.screen_holders,
    "reports of which a day or hour has passed": compliance.remind_of_reports,
    "undertakings and orders run out": compliance.let_undertakings_run_out,
    "notices of underpayment and orders on conviction run out": compliance.let_sanctions_run_out,
    "licences scored": compliance.score_licences,
    "counts for the public made": compliance.count_for_the_public,
    "quarters frozen for tables": compliance.freeze_public_counts,
    "choosing evaluated": compliance.evaluate_choosing,
    "measures followed up": compliance.count_prevention,
    "figures of the work counted": licensing.count_work,
    "figures of the service counted": service_figures.count_service,
    "cases and people erased": licensing.erase_what_is_due,
    "lists taken up": public_lookup.hand_over_lists,
    "old lists removed": public_lookup.forget_lists,
    "supplier boards looked at": boards.look_at_boards,
    "proofs of suppliers kept": boards.keep_proofs,
    "suppliers erased that ended long ago": boards.erase_ended_lines,
    "bundles of appeals made": licensing.make_bundles,
    "campaigns counted": jobs.keep_campaign_totals,
    "readings sealed": jobs.seal_readings,
    "trail verified": jobs.verify_trail,
}


#: What lies in the folder of each machine; where the worker runs on another, the machine does it by a timer (docs/decisions/0171).
OF_EACH_MACHINE: Due = {
    "copies of the register made": public_lookup.keep_snapshot,
    "campaigns counted": jobs.keep_campaign_totals,
}
#: Jobs that decide something or write to people, and that `--dry-run` can roll back: they write to the database alone. Together in one
#: line what comes of each other; the trail is locked meanwhile.
DECIDES = (
    ("modifications of licences that hold from today", "reasons of decisions published or withdrawn", "followers told"),
    ("holders reminded to renew",),
    ("people reminded of the duties of a business",),
    ("businesses reminded of what is to be put right",),
    ("applicants reminded of requests",),
    ("requests not answered in time",),
    ("other authorities reminded",),
    ("undertakings and orders run out",),
    ("notices of underpayment and orders on conviction run out",),
    ("officers reminded of missed dates", "morning mails written", "people alerted of urgent tasks"),
    ("people alerted of danger", "reports of which a day or hour has passed"),
)
LANES = {"fast": FAST, "slow": SLOW}
# What is written is sent at once, where one thread does both.
DUE: Due = {**SLOW, **FAST}


def run_due(
    at: datetime, *, due: Due | None = None, is_told_to_stop: Callable[[], bool] = lambda: False
) -> dict[str, int | None]:
    """Do what is due, of one lane or of both, until told to stop.

    What fails (None) is logged, tried again next time, and keeps nothing else from being done.
    """
    if head_file.is_behind():
        logger.error("Nothing is done that is due: %s", head_file.why_behind())
        return {}
    chosen = DUE if due is None else due
    return {name: _done(name, call, at) for name, call in chosen.items() if not is_told_to_stop()}


def record_heartbeat(lane: str, done: Mapping[str, int | None] | None = None) -> None:
    """That this lane is alive; with `done`, what failed of what was due."""
    failed = None if done is None else [name for name, count in done.items() if count is None]
    background_work.record_heartbeat(lane, failed=failed, by=None, at=timezone.now())


def _done(name: str, call: Callable[..., int], at: datetime) -> int | None:
    try:
        return call(at=at)
    except Exception as error:
        logger.exception("Due, but failed: %s", name)
        jobs.note_refusal(error, at=at)
        return None


class Command(BaseCommand):
    help = "Do what is due by the clock. `manage.py work` calls it every minute; without that, call it from a timer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--of-this-machine",
            action="store_true",
            help="only what lies in the folder of each machine: for one whose worker is on another",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="change and send nothing: say what the clock would decide and write now, as after an upgrade",
        )

    def handle(self, *args: Any, of_this_machine: bool = False, **options: Any) -> None:
        refuse_to_start_if_the_clock_was_set_back()
        if options.get("dry_run"):
            self._say_what_would_be_done(timezone.now())
            return
        done = run_due(timezone.now(), due=OF_EACH_MACHINE if of_this_machine else None)
        if not of_this_machine:
            self._beat(done)
        for name, count in done.items():
            self.stdout.write(f"{name}: {'failed' if count is None else count}")
        if None in done.values():
            raise CommandError("Something that was due failed; the log says why.")

    def _say_what_would_be_done(self, at: datetime) -> None:
        for names in DECIDES:
            for name, result in dry_run.would_do({name: DUE[name] for name in names}, at=at).items():
                self.stdout.write("\n  ".join((f"{name}: {result.count}", *result.lines)))

    def _beat(self, done: Mapping[str, int | None]) -> None:
        for lane, jobs_of_lane in LANES.items():
            record_heartbeat(lane, {name: count for name, count in done.items() if name in jobs_of_lane})
