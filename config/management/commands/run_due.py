import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from compliance import jobs as compliance
from config.ready import refuse_to_start_if_the_clock_was_set_back
from licensing import jobs as licensing
from public_lookup import jobs as public_lookup
from registry import jobs as tasks
from registry.integrity import head_file

logger = logging.getLogger(__name__)

# What happens by the clock and not by a person. Each takes `at`, does what is due by then and says to how many things.
DUE: dict[str, Callable[..., int]] = {
    "checks asked of other authorities": licensing.ask_authorities,
    "other authorities reminded": licensing.remind_authorities,
    "cases compared with what was read since": licensing.look_again,
    "letters handed over": tasks.hand_over,
    "letters waiting for over an hour": tasks.warn_of_waiting,
    "documents scanned": tasks.check_documents,
    "documents waiting for over ten minutes": tasks.warn_of_held,
    "holders reminded to renew": licensing.remind_of_renewals,
    "businesses reminded of what is to be put right": compliance.remind_of_follow_ups,
    "pieces of photographs that nobody went on with": compliance.forget_pieces,
    "modifications of licences that hold from today": licensing.let_modifications_hold,
    "officers reminded of missed dates": licensing.chase_missed_dates,
    "decision times worked out": licensing.work_out_paces,
    "card payments ended": licensing.ask_about_card_payments,
    "look-alikes looked for": licensing.look_for_look_alikes,
    "reports of which a day or hour has passed": compliance.remind_of_reports,
    "undertakings and orders run out": compliance.let_undertakings_run_out,
    "notices of underpayment and orders on conviction run out": compliance.let_sanctions_run_out,
    "licences scored": compliance.score_licences,
    "counts for the public made": compliance.count_for_the_public,
    "choosing evaluated": compliance.evaluate_choosing,
    "figures of the work counted": licensing.count_work,
    "cases and people erased": licensing.erase_what_is_due,
    "copies of the register made": public_lookup.keep_snapshot,
    "followers told": public_lookup.tell_followers,
    "webhooks handed over": public_lookup.hand_over,
    "lists taken up": public_lookup.hand_over_lists,
    "old lists removed": public_lookup.forget_lists,
    "text messages handed over": public_lookup.hand_over_texts,
    "bundles of appeals made": licensing.make_bundles,
    "trail verified": tasks.verify_trail,
}


def run_due(at: datetime, *, is_told_to_stop: Callable[[], bool] = lambda: False) -> dict[str, int | None]:
    """Do all that is due, until told to stop. What fails (None) is logged, tried again next time, and keeps nothing else from being done."""
    if head_file.is_behind():
        logger.error("Nothing is done that is due: %s", head_file.why_behind())
        return {}
    return {name: _done(name, call, at) for name, call in DUE.items() if not is_told_to_stop()}


def _done(name: str, call: Callable[..., int], at: datetime) -> int | None:
    try:
        return call(at=at)
    except Exception as error:
        logger.exception("Due, but failed: %s", name)
        tasks.note_refusal(error, at=at)
        return None


class Command(BaseCommand):
    help = "Do what is due by the clock. `manage.py work` calls it every minute; without that, call it from a timer."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_to_start_if_the_clock_was_set_back()
        done = run_due(timezone.now())
        for name, count in done.items():
            self.stdout.write(f"{name}: {'failed' if count is None else count}")
        if None in done.values():
            raise CommandError("Something that was due failed; the log says why.")
