"""The page for the public that says whether the service works: a file, as the service may be what has failed."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from registry.background_work import queries
from registry.web import out_of_order

#: What the public can understand and act on; the rest is for those who run the service.
PUBLIC = {"lane_fast", "unsent_letter", "held_document"}


def write_status_page(*, at: datetime) -> int:
    """Write the file whole or not at all; 1 where one is asked for."""
    if not settings.STATUS_PAGE:
        return 0
    late = {line.name for line in queries.status(at) if line.is_late and line.name in PUBLIC}
    page = out_of_order(
        "registry/background_work/status_page.html", at=at, late=late, languages=settings.SITE_LANGUAGES
    )
    file = Path(settings.STATUS_PAGE)
    part = file.with_name(f".{file.name}.part")
    part.write_bytes(page.content)
    part.replace(file)
    return 1
