# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a field's type cannot tell about its values: names, addresses, dates, and what goes together."""

from __future__ import annotations

from typing import Any

from tests.unit.matrix.paths import Path
from tests.unit.matrix.samples import GIB, Sample, Values, texts

CAPABILITIES = ("spam_protection", "blacklist", "backup_recovery", "otp", "sms_password_reset")
_PLANS = ("basic", "profi", "profixl", "reseller")
_ALL_CAPABILITIES: frozenset[Path] = frozenset(("capabilities", name) for name in CAPABILITIES)
# Another context destroys calendars, which wants to be consented to.
_CONSENT = {"allow_groupware_loss": True}
_ACTIVE: Path = ("active",)
# The words of an automatic reply: of one that is off, and of one that was just switched on.
_NO_REPLY: dict[Path, Any] = {
    ("subject",): "",
    ("body",): "",
    ("start_date",): "",
    ("end_date",): "",
    ("additional_mail_addresses",): [],
}
_NEEDED_REPLY: dict[str, str] = {"subject": "Away", "start_date": "2020-01-01", "end_date": "2039-12-31"}
_FIRST_REPLY: dict[Path, Any] = {**_NO_REPLY, **{(name,): value for name, value in _NEEDED_REPLY.items()}}
_REPLIES: dict[Path, Any] = {_ACTIVE: True}
_QUOTAS = (
    Sample("2048M", stored=2 * GIB, shown="2G", spellings=("2G", "2 GiB")),
    Sample("7G", stored=7 * GIB, spellings=("7168M",)),
    Sample("0B", stored=0, spellings=("0G",)),
)


def _reply(given: str, *spellings: str) -> Sample:
    """Words of an automatic reply, which is active then."""
    return Sample(given, spellings=spellings, brings=_REPLIES)


def _beside(name: str, given: str, *spellings: str) -> Sample:
    """The same of words without which there is no reply, beside the others of that sort."""
    others = {other: value for other, value in _NEEDED_REPLY.items() if other != name}
    brings: dict[Path, Any] = {**_REPLIES, **{(other,): value for other, value in others.items()}}
    return Sample(given, spellings=spellings, beside=others, brings=brings)


def _switch(first: bool) -> tuple[Sample, ...]:
    """First what a mailbox has not got by itself."""
    return tuple(Sample(value, spellings=("yes",) if value else ("no", 0)) for value in (first, not first))


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
    ("vacation", "mailbox"): (
        Sample("alice@example.com", spellings=("Alice@Example.COM",)),
        Sample("bob@example.com"),
    ),
    ("vacation", "active"): (
        Sample(
            True,
            beside=_NEEDED_REPLY,
            brings=_FIRST_REPLY,
            spellings=("yes",),
        ),
        Sample(False, brings=_NO_REPLY, spellings=("no", 0)),
        Sample(True, refused="subject"),
    ),
    ("vacation", "subject"): (
        _beside("subject", "Away"),
        _reply(" \"Zweite\" Zeile <b>'例え'</b> \\ 🐦 {{ 1 }} %41 "),
        Sample("", refused="subject", offline=True),
    ),
    ("vacation", "body"): (
        _reply("Back soon.\n\n-- \nAlice", "Back soon.\r\n\r\n-- \r\nAlice", "\n Back soon.\n\n-- \nAlice\n\n"),
        _reply(" \"Zweite\" Zeile\n\t<b>'例え'</b> \\ 🐦 {{ 1 }} %41 "),
        _reply(""),
    ),
    ("vacation", "start_date"): (
        _beside("start_date", "2021-12-24", "24.12.2021", " 2021-12-24 "),
        _reply("2024-02-29"),
        Sample("2040-01-01", refused="end_date"),
        Sample("", refused="start_date", offline=True),
    ),
    ("vacation", "end_date"): (
        _beside("end_date", "2038-12-31", "31.12.2038"),
        _reply("2036-02-29"),
        Sample("2019-12-31", refused="end_date"),
        Sample("", refused="end_date", offline=True),
    ),
    ("vacation", "additional_mail_addresses"): (
        Sample(["info@example.com"], brings=_REPLIES, spellings=(["INFO@Example.com"],)),
        Sample(
            ["z@example.net", "A@EXAMPLE.net", "a@example.net"],
            stored=["a@example.net", "z@example.net"],
            shown=["A@example.net", "z@example.net"],
            brings=_REPLIES,
            spellings=(["z@example.net", "a@example.net"],),
        ),
        Sample([], brings=_REPLIES),
    ),
    ("spam_protection", "mailbox"): (
        Sample("alice@example.com", spellings=("Alice@Example.COM",)),
        Sample("bob@example.com"),
    ),
    ("spam_protection", "greylist"): _switch(False),
    ("spam_protection", "smtp_plausibility"): _switch(False),
    ("spam_protection", "rbl"): _switch(False),
    ("spam_protection", "bypass_banned_checks"): _switch(True),
    ("spam_protection", "tag_level"): (
        Sample(7.5, spellings=("7.5", " 7.50 ")),
        Sample(-3.0, spellings=(-3, "-3")),
        Sample(0.1),
        Sample(6.25, refused="tag_level", offline=True),
        Sample(5.5),
    ),
    ("spam_protection", "kill_level"): texts("reject", "route"),
    ("spam_protection", "route_to"): (*texts('INBOX/Müll "例え"', "Junk", "Spam"), Sample("", refused="route_to")),
    ("blacklist", "mailbox"): (
        Sample("alice@example.com", spellings=("Alice@Example.COM",)),
        Sample("bob@example.com"),
    ),
    ("blacklist", "addresses"): (
        Sample(["spam@example.net"], spellings=(["SPAM@Example.NET"],)),
        Sample(
            ["@example.org", "*.example.net", "B@example.net", "b@EXAMPLE.net"],
            stored=["*.example.net", "@example.org", "b@example.net"],
            shown=["*.example.net", "@example.org", "B@example.net"],
            spellings=(["b@example.net", "@example.org", "*.EXAMPLE.net"],),
        ),
        Sample([]),
    ),
    ("mailing_list", "address"): (
        Sample("team@example.com", spellings=("Team@Example.COM",)),
        Sample("sales+x@second.example"),
    ),
    ("mailing_list", "admin_mail"): (
        Sample("carol@example.net", spellings=("carol@EXAMPLE.net",)),
        *texts("D.E@example.net", ""),
    ),
    ("group", "name"): texts("team", 'Vertrieb "Süd" 例え'),
    ("group", "account"): texts("example", "other"),
    ("group", "display_name"): texts("The team", "\"Zweite\" Zeile <b>'例え'</b> \\ 🐦 {{ 1 }} %41"),
    ("group", "members"): (
        Sample(["alice@example.com"], spellings=(["Alice@EXAMPLE.com"],)),
        Sample(
            ["Bob@example.com", "alice@example.com", "bob@example.com"],
            stored=["alice@example.com", "bob@example.com"],
            shown=["alice@example.com", "bob@example.com"],
            spellings=(["BOB@example.com", "alice@example.com"],),
        ),
        Sample(["bob@example.com"]),
        Sample([]),
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
    # What belongs to a mailbox is there as long as that is.
    **{kind: {("mailbox",): Sample("alice@example.com")} for kind in ("vacation", "spam_protection", "blacklist")},
    "mailing_list": {("address",): Sample("team@example.com"), ("password",): Sample("Minimal-Passw0rd")},
    "group": {("name",): Sample("team"), ("account",): Sample("example"), ("display_name",): Sample("The team")},
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
    # No automatic reply goes without these.
    **{
        ("vacation", member): {(name,): _reply(value) for name, value in _NEEDED_REPLY.items()}
        for member in ("body", "additional_mail_addresses")
    },
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
    ("vacation", "active"): frozenset(_NO_REPLY),
    # Spam that is rejected needs no folder.
    ("spam_protection", "route_to"): frozenset({("kill_level",)}),
    **{("vacation", str(path[0])): frozenset({_ACTIVE}) for path in _NO_REPLY},
    # The plan light allows none.
    ("mailbox", "plan"): _ALL_CAPABILITIES,
}
# What a wish says without words, and the diff shows.
IMPLIED: dict[tuple[str, str], frozenset[str]] = {("mailbox", "active"): frozenset({"deletion_date"})}
# What is added to the first value of a list.
APPENDED: dict[tuple[str, str], Sample] = {
    ("blacklist", "addresses"): Sample(
        ["Z@example.net", "SPAM@example.net"],
        stored=["spam@example.net", "z@example.net"],
        shown=["spam@example.net", "Z@example.net"],
    ),
    ("group", "members"): Sample(
        ["Bob@example.com", "Alice@example.com"],
        stored=["alice@example.com", "bob@example.com"],
        shown=["alice@example.com", "bob@example.com"],
    ),
}
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
        ("vacation", "active"),
        *(("vacation", str(path[0])) for path in _NO_REPLY),
        ("group", "members"),
        *(("mailbox", f"capabilities.{name}") for name in CAPABILITIES),
    }
)
