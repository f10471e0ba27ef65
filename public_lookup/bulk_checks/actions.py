"""Lists that are checked in one go: taken in, begun, answered part by part, forgotten. Nobody is asked who they are."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from public_lookup.bulk_checks import rules
from public_lookup.bulk_checks.models import CheckList, CheckRow
from public_lookup.bulk_checks.queries.matching import RowMatch, former_numbers, may_be_meant
from public_lookup.follows.models.follows import Follow
from public_lookup.lookup.queries.rows import LookupRow
from registry.errors import Reason, refuse_for

#: How long a list stays in the hands of whoever took it up; if nothing is answered until then, another may.
LEASE = timedelta(minutes=2)
# Rows of one statement.
_AT_ONCE = 500


@transaction.atomic
def make(*, rows: Sequence[Sequence[str]], read_as: str = "", by: None, at: datetime) -> CheckList:
    """Keep the rows, with what their columns seem to hold: nothing is looked up before somebody has confirmed that.

    `read_as`: the encoding of the file, where it was guessed.
    """
    columns, has_heading = rules.guessed_columns(rows, given=former_numbers(rows[: rules.LOOKED_AT]))
    check_list = CheckList.objects.create(
        made_at=at, columns=columns, has_heading=has_heading, count=len(rows), read_as=read_as
    )
    CheckRow.objects.bulk_create(
        [CheckRow(check_list=check_list, place=place, cells=list(row)) for place, row in enumerate(rows, 1)],
        batch_size=_AT_ONCE,
    )
    return check_list


@transaction.atomic
def begin(check_list: CheckList, *, columns: Sequence[str], has_heading: bool, by: None, at: datetime) -> CheckList:
    """Have every row looked up in the register as it stands now; what an earlier look-up answered is taken away.

    Raises `Refused` (nobody_named, column_twice, too_many_rows).
    """
    check_list = CheckList.objects.select_for_update().get(pk=check_list.pk)
    refuse_for(rules.begin_blockers(columns, rows=check_list.count - has_heading))
    check_list.rows.exclude(confidence="").update(confidence="", outcome="", doubts=[], matches=[])
    check_list.columns, check_list.has_heading = list(columns), has_heading
    check_list.begun_at = check_list.next_try = at
    check_list.checked, check_list.done_at = 0, None
    check_list.save()
    return check_list


@transaction.atomic
def lease(check_list: CheckList, *, by: None, at: datetime) -> bool:
    """Take a list up, unless somebody else has it in hand."""
    due = CheckList.objects.to_check(at).filter(pk=check_list.pk)
    return bool(due.update(next_try=at + LEASE))


@transaction.atomic
def release(check_list: CheckList, *, by: None, at: datetime) -> None:
    """Let whoever comes next take the list up where it was left."""
    CheckList.objects.filter(pk=check_list.pk, done_at=None).update(next_try=at)


@transaction.atomic
def record(
    check_list: CheckList, *, rows: Sequence[CheckRow], answers: Sequence[RowMatch], by: None, at: datetime
) -> CheckList:
    """Keep the answers to the next rows of a list. If another has answered them meanwhile, or begun anew, theirs stand."""
    found = CheckList.objects.select_for_update().get(pk=check_list.pk)
    if (found.checked, found.begun_at) != (check_list.checked, check_list.begun_at):
        return found
    for row, answer in zip(rows, answers, strict=True):
        row.confidence, row.outcome = answer.confidence, answer.outcome
        row.doubts, row.matches = list(answer.doubts), [_match(one) for one in answer.rows]
    CheckRow.objects.bulk_update(rows, ["confidence", "outcome", "doubts", "matches"], batch_size=_AT_ONCE)
    found.checked += len(rows)
    found.next_try = at + LEASE
    found.done_at = at if found.checked >= found.of else None
    found.save(update_fields=["checked", "next_try", "done_at"])
    return found


@transaction.atomic
def pick(check_list: CheckList, *, picked: Mapping[int, Sequence[str]], by: None, at: datetime) -> None:
    """Keep which of the similar ones somebody says are meant, by the places of rows; no other numbers count."""
    rows = list(check_list.rows.select_for_update().filter(place__in=picked))
    for row in rows:
        offered = {match["number"] for match in row.matches if may_be_meant(row.confidence, match["why"])}
        row.picked = sorted(offered & set(picked[row.place]))
    CheckRow.objects.bulk_update(rows, ["picked"])


@transaction.atomic
def remove(check_list: CheckList, *, by: None, at: datetime) -> None:
    """Delete the rows and all that was found; of a list that was followed, its bare number stays until the follow is forgotten.

    Raises `Refused` (followed) while somebody is told of its changes.
    """
    check_list = CheckList.objects.select_for_update().get(pk=check_list.pk)
    if Follow.objects.filter(check_list=check_list).live().exists():
        refuse_for(
            [
                Reason(
                    "followed",
                    _(
                        "This list is followed. Stop that first: by the address that is in each email, or on the page of your system."
                    ),
                )
            ]
        )
    check_list.rows.all().delete()
    if Follow.objects.filter(check_list=check_list).exists():
        check_list.count = check_list.checked = 0
        check_list.has_heading = False
        check_list.save()
    else:
        check_list.delete()


@transaction.atomic
def forget(*, by: None, at: datetime) -> int:
    """Delete lists that are older than a week and that nobody follows. Says how many."""
    gone = list(CheckList.objects.to_forget(at).values_list("pk", flat=True))
    CheckRow.objects.filter(check_list__in=gone).delete()
    CheckList.objects.filter(pk__in=gone).delete()
    return len(gone)


def _match(row: LookupRow) -> dict[str, object]:
    return {
        "entry": row.entry.entry_number,
        "listing": row.entry.listing_id,
        "number": row.entry.number,
        "exact": row.exact,
        "why": row.why,
        "name": row.name,
        "carried_by": row.carried_by.entry_number if row.carried_by else None,
    }
