"""What is said when nothing was chosen: on a page with several questions, by the question."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


def not_chosen(question: Any) -> dict[str, Any]:
    """The messages of a choice that must be made."""
    said = format_lazy(_("{question} – choose from the list"), question=question)
    return {"required": said, "invalid_choice": said}
