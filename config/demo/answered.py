"""A whole form answered at once, because nearly every story begins with one, in sample data as in tests.

What is written is row by row what `applications.save_page` writes for each page on its own (tests/test_stories.py).
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from licensing.application_form.rules.facts import PageAnswers
from licensing.applications.actions import applications
from licensing.applications.models import Answer, Application
from registry.accounts.models import User
from registry.trail.actions import events as trail


@transaction.atomic
def answer_all(application: Application, items: Iterable[PageAnswers], *, by: User, at: datetime) -> None:
    """Answer these pages of a draft. What has been answered in part already is gone on with page by page."""
    if application.answers.exists():
        answer_one_by_one(application, items, by=by, at=at)
        return
    answered = list(items)
    links = trail.record_many(
        {
            "at": at,
            "by": by.reference,
            "by_name": str(by),
            "verb": "save_page",
            "kind": "application",
            "reference": application.reference,
            "before": "",
            "after": "",
            "because": "",
            "facts": {"page": item.page, "item": item.name},
        }
        for item in answered
    )
    Answer.objects.bulk_create(
        Answer(
            application=application,
            page=item.page,
            item=item.name,
            data=dict(item.data),
            is_complete=item.is_complete,
            saved_by=by,
            saved_at=at,
            version=link.number,
        )
        for item, link in zip(answered, links, strict=True)
    )


def answer_one_by_one(application: Application, items: Iterable[PageAnswers], *, by: User, at: datetime) -> None:
    for item in items:
        applications.save_page(
            application, page=item.page, item=item.name, data=item.data, is_complete=item.is_complete, by=by, at=at
        )
