"""Evidence of made-up applicants: a plain page that says what it would be, for each requirement."""

import io
from datetime import datetime
from functools import lru_cache

import pikepdf
from django.conf import settings
from django.utils import timezone

from licensing.applications.actions import documents
from licensing.applications.models import Application
from licensing.applications.queries import applications
from licensing.applications.queries import documents as documents_queries
from registry import uploads as files
from registry.accounts.models import User
from registry.uploads import StorageArea, Upload


def hand_in(application: Application, *, by: User, at: datetime, optional: int = 0) -> None:
    """Hand in what the application still has to show, and so many of the things that it may show."""
    filled = applications.form_of(application, today=timezone.localdate(at))
    for shown in documents_queries.documents_shown(application, filled):
        offered = not shown.requirement.required and not shown.counting and optional > 0
        optional -= offered
        if shown.is_missing or offered:
            uploads = [paper(shown.title)]
            documents.hand_in(application, requirement=shown.code, uploads=uploads, by=by, at=at)


def paper(title: str) -> Upload:
    """A page with the title on it, judged like any other upload."""
    return _judged(title, settings.CLAMD_ADDRESS)


@lru_cache(maxsize=64)
def _judged(title: str, scanner: str) -> Upload:
    """Made once for each title, and each scanner that judged it."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        letters = title.encode("latin-1", "replace").decode("latin-1")
        escaped = letters.replace("\\", "").replace("(", "").replace(")", "")
        text = f"BT /F1 18 Tf 60 760 Td (Sample: {escaped}) Tj ET".encode("latin-1")
        page.obj.Contents = pikepdf.Stream(pdf, text)
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
        written = io.BytesIO()
        pdf.save(written)
    made = files.document(f"{title}.pdf", written.getvalue())
    _CONTENT[made.digest] = made.content
    return made


#: What was made so far, and under which name each lies on the shelf, by digest.
_CONTENT: dict[str, bytes] = {}
_LAID: dict[str, str] = {}


def lay(name: str, digest: str) -> None:
    """Put a paper that was made before on the shelf for one more document, which is in no transaction that could fail alone."""
    files.discard(StorageArea.KEPT, name)  # left by a load that came to nothing
    if (laid := _LAID.get(digest)) and laid != name and files.digest_of(StorageArea.KEPT, laid) == digest:
        files.keep_alike(StorageArea.KEPT, name, laid)
        return
    files.keep(StorageArea.KEPT, name, _CONTENT[digest])
    _LAID[digest] = name
