"""What to say to a business about its inspections, and the reports that are printed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext

from compliance.enforcement.models.cases import LadderStep, StepTaken, UnlicensedCase
from compliance.enforcement.models.prosecution import ProsecutorFile, WhySensitive
from compliance.enforcement.models.underpayment import UnderpaymentNotice
from compliance.enforcement.models.undertakings import Undertaking
from compliance.enforcement.queries.prosecution import kind_in_words, offences_in_words
from compliance.exhibits.models import CustodyAct
from registry import schemes
from registry.letters.letters import sending as sending_letters
from registry.letters.models import Letter
from registry.organisations.models import Organisation
from registry.papers import pdf
from registry.schemes import said

# --- labour users, and undertakings: the legal wording is the pack's, the words are kept as sent ---


def ladder_step(case: UnlicensedCase, step: str, *, supplier: str, because: str, at: datetime) -> Letter:
    """The notice or the warning to a labour user (2004 Act, s.13; LUINSP)."""
    wording = "enforcement_notice" if step == LadderStep.NOTICE else "enforcement_warning"
    return _queue_at_law(case, wording, {"supplier": supplier, "because": because}, about=case.reference, at=at)


def served(one: Undertaking, *, negotiate_by: date, at: datetime) -> Letter:
    """The notice with offence, reasons and draft, and the last day to negotiate (ERA 2025, s.120)."""
    return _queue_at_law(
        one.case, "undertaking_notice", {**_facts(one), "negotiate_by": negotiate_by}, about=one.reference, at=at
    )


def accepted(one: Undertaking, *, at: datetime) -> Letter:
    """That the undertaking holds, from when until when."""
    facts = {**_facts(one), "starts_on": one.starts_on, "until": one.until}
    return _queue_at_law(one.case, "undertaking_accepted", facts, about=one.reference, at=at)


def _facts(one: Undertaking) -> dict[str, Any]:
    words = schemes.get(one.case.scheme, one.case.version).enforcement
    offence = words.offence(one.offence) if words else None
    language = one.case.organisation.language if one.case.organisation else None
    return {
        "offence": f"{offence.section}: {said(offence.title, language)}" if offence else one.offence,
        "reasons": one.reasons,
        "months": one.months,
        "receipts_every": one.receipts_every,
        "measures": list(one.measures.order_by("pk").values("text", "necessary", "just")),
    }


def underpayment_served(notice: UnderpaymentNotice, *, at: datetime) -> Letter:
    """What is owed, for what and to how many, the penalty, and by when both are paid (ERA 2025, ss.103-105)."""
    rows = list(notice.owed.order_by("pk"))
    owed = [
        {
            "what": one.what,
            "workers": one.workers,
            "pounds": f"{one.pounds:,.2f}",
            "since": one.since,
            "until": one.until,
        }
        for one in rows
    ]
    facts = {
        "reasons": notice.reasons,
        "owed": owed,
        "owed_pounds": f"{sum(one.pounds for one in rows):,.2f}",
        "penalty_pounds": f"{notice.penalty_pounds:,.2f}",
        "pay_by": notice.pay_by,
        "reduced_pounds": f"{notice.reduced_pounds:,.2f}",
        "reduced_by": notice.reduced_by,
    }
    return _queue_to(notice.organisation, notice, "underpayment_notice", facts, about=notice.reference, at=at)


def underpayment_withdrawn(notice: UnderpaymentNotice, *, because: str, at: datetime) -> Letter:
    """That nothing has to be paid under the notice any more, and why."""
    facts = {"because": because}
    return _queue_to(notice.organisation, notice, "underpayment_withdrawn", facts, about=notice.reference, at=at)


def _queue_at_law(case: UnlicensedCase, wording: str, facts: Mapping[str, Any], *, about: str, at: datetime) -> Letter:
    organisation = case.organisation
    assert isinstance(organisation, Organisation)  # rules: nobody without a file is written to
    return _queue_to(organisation, case, wording, facts, about=about, at=at)


def _queue_to(
    organisation: Organisation,
    under: UnlicensedCase | UnderpaymentNotice,
    wording: str,
    facts: Mapping[str, Any],
    *,
    about: str,
    at: datetime,
) -> Letter:
    pack = schemes.in_force(under.scheme, timezone.localdate(at))
    return sending_letters.queue(
        "compliance/letters/enforcement.html",
        to=organisation,
        subject=said(pack.letter(wording).title, organisation.language),
        facts={"scheme": under.scheme, "version": under.version, "wording": wording, **facts},
        about=about,
        kept=True,
        at=at,
    )


# --- the file for the prosecutor ---


def prosecutor_file(file: ProsecutorFile, *, language: str) -> bytes:
    """One version of the file as a PDF, with its content attached for programs. Raises `PdfUnavailable`."""
    case, content = file.case, file.content
    scheme = schemes.get(case.scheme, case.version)
    with translation.override(language):
        title = gettext("Case for the prosecutor %(reference)s") % {"reference": case.reference}
        facts = {
            "title": title,
            "file": file,
            "case": case,
            "content": content,
            "offences": list(offences_in_words(case, content, language=language)),
            "steps": [{**one, "kind": str(StepTaken(one["kind"]).label)} for one in content["reasonable_steps"]],
            "evidence": [_material(one) for one in content["evidence"]],
            "unused": [_material(one) for one in content["unused"]],
            "sensitive": [
                {**_material(one), "why": str(WhySensitive(one["why"]).label)} for one in content["sensitive"]
            ],
            "authority": {"name": said(scheme.authority.name, language)},
        }
    record = {"case": case.reference, "number": file.number, "digest": file.digest, "content": content}
    return pdf.pdf(
        "compliance/letters/prosecutor_file.html", facts=facts, record=record, language=language, at=file.made_at
    )


def _material(one: Mapping[str, Any]) -> dict[str, Any]:
    """A piece of material in the language that is spoken now."""
    custody = [
        {
            **step,
            "act": str(CustodyAct(step["act"]).label),
            "at": timezone.localtime(datetime.fromisoformat(step["at"])),
        }
        for step in one.get("custody", ())
    ]
    kind = kind_in_words(one["kind"])
    return {**one, "kind": kind, "title": f"{kind} {one.get('code', '')}".strip(), "custody": custody}
