"""The register as FollowTheMoney entities (followthemoney.tech), for those who compare lists with it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from public_lookup.open_data.queries.register_files import Rows, written

#: What a row says, by the property of FollowTheMoney that holds it.
_PROPERTIES = {
    "name": ("name",),
    "alias": ("trading_names",),
    "previousName": ("former_names",),
    "licenseNumber": ("number",),
    "registrationNumber": ("company_number",),
    "status": ("outcome",),
    "sector": ("sectors",),
    "phone": ("telephone",),
    "email": ("email",),
    "website": ("website",),
    "notes": ("reasons",),
}


def entities(rows: Rows, at: datetime) -> Rows:
    """One entity for each row: a company where it has a number in the register of companies, else any legal entity."""
    for row in rows:
        yield {
            "id": f"labour-register-{row['number']}",
            "schema": "Company" if row["company_number"] else "LegalEntity",
            "properties": {name: values for name, values in _properties(row, at).items() if values},
        }


def _properties(row: dict[str, Any], at: datetime) -> dict[str, list[str]]:
    place = ", ".join(row[part] for part in ("town", "postcode", "country") if row[part])
    return {
        **{name: [one for column in columns for one in _texts(row[column])] for name, columns in _PROPERTIES.items()},
        "address": [place] if place else [],
        "sourceUrl": [f"{settings.SITE_ADDRESS}{reverse('entry', args=[row['number']])}"],
        "publisher": [settings.ORGANISATION_NAME],
        "modifiedAt": [written(row["shown_from"])],
        "retrievedAt": [written(at)],
    }


def _texts(value: Any) -> list[str]:
    return [written(one) for one in (value if isinstance(value, list) else [value]) if one not in (None, "")]
