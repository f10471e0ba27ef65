"""Files come in pieces, each once and in order; and what was removed on the device is told of."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from compliance import jobs
from compliance.field.actions import copies, field
from compliance.field.models import FieldPiece, VisitPart
from compliance.field.rules.field import DeviceItem
from registry import signing
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.trail.models.events import Event
from registry.uploads.documents import MOST_BYTES
from tests.compliance.field.test_actions_take import KEY, a_photo
from tests.compliance.field.world import PIECE, Device
from tests.conftest import NOW
from tests.people import signed_in

pytestmark = pytest.mark.django_db


def codes_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def take(device: Device, sent: DeviceItem) -> Any:
    """The item alone, whatever is here of its file."""
    return field.take(device.kept, sent=replace(sent, file=None), by=device.by, at=NOW)


def test_a_photograph_goes_on_where_it_was_cut_off() -> None:
    device = Device()
    sent = a_photo(device)
    device.send_piece(device.piece_of(sent, 0))
    with pytest.raises(Refused) as refused:
        take(device, sent)

    far = device.send_piece(device.piece_of(sent, PIECE))

    assert codes_of(refused) == ["broken_on_the_way"]
    assert far == 2 * PIECE
    for start in range(far, sent.content["size"], PIECE):
        device.send_piece(device.piece_of(sent, start))
    assert take(device, sent).outcome == "taken"
    assert device.visit.exhibits.get().digest == sent.content["digest"]
    assert not FieldPiece.objects.exists()


def test_what_comes_twice_late_or_too_soon_changes_nothing() -> None:
    device = Device()
    sent = a_photo(device)
    first, second, third = (device.piece_of(sent, start * PIECE) for start in range(3))

    told = [device.send_piece(one) for one in (first, third, second, first, third, second)]

    assert told == [PIECE, PIECE, 2 * PIECE, 2 * PIECE, 3 * PIECE, 3 * PIECE]
    assert b"".join(bytes(one.content) for one in FieldPiece.objects.all()) == (sent.file or b"")[: 3 * PIECE]


def test_a_device_that_begins_anew_with_other_bytes_is_believed() -> None:
    device = Device()
    sent = a_photo(device)
    torn = b"x" * PIECE
    device.send_piece(replace(device.piece_of(sent, 0), content=torn, digest=signing.digest_of_bytes(torn)))
    device.send_piece(device.piece_of(sent, PIECE))

    assert device.send(sent).outcome == "taken"


def test_the_beginning_of_another_file_goes_when_the_next_begins() -> None:
    device = Device()
    device.send_piece(device.piece_of(a_photo(device), 0))
    other = a_photo(device)

    device.send_piece(device.piece_of(other, 0))

    assert FieldPiece.objects.get().key == other.key


def test_a_piece_that_comes_after_the_whole_is_not_kept() -> None:
    device = Device()
    sent = a_photo(device)
    device.send(sent)

    assert device.send_piece(device.piece_of(sent, 0)) == sent.content["size"]
    assert not FieldPiece.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"digest": "0" * 64}, "broken_on_the_way"),
        ({"content": b"", "digest": signing.digest_of_bytes(b"")}, "broken_on_the_way"),
        ({"size": MOST_BYTES + 1}, "too_big"),
        ({"size": PIECE - 1}, "too_big"),
    ],
)
def test_a_piece_that_was_spoilt_or_is_of_no_such_file_is_refused(wrong: dict[str, Any], code: str) -> None:
    device = Device()
    piece = device.piece_of(a_photo(device), 0)

    with pytest.raises(Refused) as refused:
        device.send_piece(replace(piece, **wrong))

    assert codes_of(refused) == [code]
    assert not FieldPiece.objects.exists()


def test_a_file_that_is_too_big_is_kept_as_refused_and_nobody_asks_for_the_rest() -> None:
    device = Device()

    item = take(device, a_photo(device, size=MOST_BYTES + 1))

    assert (item.outcome, item.reasons) == ("refused", ["The selected file must be smaller than 10 MB."])


def test_a_file_that_is_not_what_the_device_had_is_kept_as_refused() -> None:
    device = Device()

    item = device.send(a_photo(device, digest="0" * 64))

    assert item.outcome == "refused"
    assert "The file is not the one of which the device has made this digest" in item.reasons[0]


def test_whoever_has_a_conflict_of_interest_sends_no_piece_and_the_item_is_kept_as_refused() -> None:
    device = Device()
    sent = a_photo(device)
    conflicts.declare(
        device.by,
        organisation=device.visit.organisation,
        because="My sister's.",
        since=NOW.date(),
        by=device.by,
        at=NOW,
    )

    with pytest.raises(Refused) as refused:
        device.send_piece(device.piece_of(sent, 0))

    assert codes_of(refused) == ["conflicted"]
    assert take(device, sent).outcome == "refused"


def test_a_lost_device_leaves_no_beginning_of_a_file() -> None:
    device = Device()
    device.send_piece(device.piece_of(a_photo(device), 0))

    copies.sign_out(device.kept, by=device.by, at=NOW)

    assert not FieldPiece.objects.exists()


def test_what_nobody_goes_on_with_is_gone_after_two_weeks() -> None:
    device = Device()
    device.send_piece(device.piece_of(a_photo(device), 0))

    assert jobs.forget_pieces(at=NOW + timedelta(days=13)) == 0
    assert jobs.forget_pieces(at=NOW + timedelta(days=15)) == 1


def test_the_app_sends_pieces_and_hears_how_far_it_is() -> None:
    device = Device()
    sent = a_photo(device)
    client = signed_in(device.by)

    def post(at: int, **wrong: Any) -> Any:
        piece = device.piece_of(sent, at)
        told = {"device": str(device.key), "key": str(sent.key), "visit": sent.inspection, "start": at}
        given = {**told, "size": piece.size, "digest": piece.digest, **wrong}
        upload = SimpleUploadedFile("file", piece.content)
        return client.post("/staff/field/piece/", {"piece": json.dumps(given), "file": upload})

    assert post(0).json() == {"received": PIECE}
    assert post(2 * PIECE).json() == {"received": PIECE}
    assert post(PIECE).json() == {"received": 2 * PIECE}
    assert post(0, digest="0").json()["codes"] == ["broken_on_the_way"]
    for nonsense in ({"start": -1}, {"size": "1"}, {"key": "7"}, {"device": "7"}):
        assert post(0, **nonsense).status_code == 400


# --- removed on the device ---


def removed(device: Device, sent: DeviceItem, **more: Any) -> Any:
    content = {**sent.content, "removed_because": "My own kitchen."}
    return device.write(VisitPart.EXHIBIT, content, of=KEY, **more)


def test_what_was_removed_before_it_was_sent_leaves_a_trace_and_no_exhibit() -> None:
    device = Device()

    item = removed(device, a_photo(device), base="", sequence=1)

    assert item.outcome == "taken"
    assert not device.visit.exhibits.exists()
    assert Event.objects.get(verb="remove_from_device").because == "My own kitchen."


def test_what_was_received_already_is_struck_out() -> None:
    device = Device()
    sent = a_photo(device)
    device.send(sent)

    item = removed(device, sent, base=str(sent.key))

    assert item.outcome == "taken"
    assert device.visit.exhibits.get().struck_out_because == "My own kitchen."


def test_a_refused_photograph_that_was_let_go_says_so_on_the_page_of_the_visit() -> None:
    device = Device()
    sent = a_photo(device, digest="0" * 64)
    device.send(sent)

    removed(device, sent, base=str(sent.key))

    page = signed_in(device.by).get(f"/staff/inspections/{device.visit.reference}/sent/").content.decode()
    assert "Removed by the inspector: My own kitchen." in page
