"""Files that programs send with an operation: looked at as those of the pages are, read and scanned by the background worker."""

from collections.abc import Sequence

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from ninja.files import UploadedFile

from registry import uploads
from registry.errors import Reason, Refused
from registry.uploads import Upload


def uploads_of(files: Sequence[UploadedFile], *, where: str) -> list[Upload]:
    """Each as an upload that may be kept. Raises `Refused` with every fault (empty, too_big, wrong_type, too_many …)."""
    if len(files) > uploads.MOST_AT_ONCE:
        text = format_lazy(_("You can only select up to {most} files at the same time."), most=uploads.MOST_AT_ONCE)
        raise Refused([Reason("too_many", text, where)])
    good: list[Upload] = []
    wrong: list[Reason] = []
    for one in files:
        try:
            good.append(uploads.received(str(one.name), one.read(), size=one.size))
        except Refused as refused:
            wrong += [Reason(reason.code, reason.text, where) for reason in refused.reasons]
    if wrong:
        raise Refused(wrong)
    return good
