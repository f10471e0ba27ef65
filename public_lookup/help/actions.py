"""Reading a list of places that help workers: the new edition takes the place of the one before, as a whole."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from public_lookup.help import rules
from public_lookup.help.models import HelpList, HelpPlace
from public_lookup.help.states import HelpKind
from registry import names
from registry.accounts.models import User
from registry.errors import Reason, refuse_for


@transaction.atomic
def replace_list(
    source: str,
    *,
    title: str,
    licence: str,
    digest: str,
    rows: Sequence[tuple[int, Mapping[str, str]]],
    by: User | None,
    at: datetime,
) -> HelpList:
    """Take these rows as the list of this name. One row that cannot be used refuses the file, with every fault by line."""
    refuse_for(
        Reason(fault.code, format_lazy(_("Line {line}: {fault}"), line=line, fault=fault.text), fault.where)
        for line, row in rows
        for fault in rules.place_faults(row, dict(HelpKind.choices))
    )
    said = {"title": title, "licence": licence, "digest": digest, "read_at": at}
    listed, _new = HelpList.objects.update_or_create(source=source, defaults=said)
    listed.places.all().delete()
    for _line, row in rows:
        tidy = {column: " ".join(text.split()) for column, text in row.items()}
        outward, town_key = rules.outward_of(tidy["postcode"]), names.fold(tidy["town"])[:100]
        HelpPlace.objects.create(listed_in=listed, **tidy, outward=outward, town_key=town_key)
    return listed
