"""Lists that somebody looks at again and again, under a name of their own."""

from typing import Any

from django.db import models
from django.utils.functional import Promise

from registry.accounts.models import User
from registry.codes import new_reference

_offered: dict[str, Any] = {}


def offer_views_of(name: str, title: str | Promise) -> None:
    """Allow views of a list to be saved: called where the list is declared (`registry.worklists`)."""
    _offered[name] = title


def every_list() -> list[tuple[str, Any]]:
    """The lists to choose among: asked when they are needed, so that a new list needs no migration."""
    return [*_offered.items()]


def view_reference() -> str:
    return new_reference("V")


class SavedView(models.Model):
    """A list as somebody narrowed and ordered it, found again by one click; nobody else sees it."""

    reference = models.CharField(max_length=20, unique=True, default=view_reference, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    of_list = models.CharField(max_length=30, choices=every_list)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, help_text="filters and order as the address of the list says them")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="saved_view_has_own_name", fields=["user", "of_list", "name"]),
        ]

    def __str__(self) -> str:
        return self.name
