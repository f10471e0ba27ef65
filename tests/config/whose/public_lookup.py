"""Whose the addresses of the look-up behind the sign-in are."""

from tests.config.whose.people import PROVIDERS

MAY: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        [
            "webhooks",
            "webhook",
            "test_webhook",
            "pause_webhook",
            "resume_webhook",
            "stop_webhook",
            "unfollow",
            "resend_delivery",
        ],
        frozenset({"labour_user"}),
    ),
    **dict.fromkeys(["checks", "checks_csv", "formal_check", "keep_proof"], PROVIDERS | {"labour_user"}),
    # One's own board is made at its first need; that of the holder is for those who act for it.
    **dict.fromkeys(["boards", "take_chain"], PROVIDERS | {"labour_user"}),
    **dict.fromkeys(
        [
            *("board", "board_csv", "board_seen", "board_alerts", "delete_board"),
            *("add_board_site", "board_site", "remove_board_site", "import_suppliers", "near_names", "supplier_pack"),
            *("supplier_chains", "end_chain", "supplier", "add_supplier", "change_supplier", "stop_supplier"),
            *("replace_supplier", "prove_supplier", "ask_supplier", "remove_supplier"),
        ],
        frozenset({"holder"}),
    ),
}
