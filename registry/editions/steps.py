"""What statisticians do with an edition: date, tables, two signatures, correction, and who sees it before."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.editions import actions, forms
from registry.editions.models import Edition
from registry.editions.queries import desk, making
from registry.editions.rules import acts as rules
from registry.editions.states import PUBLISHES, EditionStatus
from registry.filtersets import midnight
from registry.form_fields import Because, offer_from
from registry.steps import Start, Step, Steps


def _remove_reader(typed: Any, edition: Edition, on: date) -> forms.RemoveReader:
    form = forms.RemoveReader(typed)
    offer_from(form, "reader", edition.readers.listed())
    return form


def _waits_for_first(edition: Edition, on: date) -> bool:
    """Whether the tables that wait for a signature are no correction."""
    version = edition.open_version
    return version is not None and not version.is_correction


def _waits_for_correction(edition: Edition, on: date) -> bool:
    version = edition.open_version
    return version is not None and version.is_correction


EDITION = Steps(
    Edition,
    "edition",
    url="staff/editions/<str:reference>",
    lookups={"reference": "code"},
    permission=PUBLISHES,
    steps=(
        Step(
            "freeze",
            _("Make the tables"),
            press=_("Count and freeze the tables"),
            about=_(
                "All tables are counted in the background and frozen. It takes a minute or two. Two people then read and sign them."
            ),
            blockers=lambda edition, by, on: (
                *rules.freeze_blockers(edition, at=midnight(on)),
                *rules.asked_blockers(making.asked_for(edition) is not None),
            ),
            in_statuses=(EditionStatus.ANNOUNCED,),
            action=actions.ask_for_tables,
            style="",
            done=_("Tables of the statistics asked for"),
        ),
        Step(
            "sign",
            _("Sign the tables"),
            press=_("Sign"),
            about=_("You have read the preview and answer for the figures. Another person must sign them too."),
            action=actions.sign_tables,
            style="",
            done=_("Statistics signed by a first person"),
        ),
        Step(
            "countersign",
            _("Sign the tables as the second person"),
            press=_("Sign"),
            about=_(
                "You have read the preview and answer for the figures. The public reads them at the announced minute; a "
                "correction at once."
            ),
            blockers=lambda edition, by, on: rules.countersign_blockers(edition, by=by),
            action=actions.countersign_tables,
            style="",
            done=_("Statistics signed by a second person"),
        ),
        Step(
            "refuse_tables",
            _("Refuse the tables"),
            press=_("Refuse"),
            form=Because,
            about=_("The tables are not published. They can be made again."),
            blockers=lambda edition, by, on: rules.refuse_blockers(edition, "refuse_tables", None),
            action=actions.refuse_tables,
            fits=_waits_for_first,
            slug="refuse",
            done=_("Tables of the statistics refused"),
        ),
        Step(
            "refuse_correction",
            _("Refuse the correction"),
            press=_("Refuse"),
            form=Because,
            about=_("What is published stays as it is."),
            blockers=lambda edition, by, on: rules.refuse_blockers(edition, "refuse_correction", None),
            action=actions.refuse_correction,
            fits=_waits_for_correction,
            done=_("Correction of the statistics refused"),
        ),
        Step(
            "correct",
            _("Correct the tables"),
            press=_("Count and freeze the corrected tables"),
            form=forms.PublicReason,
            about=_(
                "All tables are counted again. What was published stays readable, and every changed figure is marked."
            ),
            blockers=lambda edition, by, on: (
                *rules.correct_blockers(edition, None),
                *rules.asked_blockers(making.asked_for(edition) is not None),
            ),
            in_statuses=(EditionStatus.APPROVED,),
            action=actions.ask_for_correction,
            done=_("Correction of the statistics asked for"),
        ),
        Step(
            "move_date",
            _("Move the date"),
            form=forms.MoveDate,
            about=_("The public reads the former date, the new one and your reason."),
            blockers=lambda edition, by, on: rules.move_blockers(edition, None, None, at=midnight(on)),
            action=actions.move_date,
            typed=lambda form: form.given,
            fits=lambda edition, on: not rules.is_published(edition, at=midnight(on)),
            done=_("Date of the statistics moved"),
        ),
        Step(
            "explain_lateness",
            _("Say why it is late"),
            form=forms.PublicReason,
            about=_("The page for the public says that the statistics are late, and this reason."),
            in_statuses=(EditionStatus.ANNOUNCED, EditionStatus.FROZEN, EditionStatus.SIGNED),
            fits=lambda edition, on: timezone.localdate(edition.publish_at) <= on,
            action=actions.explain_lateness,
            done=_("Why the statistics are late was published"),
        ),
        Step(
            "add_reader",
            _("Add someone who sees it before"),
            form=forms.AddReader,
            about=_("At most 24 hours before publication, and only if the reason cannot wait. The list is published."),
            blockers=lambda edition, by, on: rules.readers_blockers(edition, at=midnight(on)),
            action=actions.add_reader,
            fits=lambda edition, on: not rules.is_published(edition, at=midnight(on)),
            done=_("Someone was added to those who see the statistics before"),
        ),
        Step(
            "remove_reader",
            _("Remove someone who sees it before"),
            form=_remove_reader,
            blockers=lambda edition, by, on: rules.remove_reader_blockers(edition, at=midnight(on)),
            action=actions.remove_reader,
            fits=lambda edition, on: edition.readers.listed().exists(),
            done=_("Someone was removed from those who see the statistics before"),
        ),
    ),
)


def _announce(data: Any, by: User, at: datetime) -> forms.AnnounceEdition:
    return forms.AnnounceEdition(data, quarters=desk.quarters_to_announce(timezone.localdate(at)))


ANNOUNCED = Start(
    "announce_edition",
    _("Announce a date"),
    url="staff/editions/announce/",
    permission=PUBLISHES,
    form=_announce,
    action=actions.announce_edition,
    back="editions",
    back_text=_("Statistics releases"),
    press=_("Announce the date"),
    about=_(
        "Everyone can read the date at once. It must be at least 28 days ahead, and can only be moved to a later one, with a public reason."
    ),
    then=lambda edition: reverse("edition", args=[edition.code]),
)
