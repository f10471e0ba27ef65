"""What a report says, which of it the business may read, and what must be true before it is sent or replied to."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.exhibits.models import EvidenceItem
from compliance.inspection_reports.models import ReportSending, Wording
from compliance.inspections.models import Inspection, Result
from compliance.inspections.rules import Score
from compliance.inspections.states import InspectionStatus
from compliance.interviews.models import Interview, SeenIndicator, Signature
from registry import signing
from registry.errors import Reason
from registry.schemes import Disclosure, Scheme


@dataclass(frozen=True, slots=True)
class VisitNotes:
    """What was taken down on the visit besides the findings, each in the order in which it was."""

    interviews: Iterable[Interview] = ()
    indicators: Iterable[SeenIndicator] = ()
    signatures: Iterable[Signature] = ()


LONGEST_TO_REPLY = timedelta(days=60)
SAID_OF_IT = ("visited_on", "summary", "business_comments")


def content_of(
    inspection: Inspection,
    *,
    results: Iterable[Result],
    exhibits: Iterable[EvidenceItem],
    wordings: Iterable[Wording],
    taken_down: VisitNotes,
    score: Score,
) -> dict[str, Any]:
    """All that a report says, as plain values in a fixed order: what its digest is made of."""
    found = {result.standard: result for result in results}
    content = {
        "inspection": inspection.reference,
        "kind": inspection.kind,
        "organisation": inspection.organisation.reference,
        "case": inspection.case,
        "licence": inspection.licence_number,
        "scheme": inspection.scheme,
        "version": inspection.version,
        "inspector": inspection.inspector.reference,
        **{field: getattr(inspection, field) for field in SAID_OF_IT},
        "findings": [_finding(code, found.get(code)) for code in inspection.standards],
        "score": {"points": score.points, "failed": score.failed, "critical": list(score.critical)},
        "exhibits": [_exhibit(item) for item in sorted(exhibits, key=lambda item: item.number)],
        "wordings": {one.part: one.text for one in sorted(wordings, key=lambda one: one.part)},
        "interviews": _interviews(taken_down.interviews),
        "indicators": [{"code": one.code, "evidence": one.evidence} for one in taken_down.indicators],
        "signatures": [_signature(one) for one in taken_down.signatures],
    }
    plain: dict[str, Any] = signing.plain(content)
    return plain


def _interviews(interviews: Iterable[Interview]) -> dict[str, Any]:
    """How many workers talked, and the digest of what each said: the report shows no word of it, and notices a change."""
    every = list(interviews)
    return {
        "held": sum(1 for one in every if one.consents),
        "declined": sum(1 for one in every if not one.consents),
        "digests": [signing.digest({field: getattr(one, field) for field in SAID_BY_A_WORKER}) for one in every],
    }


SAID_BY_A_WORKER = ("reference", "language", "sampled", "consents", "answers", "indicators", "notes")


def _signature(one: Signature) -> dict[str, str]:
    return {"name": one.name, "role": one.role, "statement": one.statement, "how": one.how, "because": one.because}


def _finding(code: str, result: Result | None) -> dict[str, str]:
    return {
        "standard": code,
        "finding": result.finding if result else "",
        "evidence": result.evidence if result else "",
        # Only where there is one: reports of before keep the digest that they have.
        **({"business_comment": result.business_comment} if result and result.business_comment else {}),
    }


#: Of an exhibit of which no one has said that the business may have it. The words are part of the digest.
NOT_RELEASED = "It was not released to the business."


def _exhibit(item: EvidenceItem) -> dict[str, Any]:
    return {
        "number": item.number,
        "kind": item.kind,
        "description": item.description,
        "taken_at": item.taken_at,
        "taken_by": item.taken_by.reference,
        "place": item.place,
        "digest": item.digest,
        "kept": item.document.digest if item.document else "",
        "standards": item.standards,
        "withheld_because": item.withheld_because or ("" if item.business_may_have_it else NOT_RELEASED),
        "struck_out_because": item.struck_out_because,
    }


# --- what the business may read ---


def disclosable(content: Mapping[str, Any], scheme: Scheme) -> dict[str, Any]:
    """The report without what the business may not read: it says that something was left out, and not what.

    Who inspected stays in; the brief, intelligence and sources were never part of it. For the summary and for the evidence
    of a finding the wording stands that was written for the business, where there is one. Where the number of workers who
    talked is not told, no sentence of either tells it.
    """
    wordings, shown = content["wordings"], [one for one in content["exhibits"] if _may_go(one)]
    standing = [one for one in content["exhibits"] if not one["struck_out_because"]]
    kept = ("number", "kind", "description", "taken_at", "place", "digest", "standards")
    tells = scheme.disclosure.tells(content["interviews"]["held"])
    read = {one["standard"]: wordings.get(one["standard"], one["evidence"]) for one in content["findings"]}
    read[Wording.SUMMARY] = wordings.get(Wording.SUMMARY, content["summary"])
    said = read if tells else {part: _uncounted(text, scheme.disclosure) for part, text in read.items()}
    return {
        **{key: value for key, value in content.items() if key not in LEFT_OUT},
        "summary": said[Wording.SUMMARY],
        "findings": [{**one, "evidence": said[one["standard"]]} for one in content["findings"]],
        "exhibits": [{key: one[key] for key in kept} for one in shown],
        "interviews": _counted(content["interviews"], scheme.disclosure),
        "left_out": {
            "exhibits": len(standing) - len(shown),
            "words": bool(wordings) or said != read,
            "interviews": content["interviews"]["held"] > 0 or bool(content["indicators"]),
        },
    }


SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+|\n|$)\s*")


def _uncounted(text: str, how: Disclosure) -> str:
    """The text without its sentences that say how many workers talked or were asked."""
    return "".join(sentence for sentence in SENTENCE.findall(text) if not how.counts_talks(sentence)).strip()


def _counted(interviews: Mapping[str, Any], how: Disclosure) -> dict[str, int]:
    """How many workers talked, where they are so many that none of them can be told from it."""
    held, declined = interviews["held"], interviews["declined"]
    return {"held": held, "declined": declined} if how.tells(held) else {}


LEFT_OUT = frozenset({"wordings", "exhibits", "findings", "summary", "interviews", "indicators"})


def _may_go(exhibit: Mapping[str, Any]) -> bool:
    return not exhibit["withheld_because"] and not exhibit["struck_out_because"]


def word_blockers(inspection: Inspection, *, parts: Collection[str]) -> Iterator[Reason]:
    for part in parts:
        if part != Wording.SUMMARY and part not in inspection.standards:
            yield Reason(
                "not_tested_here", format_lazy(_("Standard {code} is not part of this inspection."), code=part)
            )


# --- what changed ---


@dataclass(frozen=True, slots=True)
class ReportDifference:
    """One thing that a later version says otherwise: what it is, the code of the standard or number, before and after."""

    what: str
    of: str
    before: str
    after: str


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[ReportDifference]:
    for field in SAID_OF_IT:
        yield from _changed(field, "", before[field], after[field])
    then, now = ({one["standard"]: one for one in content["findings"]} for content in (before, after))
    for code in now:
        for field in ("finding", "evidence", "business_comment"):
            yield from _changed(field, code, then.get(code, {}).get(field, ""), now[code].get(field, ""))
    for part in sorted({*before["wordings"], *after["wordings"]}):
        yield from _changed("wording", part, before["wordings"].get(part, ""), after["wordings"].get(part, ""))
    yield from _changed_exhibits(before, after)
    yield from _changed_people(before, after)


def _changed_exhibits(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[ReportDifference]:
    then, now = ({one["number"]: one for one in content["exhibits"]} for content in (before, after))
    for number, exhibit in now.items():
        for field in ("description", "place", "standards", "withheld_because", "struck_out_because"):
            yield from _changed(f"exhibit_{field}", str(number), then.get(number, {}).get(field, ""), exhibit[field])


def _changed_people(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[ReportDifference]:
    """Of interviews only how many there are, and that something in them is otherwise."""
    then, now = before.get("interviews", {}), after.get("interviews", {})
    for field in ("held", "declined"):
        yield from _changed(f"interviews_{field}", "", then.get(field, 0), now.get(field, 0))
    if not Counter(then.get("digests", ())) <= Counter(now.get("digests", ())):
        yield ReportDifference("interviews_said", "", "", "")
    seen, sees = (
        {one["code"]: one["evidence"] for one in content.get("indicators", ())} for content in (before, after)
    )
    for code in sorted({*seen, *sees}):
        yield from _changed("indicator", code, seen.get(code, ""), sees.get(code, ""))
    signed, signs = ([_signed(one) for one in content.get("signatures", ())] for content in (before, after))
    yield from _changed("signatures", "", "; ".join(signed), "; ".join(signs))


def _signed(one: Mapping[str, str]) -> str:
    return f"{one['name']}, {one['role']}"


def _changed(what: str, of: str, before: Any, after: Any) -> Iterator[ReportDifference]:
    was, now = (", ".join(one) if isinstance(one, list) else "" if one is None else str(one) for one in (before, after))
    if was != now:
        yield ReportDifference(what, of, was, now)


# --- sending and replying ---


def send_blockers(inspection: Inspection, *, sent: bool, reply_by: date | None = None, on: date) -> Iterator[Reason]:
    """What a second person has confirmed is sent, once: the business knows what is found against it, and may reply (FWA-DEC)."""
    if inspection.status != InspectionStatus.CONFIRMED:
        yield Reason("not_confirmed", _("A report is sent once a second person has confirmed it."))
    if sent:
        yield Reason("sent_already", _("The business has been sent this report already."))
    if reply_by is not None and not on < reply_by <= on + LONGEST_TO_REPLY:
        text = _("The business must have from 1 to 60 days to reply.")
        yield Reason("no_time_to_reply", text, "reply_by")


def reply_blockers(sending: ReportSending, *, text: str) -> Iterator[Reason]:
    """A late reply is kept too, and says that it is late."""
    if not text.strip():
        yield Reason("nothing_said", _("Enter your reply."), "text")


#: Parts of a report of which the rows were erased after their time: the version that was confirmed says them still.
ERASED_PARTS = ("interviews", "signatures")


def faults_of(
    content: Mapping[str, Any], *, kept: Mapping[str, Any], digest: str, trail: str, without: Collection[str] = ()
) -> Iterator[str]:
    """Where a report is not what was confirmed: the rows, the kept version, its digest and the trail must agree.

    Of the parts in `without` no rows are compared.
    """
    if signing.digest(kept) != digest:
        yield "the version that was kept does not have its digest"
    if trail != digest:
        yield "the trail says another digest"
    compared = {**content, **{part: kept.get(part) for part in without}}
    if signing.digest(compared) != digest:
        yield "findings, exhibits or words are not those that were confirmed"
