"""The material of a case, sorted and unsorted, and what a file for the prosecutor says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from compliance.enforcement.models.cases import UnlicensedCase
from compliance.enforcement.models.prosecution import ALWAYS_SENSITIVE, CaseMaterial, MaterialKind, Use
from compliance.enforcement.queries import cases as enforcement
from compliance.enforcement.rules import prosecution as rules
from compliance.exhibits.queries import ShownExhibit, exhibits_of
from compliance.inspection_reports.queries import standing_version
from compliance.inspections.models import Inspection
from registry import schemes, signing
from registry.errors import Reason
from registry.schemes import said


@dataclass(frozen=True, slots=True)
class MaterialPiece:
    """One piece of material that is known of a case, with what it was sorted as."""

    kind: str
    code: str
    description: str
    sorted_as: CaseMaterial | None

    @property
    def title(self) -> str:
        return kind_in_words(self.kind)

    @property
    def is_always_sensitive(self) -> bool:
        return self.kind in ALWAYS_SENSITIVE


def kind_in_words(kind: str) -> str:
    """What was added by hand is an item with a number."""
    return gettext("Item") if kind == MaterialKind.OTHER else str(MaterialKind(kind).label)


def pieces_of(case: UnlicensedCase) -> list[MaterialPiece]:
    """Everything that the case begins with, that was found or sent in it, and what was added by hand."""
    kept = {(one.kind, one.code): one for one in case.material.order_by("pk")}
    known = {(kind, code): description for kind, code, description in _known(case)}
    added = [key for key in kept if key not in known]
    return [
        MaterialPiece(kind, code, known.get((kind, code), ""), kept.get((kind, code)))
        for kind, code in (*known, *added)
    ]


def _of_visit(inspection: Inspection) -> Iterator[tuple[str, str, str]]:
    if version := standing_version(inspection):
        yield MaterialKind.REPORT, f"{inspection.reference}, {version.number}", ""
    for item in inspection.exhibits.standing().in_order():
        yield MaterialKind.EXHIBIT, item.reference, item.description
    for reference in inspection.interviews.order_by("pk").values_list("reference", flat=True):
        yield MaterialKind.INTERVIEW, reference, ""


def _known(case: UnlicensedCase) -> Iterator[tuple[str, str, str]]:
    if case.inspection is not None:
        yield from _of_visit(case.inspection)
    for notice in case.user_notices.select_related("letter").order_by("pk"):
        yield MaterialKind.LETTER, notice.letter.number, notice.letter.subject
    if case.report is not None:
        yield MaterialKind.TOLD, case.report.reference, ""
    if case.intelligence is not None:
        yield MaterialKind.INTELLIGENCE, case.intelligence.reference, ""


def piece_of(case: UnlicensedCase, kind: str, code: str) -> MaterialPiece | None:
    return next((one for one in pieces_of(case) if (one.kind, one.code) == (kind, code)), None)


def unsorted_of(case: UnlicensedCase) -> int:
    """How many pieces no one has said of as what they go to the prosecutor."""
    return sum(one.sorted_as is None for one in pieces_of(case))


def put_together_blockers(case: UnlicensedCase) -> list[Reason]:
    kept = [one.sorted_as for one in pieces_of(case) if one.sorted_as]
    missing = unsorted_of(case)
    offences = enforcement.made_out(case)
    undated = [one["section"] for one in _offences(case) if not one["committed_from"]]
    return list(rules.put_together_blockers(case, unsorted=missing, offences=offences, undated=undated, sorted_as=kept))


# --- the file ---


def content_of(case: UnlicensedCase) -> dict[str, Any]:
    """All that the file says, as plain values. Of what is sensitive: that there is something, of which kind, and why."""
    kept = [one.sorted_as for one in pieces_of(case) if one.sorted_as]
    exhibits = exhibits_of(case.inspection) if case.inspection else ()
    custody = {shown.item.reference: shown for shown in exhibits}
    content = {
        "case": case.reference,
        "against": case.against,
        "about": {
            "organisation": case.organisation.reference if case.organisation else "",
            "name": case.organisation.legal_name if case.organisation else "",
            "described": case.described,
        },
        "scheme": case.scheme,
        "version": case.version,
        "officer": case.officer.reference,
        "opened_at": case.opened_at,
        "proposed_because": case.proposed_because,
        "offences": list(_offences(case)),
        "reasonable_steps": [
            {"kind": one.kind, "on": one.on, "receipt": one.receipt, "note": one.note}
            for one in case.reasonable_steps.order_by("pk")
        ],
        "evidence": [
            {
                **_described(number, one),
                "digest": _digest(custody.get(one.code)),
                "custody": _custody(custody.get(one.code)),
            }
            for number, one in _numbered(kept, Use.EVIDENCE)
        ],
        "unused": [_described(number, one) for number, one in _numbered(kept, Use.UNUSED)],
        "sensitive": [
            {"number": number, "kind": one.kind, "why": one.why_sensitive}
            for number, one in _numbered(kept, Use.SENSITIVE)
        ],
    }
    plain: dict[str, Any] = signing.plain(content)
    return plain


def _numbered(kept: list[CaseMaterial], use: str) -> Iterator[tuple[int, CaseMaterial]]:
    return enumerate((one for one in kept if one.use == use), start=1)


def _described(number: int, one: CaseMaterial) -> dict[str, Any]:
    return {
        "number": number,
        "kind": one.kind,
        "code": one.code,
        "description": one.description,
        "kept_at": one.kept_at,
    }


def _digest(shown: ShownExhibit | None) -> str:
    return shown.item.digest if shown else ""


def _custody(shown: ShownExhibit | None) -> list[dict[str, Any]]:
    return [
        {
            "act": step.act,
            "holder": step.holder,
            "place": step.place,
            "seal": step.seal_number,
            "at": step.happened_at,
        }
        for step in (shown.steps if shown else ())
    ]


def _offences(case: UnlicensedCase) -> Iterator[dict[str, Any]]:
    words = schemes.get(case.scheme, case.version).enforcement
    for recorded in case.offences.prefetch_related("elements").order_by("pk"):
        if offence := words.offence(recorded.code) if words else None:
            weighed = {one.code: one for one in recorded.elements.all()}
            yield {
                "code": offence.code,
                "section": offence.section,
                "committed_from": recorded.committed_from,
                "committed_until": recorded.committed_until,
                "place": recorded.place,
                "elements": [
                    {
                        "code": element.code,
                        "shown": weighed[element.code].shown if element.code in weighed else "",
                        "evidence": weighed[element.code].evidence if element.code in weighed else "",
                        "kept_at": weighed[element.code].kept_at if element.code in weighed else "",
                    }
                    for element in offence.elements
                ],
            }


@dataclass(frozen=True, slots=True)
class ShownElement:
    title: str
    shown: str
    evidence: str
    kept_at: str


@dataclass(frozen=True, slots=True)
class ShownOffence:
    section: str
    title: str
    maximum: str
    defence: str
    committed_from: date | None
    committed_until: date | None
    place: str
    elements: tuple[ShownElement, ...]


def offences_in_words(case: UnlicensedCase, content: Mapping[str, Any], *, language: str) -> Iterator[ShownOffence]:
    """The offences of a file in the words of the pack."""
    words = schemes.get(case.scheme, case.version).enforcement
    for kept in content["offences"]:
        if offence := words.offence(kept["code"]) if words else None:
            titles = {one.code: said(one.title, language) for one in offence.elements}
            yield ShownOffence(
                section=offence.section,
                title=said(offence.title, language),
                maximum=said(offence.maximum, language),
                defence=said(offence.defence, language) if offence.defence else "",
                committed_from=_day(kept.get("committed_from")),
                committed_until=_day(kept.get("committed_until")),
                place=kept.get("place", ""),
                elements=tuple(
                    ShownElement(titles.get(one["code"], one["code"]), one["shown"], one["evidence"], one["kept_at"])
                    for one in kept["elements"]
                ),
            )


def _day(kept: str | None) -> date | None:
    """A file that was put together before days were asked for has none."""
    return date.fromisoformat(kept) if kept else None
