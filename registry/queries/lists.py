"""Lists that come from elsewhere."""

from registry.models import (
    Company,
    Import,
)


def newest_edition(source: str) -> Import | None:
    """The last edition of a list that was read to its end."""
    return Import.objects.filter(source=source).exclude(finished_at=None).order_by("-finished_at", "-pk").first()


def company(number: str) -> tuple[Import | None, Company | None]:
    """The newest snapshot of the companies register, and the company with this number in it. One query, where there is one."""
    found = Company.objects.of_newest_edition().filter(number=number).select_related("edition").first()
    newest = found.edition if found else None
    return (newest, found) if newest else (newest_edition(Company.SOURCE), None)
