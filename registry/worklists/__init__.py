"""Lists that are declared once: page, CSV, addresses, saved views, API list and entry of the home page follow. Import from here."""

from registry.worklists.columns import EVERYWHERE, FILES, Cell, Column, Kind, Place
from registry.worklists.due import due_column
from registry.worklists.lists import RowPreview, Shown, WorkList, declare, declared, urls

__all__ = [
    "EVERYWHERE",
    "FILES",
    "Cell",
    "Column",
    "Kind",
    "Place",
    "RowPreview",
    "Shown",
    "WorkList",
    "declare",
    "declared",
    "due_column",
    "urls",
]
