"""The ways in which the system says no."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something may not be done now.

    `code` is for programs and is never translated; `text` is a sentence for people; `where` is the question page or form
    field that puts it right, when there is one.
    """

    code: str
    text: str | Promise
    where: str = ""

    def __str__(self) -> str:
        return str(self.text)


class Refused(Exception):
    """Raised by an action that may not go ahead; carries every reason at once. Nothing has been changed."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons: tuple[Reason, ...] = tuple(reasons)
        super().__init__("; ".join(reason.code for reason in self.reasons))

    def __reduce__(self) -> tuple[type["Refused"], tuple[tuple[Reason, ...]]]:
        return (Refused, (self.reasons,))


def refuse_for(reasons: Iterable[Reason]) -> None:
    """Raise one `Refused` with all the reasons, or do nothing when there are none."""
    if found := tuple(reasons):
        raise Refused(found)


class PdfUnavailable(Exception):
    """No PDF can be made on this machine. Every page still works, and says this sentence instead."""

    def __str__(self) -> str:
        return str(
            _("PDFs cannot be made on this machine: the Pango library is not installed. The page shows the same.")
        )


class MailAway(Exception):
    """An email that a page must send before it can go on, such as one with a code, was not taken."""


class TooManyAtOnce(Exception):
    """As many files are being read on this machine as may be; in a moment there is room again."""


class NotWritable(Exception):
    """Nothing may be written now, because the machine or its database is not as it must be: an operator has to act."""
