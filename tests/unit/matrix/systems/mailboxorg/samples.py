# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a field's type cannot tell about its values: names, addresses, dates, and what goes together."""

from __future__ import annotations

from tests.unit.matrix.paths import Path
from tests.unit.matrix.samples import GIB, Sample, Values, texts

CAPABILITIES = ("spam_protection", "blacklist", "backup_recovery", "otp", "sms_password_reset")
_PLANS = ("basic", "profi", "profixl", "reseller")
_ALL_CAPABILITIES: frozenset[Path] = frozenset(("capabilities", name) for name in CAPABILITIES)
# Another context destroys calendars, which wants to be consented to.
_CONSENT = {"allow_groupware_loss": True}
_ACTIVE: Path = ("active",)
_QUOTAS = (
    Sample("2048M", stored=2 * GIB, shown="2G", spellings=("2G", "2 GiB")),
    Sample("7G", stored=7 * GIB, spellings=("7168M",)),
    Sample("0B", stored=0, spellings=("0G",)),
)

NAMED: dict[tuple[str, str], tuple[Sample, ...]] = {
    ("account", "name"): texts("kunde42", "Acme_GmbH"),
    ("domain", "name"): (
        Sample("example.net", spellings=("EXAMPLE.net", "example.net.")),
        Sample("Bücher.example", stored="xn--bcher-kva.example", shown="xn--bcher-kva.example"),
    ),
    ("domain", "account"): texts("example", "other"),
    ("domain", "context_id"): (
        Sample("40001", beside=_CONSENT, spellings=(40001,)),
        Sample("40002", refused="allow_groupware_loss"),
        Sample("40002", beside=_CONSENT),
    ),
    ("mailbox", "email"): (
        Sample("carol@example.com", spellings=("Carol@Example.COM",)),
        Sample("O'Brien+x@second.example", stored="o'brien+x@second.example", shown="o'brien+x@second.example"),
    ),
    ("mailbox", "forwards"): (
        Sample(["carol@example.net"], spellings=(["CAROL@Example.NET"],)),
        Sample(
            ["z@example.net", "A@EXAMPLE.net", "a@example.net"],
            stored=["a@example.net", "z@example.net"],
            shown=["A@example.net", "z@example.net"],
            spellings=(["z@example.net", "a@example.net"],),
        ),
        Sample([]),
    ),
    ("mailbox", "aliases"): (
        Sample(["c.arol@example.com"], spellings=(["C.arol@EXAMPLE.com"],)),
        Sample(
            ["z@second.example", "Sales@example.com"],
            stored=["sales@example.com", "z@second.example"],
            shown=["Sales@example.com", "z@second.example"],
            spellings=(["sales@example.com", "z@second.example"],),
        ),
        Sample([]),
    ),
    ("mailbox", "alternate_mail"): (Sample("c@example.net", spellings=("c@EXAMPLE.net",)), *texts("d@example.net", "")),
    ("mailbox", "additional_mail_quota"): _QUOTAS,
    ("mailbox", "additional_cloud_quota"): _QUOTAS,
    ("mailbox", "allow_nets"): (
        Sample("192.0.2.0/24", spellings=(" 192.0.2.0/24 ",)),
        Sample(
            "2001:db8::/32 10.0.0.0/8",
            stored="10.0.0.0/8,2001:db8::/32",
            shown="10.0.0.0/8,2001:db8::/32",
            spellings=("10.0.0.0/8, 2001:db8::/32",),
        ),
        Sample(""),
    ),
    ("mailbox", "birthday"): (Sample("1980-12-31", spellings=("31.12.1980",)), *texts("2000-02-29", "")),
    # A mailbox that is to be deleted is not active, and one that is active has no such date.
    ("mailbox", "deletion_date"): (
        Sample("2031-12-31", spellings=("31.12.2031",), brings={_ACTIVE: False}),
        Sample("2032-02-29", brings={_ACTIVE: False}),
        Sample("", beside={"active": True}, brings={_ACTIVE: True}),
    ),
    # Older servers know no third state, so that it is not the first one.
    **{("mailbox", f"capabilities.{name}"): texts(True, "inherit", False) for name in CAPABILITIES},
}
# The least that a task says to make an object.
MINIMAL: dict[str, Values] = {
    "account": {("name",): Sample("kunde42"), ("password",): Sample("Minimal-Passw0rd"), ("plan",): Sample("basic")},
    "domain": {
        ("name",): Sample("example.net"),
        ("account",): Sample("example"),
        ("password",): Sample("Minimal-Passw0rd"),
    },
    "mailbox": {
        ("email",): Sample("carol@example.com"),
        ("password",): Sample("Minimal-Passw0rd"),
        ("plan",): Sample("standard"),
        ("first_name",): Sample("Carol"),
        ("last_name",): Sample("Example"),
    },
}
# What a field needs beside it, so that the server takes it.
COMPANIONS: dict[tuple[str, str], Values] = {
    ("mailbox", "inbox_save"): {("forwards",): Sample(["x@example.net"])},
}
# What cannot be given, or is not kept, together with a field.
APART: dict[tuple[str, str], frozenset[Path]] = {
    ("domain", "create_new_context"): frozenset({("context_id",)}),
    ("domain", "context_id"): frozenset({("create_new_context",)}),
    ("mailbox", "password"): frozenset({("password_hash",)}),
    ("mailbox", "password_hash"): frozenset({("password",)}),
    ("mailbox", "forwards"): frozenset({("inbox_save",)}),
    ("mailbox", "active"): frozenset({("deletion_date",)}),
    ("mailbox", "deletion_date"): frozenset({_ACTIVE}),
    # The plan light allows none.
    ("mailbox", "plan"): _ALL_CAPABILITIES,
}
# What a wish says without words, and the diff shows.
IMPLIED: dict[tuple[str, str], frozenset[str]] = {("mailbox", "active"): frozenset({"deletion_date"})}
# What these depend on is left to the matrix.
DEPENDENT = frozenset(
    {
        ("domain", "create_new_context"),
        ("domain", "context_id"),
        ("mailbox", "password_hash"),
        ("mailbox", "inbox_save"),
        ("mailbox", "active"),
        ("mailbox", "deletion_date"),
        ("mailbox", "plan"),
        ("mailbox", "aliases"),
        ("mailbox", "catchall"),
        *(("mailbox", f"capabilities.{name}") for name in CAPABILITIES),
    }
)
