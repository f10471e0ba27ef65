"""What people who look something up leave: under which terms, and who sees it."""

from registry.personal_data import NO_ONE, OWN, held_for

PERSONAL = {
    held_for("lookups", OWN): {
        "public_lookup.Follow": "address place",
        "public_lookup.CheckRow": "cells doubts matches picked",
        "public_lookup.CheckList": "columns",
        "public_lookup.TextMessage": "number words",
        "public_lookup.Delivery": "body",
        "public_lookup.FormalCheck": "business name telephone because",
        "public_lookup.SupplierSite": "name",
        "public_lookup.Receipt": "name sealed",
    },
    held_for("lookups", NO_ONE): {
        "public_lookup.ReleaseNotice": "address",
        "public_lookup.NewsReader": "address place",
        "public_lookup.TextCode": "number",
    },
    held_for("account", OWN): {"public_lookup.Webhook": "address"},
    held_for("supplier_lines", OWN): {
        "public_lookup.SupplierLine": "name number near",
        "public_lookup.SupplierInvitation": "email about",
    },
}

#: Codes of a pack, marks over other columns, and words about no person.
NOT_PERSONAL = {
    "public_lookup.Follow": "sector language told_standing",
    "public_lookup.ReleaseNotice": "language",
    "public_lookup.NewsReader": "sector languages language",
    "public_lookup.Told": "position",
    "public_lookup.Watched": "told_standing",
    "public_lookup.CheckList": "read_as",
    "public_lookup.CheckRow": "outcome",
    "public_lookup.SupplierLine": "outcome unlicensed",
    "public_lookup.Webhook": "challenge",
    "public_lookup.Delivery": "event",
    "public_lookup.LookUpDay": "times",
    "public_lookup.HelpList": "source title licence digest",
    "public_lookup.HelpPlace": "name kind address town postcode telephone languages hours outward town_key",
    "public_lookup.Receipt": "number key licence_number standing",
}
