# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a field's type cannot tell about its values: names of objects that exist, addresses, texts of a certain form."""

from __future__ import annotations

from tests.unit.matrix.paths import Path
from tests.unit.matrix.samples import MIB, Sample, Values, texts

_TARGETS: Path = ("goto",)
_BACKUP_MX: Path = ("backup_mx",)
_RELAY_ALL: Path = ("relay_all_recipients",)
_RELAY_UNKNOWN: Path = ("relay_unknown_only",)
# A job that destroys mail wants to be consented to.
_CONSENT = {"allow_mail_loss": True}
_DESTROYS = (
    Sample(True, beside=_CONSENT, spellings=("yes",)),
    Sample(False, spellings=("no", 0)),
    Sample(True, refused="allow_mail_loss"),
)


def _megabytes(text: str, size: int, *spellings: str) -> Sample:
    return Sample(text, stored=size * MIB, spellings=spellings)


NAMED: dict[tuple[str, str], tuple[Sample, ...]] = {
    ("domain", "name"): (
        Sample("new.example", spellings=("NEW.Example", " new.example. ")),
        Sample("müller.example", stored="xn--mller-kva.example", shown="xn--mller-kva.example"),
    ),
    # In this order they fit each other and what a new domain gets by itself.
    ("domain", "default_quota"): (
        _megabytes("512M", 512, "524288K", "512 MiB"),
        _megabytes("2G", 2048, "2048M"),
        Sample("30G", refused="default_quota"),
        Sample("0B", refused="default_quota"),
    ),
    ("domain", "max_quota"): (
        _megabytes("5G", 5120, "5120M"),
        _megabytes("8G", 8192, "8 GB"),
        Sample("30G", refused="max_quota"),
        Sample("1M", refused="max_quota"),
    ),
    ("domain", "quota"): (
        _megabytes("20G", 20480, "20480M"),
        _megabytes("3000G", 3000 * 1024, "3072000M"),
        Sample("1G", refused="quota"),
    ),
    ("domain", "relay_all_recipients"): (
        Sample(True, brings={_BACKUP_MX: True}, spellings=("yes",)),
        Sample(False, spellings=("no", 0)),
    ),
    ("domain", "relay_unknown_only"): (
        Sample(True, brings={_BACKUP_MX: True, _RELAY_ALL: True}, spellings=("yes",)),
        Sample(False, spellings=("no", 0)),
    ),
    ("domain", "rate_limit"): (
        Sample("10/s", spellings=(" 10 / S ", "010/s")),
        *texts("2000/d", "7/m"),
        Sample("unlimited", spellings=("UNLIMITED",)),
    ),
    ("domain", "tags"): (
        Sample(["amber"], spellings=(["AMBER"],)),
        Sample(
            ['Zweite "Farbe" 例え', "amber", "Amber"],
            stored=["amber", 'zweite "farbe" 例え'],
            shown=["amber", 'Zweite "Farbe" 例え'],
            spellings=(['zweite "farbe" 例え', "AMBER"],),
        ),
        Sample([f"tag {number:02}" for number in range(30)]),
        Sample([]),
    ),
    ("domain", "dkim_key_size"): (Sample(1024, spellings=("1024",)), Sample(4096), Sample(2048)),
    ("domain", "dkim_selector"): texts("mail-2031", "_x"),
    ("sync_job", "mailbox"): (
        Sample("alice@example.com", spellings=("Alice@EXAMPLE.com",)),
        Sample("bob@example.com"),
    ),
    ("sync_job", "remote_host"): (
        Sample("imap.old.example", spellings=("IMAP.Old.example", "imap.old.example.")),
        Sample("bücher.example", stored="xn--bcher-kva.example", shown="xn--bcher-kva.example"),
        Sample("mailhost"),
    ),
    ("sync_job", "remote_user"): texts("alice.old", 'O\'Brien "x" {{ y }} 例え@old.example'),
    ("sync_job", "bandwidth"): (
        Sample("500K", stored=512000, spellings=("512000B", "500 kB")),
        Sample("1000001B", stored=1000001),
        Sample("125000000B", stored=125000000),
        Sample("120M", refused="bandwidth"),
        Sample("unlimited", spellings=("UNLIMITED",)),
    ),
    ("sync_job", "exclude"): (*texts("Junk|Trash", '(?i)^Ba\\/ck.*"例え"$', ""), Sample("a/b", refused="exclude")),
    ("sync_job", "custom_params"): texts("--maxsize=20000000", "--skipsize --folder=Entwürfe", ""),
    ("sync_job", "delete_source"): _DESTROYS,
    ("sync_job", "delete_target"): _DESTROYS,
    ("mailbox", "email"): (
        Sample("carol@example.com", spellings=("Carol@Example.COM",)),
        Sample("O'Brien+x@example.org", stored="o'brien+x@example.org", shown="o'brien+x@example.org"),
        Sample("k@bücher.example", stored="k@xn--bcher-kva.example", shown="k@xn--bcher-kva.example"),
    ),
    ("mailbox", "name"): texts("Carol Example", 'Ďorđe "D" O\'Brien, \\ {{ x }} 例え', ""),
    ("alias", "address"): (
        Sample("team@example.com", spellings=("Team@EXAMPLE.com",)),
        Sample("Sales.Team@example.org", spellings=("sales.team@example.org",)),
        Sample("@example.org", spellings=("@EXAMPLE.ORG",)),
        Sample("@bücher.example", stored="@xn--bcher-kva.example", shown="@xn--bcher-kva.example"),
    ),
    ("alias", "goto"): (
        Sample(["alice@example.com"], spellings=(["Alice@EXAMPLE.com"],)),
        Sample(
            ["carol@example.net", "Bob@example.com", "bob@example.com"],
            stored=["bob@example.com", "carol@example.net"],
            shown=["Bob@example.com", "carol@example.net"],
            spellings=(["BOB@example.com", "carol@example.net"],),
        ),
        Sample([], refused="goto"),
    ),
    ("alias", "action"): (
        Sample("discard", brings={_TARGETS: []}),
        Sample("learn_spam", brings={_TARGETS: []}),
        Sample("learn_ham", brings={_TARGETS: []}),
        Sample("deliver", refused="goto"),
        Sample("deliver", beside={"goto": ["bob@example.com"]}, brings={_TARGETS: ["bob@example.com"]}),
    ),
}
# The least that a task says to make an object.
MINIMAL: dict[str, Values] = {
    "domain": {("name",): Sample("new.example")},
    "sync_job": {
        ("mailbox",): Sample("alice@example.com"),
        ("remote_host",): Sample("imap.old.example"),
        ("remote_user",): Sample("alice.old"),
        ("remote_password",): Sample("Minimal-Passw0rd"),
    },
    "mailbox": {
        ("email",): Sample("carol@example.com"),
        ("password",): Sample("Minimal-Passw0rd"),
        ("quota",): Sample("256M", stored=256 * MIB),
    },
    "alias": {("address",): Sample("team@example.com"), _TARGETS: Sample(["alice@example.com", "bob@example.com"])},
}
# What cannot be given, or is not kept, together with a field.
APART: dict[tuple[str, str], frozenset[Path]] = {
    ("mailbox", "force_pw_update"): frozenset({("auth_source",)}),
    ("mailbox", "auth_source"): frozenset({("force_pw_update",)}),
    ("alias", "action"): frozenset({_TARGETS}),
    ("domain", "backup_mx"): frozenset({_RELAY_ALL, _RELAY_UNKNOWN}),
    ("domain", "relay_all_recipients"): frozenset({_BACKUP_MX, _RELAY_UNKNOWN}),
    ("domain", "relay_unknown_only"): frozenset({_BACKUP_MX, _RELAY_ALL}),
    # A job that never runs destroys nothing.
    **{option: frozenset({("active",)}) for option in (("sync_job", "delete_source"), ("sync_job", "delete_target"))},
}
# What a wish says without words, and the diff shows.
IMPLIED: dict[tuple[str, str], frozenset[str]] = {("alias", "goto"): frozenset({"action"})}
# A change of anything else beside them would have to consent, too.
COSTLY = frozenset({("sync_job", "delete_source"), ("sync_job", "delete_target")})
# What these depend on is left to the matrix.
DEPENDENT = frozenset(
    {
        ("alias", "action"),
        ("mailbox", "force_pw_update"),
        ("mailbox", "auth_source"),
        ("domain", "backup_mx"),
        ("domain", "relay_all_recipients"),
        ("domain", "relay_unknown_only"),
        *COSTLY,
    }
)
