"""What the newest editions of the companies register say of a company."""

from registry.companies.models import Company, CompanyPerson
from registry.imports.models import Import
from registry.imports.queries import newest_edition


def company(number: str) -> tuple[Import | None, Company | None]:
    """The newest snapshot of the companies register, and the company with this number in it. One query, where there is one."""
    found = Company.objects.of_newest_edition().filter(number=number).select_related("edition").first()
    newest = found.edition if found else None
    return (newest, found) if newest else (newest_edition(Company.SOURCE), None)


def people(number: str) -> list[CompanyPerson]:
    """The officers of the company with this number, and who controls it, in the order of the file."""
    return list(CompanyPerson.objects.of_newest_edition().filter(number=number).order_by("pk"))
