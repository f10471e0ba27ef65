"""Every form that changes a thing carries the version of what its page shows, or has its reason here.

A list that is taken away as a file (`…_csv`) changes nothing, and is left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.urls import Resolver404, resolve
from pytest_django import DjangoDbBlocker

from tests.config.walked_world import the_world
from tests.config.walker import World
from tests.config.whose import guarded

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
ACTION = re.compile(r'\baction="([^"]*)"')
VERSION = re.compile(r'<input[^>]*name="(?:version|opened)"[^>]*value="([0-9]*)"')

NEW = "Begins something new: nothing is there that it could overwrite."
OWN = "One's own settings, which no one else changes."
READS = "Takes something away as a file, or counts again: nothing changes that anyone decides on."
INVITED = "Who is invited may not know what happens in the organisation; the invitation itself is answered once."
BUTTON = "A button without a form: what it does can be done once, or is as easily undone, and its rule says so."
ADDS = "Adds to what is there, and takes nothing away."
#: The forms without a version, and why: by the name of the address to which each is sent.
WITHOUT = {
    **dict.fromkeys(
        [
            "add_agency",
            "add_board_site",
            "board_site",
            "add_supplier",
            "ask_supplier",
            "boards",
            "import_suppliers",
            "replace_supplier",
            "supplier_chains",
            "take_chain",
            "add_holiday",
            "add_shift",
            "alter_licence",
            "announce_edition",
            "announce_yearly_statement",
            "give_partner_agreement",
            "declare_conflict",
            "draft_underpayment",
            "enter_paper_application",
            "formal_check",
            "invite",
            "keep_source",
            "make_assignment_rule",
            "open_round",
            "open_unlicensed_case",
            "plan_campaign",
            "propose_weights",
            "write_bulletin",
            "record_prevention_change",
            "record_training",
            "record_complaint",
            "raise_danger",
            "record_absence",
            "record_intelligence",
            "return_to_scheme",
            "start_application",
            "take_report",
            "webhooks",
        ],
        NEW,
    ),
    **dict.fromkeys(
        [
            "account_email",
            "board_alerts",
            "board_seen",
            "delete_board",
            "account_logout",
            "account_set_password",
            "close_passkey_offer",
            "keep_view",
            "make_duty_calendar",
            "make_key",
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "mfa_generate_recovery_codes",
            "own_alerts",
            "remove_view",
        ],
        OWN,
    ),
    **dict.fromkeys(
        [
            "count_again",
            "count_prevention_again",
            "evaluate_again",
            "figures_again",
            "hand_out_checks",
            "keep_proof",
            "open_dossier",
            "partner_hand_out",
            "verify_trail",
            "your_data_file",
            "supplier_pack",
        ],
        READS,
    ),
    **dict.fromkeys(["end_chain", "remove_board_site"], BUTTON),
    **dict.fromkeys(
        ["end_assignment_rule", "pause_webhook", "retract_transfer", "stop_webhook", "test_webhook", "unfollow"], BUTTON
    ),
    **dict.fromkeys(["accept_invitation", "decline_invitation"], INVITED),
    **dict.fromkeys(
        ["document_page", "exchange", "letters_to_post", "partner_exchange", "statements", "tell_changes"], ADDS
    ),
}


#: What nothing has been done to yet in the world of this test: the first thing that is done to it makes its pages old.
NOT_YET = {
    "acknowledge_task",
    "answer_passed_on",
    "assign_task",
    "change_own_name",
    "correct_letter",
    "data_of_person",
    "open_joint_case_of_intelligence",
    "passed_on",
    "postpone_task",
    "remove_holiday",
    "send_again",
    "send_letter_again",
    "set_aside_line",
    "sign_out_device",
    "statement_line",
    "take_task",
    "webhook",
    "write_letter_anew",
}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with the_world(django_db_blocker) as made:
        yield made


def pages(world: World) -> Iterator[tuple[str, str]]:
    """Every page behind the sign-in, as the first who may open it sees it: its address and what it says."""
    for route in guarded():
        address = world.address(route)
        for name in sorted(world.may.get(route.name, frozenset()) & world.visitors.keys()):
            with transaction.atomic():
                page = world.visitors[name].client.get(address)
                if page.streaming:
                    b"".join(page.streaming_content)  # type: ignore[attr-defined]
                transaction.set_rollback(True)
            if page.status_code == 200 and "html" in page.headers["Content-Type"]:
                yield address, page.content.decode()
                break


def forms_in(world: World) -> Iterator[tuple[str, str]]:
    """Of every form that is posted: the name of the address that it is sent to, and the version that it carries, if any."""
    for address, said in pages(world):
        for attributes, inside in FORM.findall(said):
            if 'method="post"' in attributes:
                action = ACTION.search(attributes)
                sent_to = urlsplit(urljoin(address, action.group(1) if action else "")).path
                version = VERSION.search(inside)
                yield named(sent_to), version.group(1) if version else ""


def named(address: str) -> str:
    try:
        return str(resolve(address).url_name)
    except Resolver404:
        return address


def test_every_form_that_changes_a_thing_carries_a_version(world: World) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for name, version in forms_in(world):
        found[name].add(version)

    assert len(found) > 250
    assert {name for name, versions in found.items() if "" in versions and not name.endswith("_csv")} == set(WITHOUT)
    # Where nothing is ever written about what a form is about, its version would say nothing.
    assert {name for name, versions in found.items() if versions == {"0"}} == NOT_YET
