"""What the companies register says of a company is taken over at once, and is not asked while it stays the answer."""

from collections.abc import Mapping
from typing import Any

from licensing.application_form.rules.facts import COMPANY_NUMBER
from licensing.application_form.rules.filled import ApplicationForm
from registry.schemes import FormPage, FormQuestion

#: What the companies register can answer.
FROM_REGISTER = (COMPANY_NUMBER, "legal_name", "former_names", "registered_on", "address")
# The key beside the legal name under which is kept what was taken over, by the keys of the questions.
TAKEN_OVER = "taken_over"


def taken_over(filled: ApplicationForm) -> Mapping[str, Any]:
    """What was taken over from the companies register; nothing, once another number or legal form has been given."""
    if filled.facts.get("legal_status") != "company":
        return {}
    kept: Mapping[str, Any] = next((item.data[TAKEN_OVER] for item in filled.items if TAKEN_OVER in item.data), {})
    is_same = filled.facts.get(COMPANY_NUMBER) in (None, kept.get(COMPANY_NUMBER))
    return kept if is_same else {}


def is_taken_over(taken: Mapping[str, Any], page: FormPage, question: FormQuestion, data: Mapping[str, Any]) -> bool:
    """Whether the answer to this is what the companies register says."""
    if page.scope or question.key not in taken:
        return False
    return (data.get(question.key) or None) == (taken[question.key] or None)
