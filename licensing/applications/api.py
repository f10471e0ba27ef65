"""What programs are told of each row of a work list: the same as its page and its CSV say.

One case for programs, and what is done with it: each endpoint is one action of the pages, with its refusals.

What a program gives to propose a decision, and what a proposal can be made of."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema

from licensing.applications.models import Application
from licensing.cases.queries import work_list
from registry import permissions
from registry.accounts.models import User


def said(row: object, fields: tuple[str, ...]) -> dict[str, Any]:
    return {field: getattr(row, field) for field in fields}


LONGEST = 20_000


Text = Field(max_length=LONGEST)


Optional = Field("", max_length=LONGEST)


CASE = "/applications/{reference}"


def case_of(by: User, reference: str) -> Application:
    """As the page of the case finds it, with what the list says of it."""
    permissions.require(by, "licensing.view_applications")
    found = work_list.applications({}, by=by, on=timezone.localdate())
    row: Application = get_object_or_404(found.queryset, reference=reference)
    found.dress(row)
    return row


class TextIn(Schema):
    text: str = Text


class BecauseIn(Schema):
    because: str = Text
