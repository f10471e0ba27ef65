"""Which published reasons of decisions wait for an appeal, are due, or are undone by one."""

from datetime import date

from licensing.appeals.models import Appeal
from licensing.appeals.states import OPEN_APPEALS, AppealOutcome, AppealStatus
from registry.register.models import PublicReason


def reasons_to_show(day: date) -> list[PublicReason]:
    """Held back until a day that has come, and under no appeal."""
    due = PublicReason.objects.due_on(day).select_related("listing").order_by("pk")
    waits = (*OPEN_APPEALS, AppealStatus.SENT_BACK)
    appealed = set(
        Appeal.objects.filter(decision__reference__in=[one.decision for one in due], status__in=waits).values_list(
            "decision__reference", flat=True
        )
    )
    return [one for one in due if one.decision not in appealed]


def reasons_to_withdraw() -> list[PublicReason]:
    """Of decisions that an appeal has ended, or sent back to be decided again."""
    undone = Appeal.objects.filter(outcome__in=[AppealOutcome.ALLOWED, AppealOutcome.REMITTED])
    references = undone.values("decision__reference")
    standing = PublicReason.objects.filter(withdrawn_at=None, decision__in=references)
    return list(standing.select_related("listing").order_by("pk"))
