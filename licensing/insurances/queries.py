"""Until when a holder is insured, and what a licence waits for because of it (`registry.licences.models`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import get_language

from licensing.insurances.models import InsuranceProof
from licensing.insurances.states import ProofStatus
from registry import schemes
from registry.documents.models import Document, DocumentQuerySet
from registry.licences.models import Licence
from registry.organisations.models import Fact
from registry.schemes import said
from registry.schemes.form import FormQuestion
from registry.schemes.holding import InsuranceTerm
from registry.tasks.models import Task


@dataclass(frozen=True, slots=True)
class Insurance:
    """One insurance that the scheme asks for: until when the holder has it, if that is known, and what it rests on."""

    term: InsuranceTerm
    ends_on: date | None
    proof: InsuranceProof | None
    refused: InsuranceProof | None
    has_none: bool = False  # as the holder answered, and the authority decided on it

    @property
    def title(self) -> str:
        return said(self.term.title, get_language())

    @property
    def about(self) -> str:
        return said(self.term.about, get_language())

    @property
    def is_unknown(self) -> bool:
        """No end date is known, and neither the form nor an officer says why there is none."""
        return self.ends_on is None and self.proof is None and not self.has_none

    def is_due(self, on: date) -> bool:
        return self.ends_on is not None and on > self.ends_on - timedelta(days=self.term.days_before)

    def is_over(self, on: date) -> bool:
        return self.ends_on is not None and on > self.ends_on


def terms_of(licence: Licence, on: date) -> tuple[InsuranceTerm, ...]:
    return schemes.in_force(licence.scheme, on).holding.insurances


def insurances_of(licence: Licence, *, on: date) -> list[Insurance]:
    """Each by its newest proof that is not refused, else by what the form stated. Without either, no day is known."""
    terms = terms_of(licence, on)
    if not terms:
        return []
    form = schemes.in_force(licence.scheme, on).form
    proofs = list(InsuranceProof.objects.filter(licence=licence).order_by("pk"))
    counted = {one.code: one for one in proofs if one.status != ProofStatus.REFUSED}
    newest = {one.code: one for one in proofs}
    stated = Fact.objects.latest_of(licence.organisation)
    return [
        _insurance(term, counted.get(term.code), newest.get(term.code), stated, form.question(term.fact))
        for term in terms
    ]


def _insurance(
    term: InsuranceTerm,
    proof: InsuranceProof | None,
    newest: InsuranceProof | None,
    stated: Mapping[str, object],
    question: FormQuestion,
) -> Insurance:
    refused = newest if newest and newest.status == ProofStatus.REFUSED else None
    day = stated.get(term.fact)
    first = date.fromisoformat(day) if isinstance(day, str) and day else None
    has_none = question.depends_on <= stated.keys() and not question.is_shown(stated)
    return Insurance(term, proof.ends_on if proof else first, proof, refused, has_none)


def documents_of(proof: InsuranceProof) -> DocumentQuerySet:
    return Document.objects.about(proof.reference).there()


# --- what a licence waits for ---


def first_end(licence: Licence, on: date) -> date | None:
    """The last day of the insurance that ends first."""
    return min((one.ends_on for one in _asked_once(licence, on) if one.ends_on), default=None)


def is_insurance_due(licence: Licence, on: date) -> bool:
    """An insurance ends soon or has ended, and the holder has not shown the next one."""
    is_running = licence.valid_from <= on <= licence.valid_until
    return is_running and any(one.is_due(on) for one in _asked_once(licence, on))


def is_insurance_over(licence: Licence, on: date) -> bool:
    is_running = licence.valid_from <= on <= licence.valid_until
    return is_running and any(one.is_over(on) for one in _asked_once(licence, on))


def is_insurance_unknown(licence: Licence, on: date) -> bool:
    """The holder is to tell the end date of an insurance, which neither the form nor a proof has told."""
    is_running = licence.valid_from <= on <= licence.valid_until
    return is_running and any(one.is_unknown for one in _asked_once(licence, on))


def is_insurance_untold(licence: Licence, on: date) -> bool:
    """The day by which the holder was to tell an end date has passed, and it has told none."""
    asked = Task.objects.open().filter(kind="licence.insurance_unknown", subject_pk=licence.pk, due_on__lt=on)
    return is_insurance_unknown(licence, on) and asked.exists()


def tell_insurance_by(licence: Licence, on: date) -> date:
    """The day by which an end date is to be told that is asked for from this day on."""
    days = [one.term.days_to_tell for one in _asked_once(licence, on) if one.is_unknown]
    return on + timedelta(days=min(days))


def _asked_once(licence: Licence, on: date) -> list[Insurance]:
    """What holds now: read once for all that a licence waits for after one event, as `registry.tasks` lets go of it then."""
    kept: tuple[date, list[Insurance]] | None = licence.__dict__.get("waits_now")
    if kept is None or kept[0] != on:
        kept = licence.__dict__["waits_now"] = (on, insurances_of(licence, on=on))
    return kept[1]


def title_of(proof: InsuranceProof) -> str:
    terms = terms_of(proof.licence, timezone.localdate(proof.sent_at))
    return next((said(one.title, get_language()) for one in terms if one.code == proof.code), proof.code)
