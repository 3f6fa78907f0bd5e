# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sync jobs of the Email Management API and of mailcow: mail that is fetched from another server by IMAP (mail_api.md
2.10 and 3.2; mailcow_recorded.md A1, A2, A17, A18 and section 4).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import re
from typing import Any

from ..._core.addresses import domain_name, domain_of, mailbox_address
from ..._core.errors import InvalidOption
from ..._core.fields import Choice, Flag, Integer, NumberOr, Reference, Size, Text, filled, secret
from ..._core.resource import Resource, Values
from ..._core.sizes import UNLIMITED, parse_size
from .codecs import BYTES, CAPITALS, FLAG, LIMIT, NUMBER, TEXT
from .routes import ADDED, MODIFIED, REMOVED, Route
from .wire import Wire, wire

TLS, SSL, PLAIN = "tls", "ssl", "plain"
PORTS = {TLS: 143, SSL: 993, PLAIN: 143}
MAX_BANDWIDTH = 125_000_000
# In place of a path: the server has no sync jobs.
NO_SYNC_JOBS = "none"
# The name of mailcow's route; the document of the API does not tell.
LIKELY_SYNC_JOBS = "/syncjobs"
# What mail a job destroys beside the one that it copies.
DELETES_MAIL = ("delete_source", "delete_target")
_BARE_SLASH = re.compile(r"(?<!\\)(?:\\\\)*/")


def _host(text: str) -> str:
    try:
        return domain_name(text)
    except ValueError:
        raise ValueError(f"{text!r} is no name of a host") from None


def _pattern(text: str) -> str:
    """The server puts the pattern between slashes."""
    if _BARE_SLASH.search(text):
        raise ValueError(f"{text!r} has a slash without a backslash before it, which the server refuses")
    return text


def _complete(values: dict[str, Any]) -> dict[str, Any]:
    bandwidth = values.get("bandwidth", UNLIMITED)
    if bandwidth != UNLIMITED and parse_size(bandwidth) > MAX_BANDWIDTH:
        raise InvalidOption("bandwidth", f"is more than {MAX_BANDWIDTH} bytes, which the server takes for no limit")
    return values


def _at_creation(given: Values, send: dict[str, Any]) -> dict[str, Any]:
    return send if "port" in given else {**send, "port": PORTS[send["encryption"]]}


def loses_mail(values: Values) -> bool:
    """Whether a job with these values destroys mail on either side when it runs."""
    return values.get("active") is not False and any(values.get(name) is True for name in DELETES_MAIL)


SYNC_JOB = Resource(
    kind="sync_job",
    plural="sync_jobs",
    module="mail_sync_job",
    summary="Manage sync jobs of an Email Management API or mailcow server",
    description=(
        "Creates, changes and deletes sync jobs, either through the Email Management API or through mailcow's own API.",
        "A sync job fetches the mail of an account on another server into a mailbox here, again and again.",
        "Options that are left out stay as they are on the server.",
        "Deleting a job destroys no mail.",
    ),
    key=("mailbox", "remote_host", "remote_user"),
    route=Route(
        LIKELY_SYNC_JOBS,
        "syncjob",
        identity="id",
        hint="set api_sync_jobs_path to where this server keeps sync jobs, which its document does not tell, or to "
        f"{NO_SYNC_JOBS} if it has none",
        advice="mailcow says so, among others, of an exclude pattern that is no regular expression",
        # Without the last part the log of each job comes along.
        shown_at="/get/syncjobs/{}/no_log",
        confirmations={ADDED: "mailbox_modified", MODIFIED: "mailbox_modified", REMOVED: "deleted_syncjob"},
    ),
    label="{mailbox} from {remote_user} at {remote_host}",
    domain_key=lambda values: domain_of(values["mailbox"]),
    complete=_complete,
    at_creation=_at_creation,
    unproven=(
        "Path and fields of sync jobs in the Email Management API, whose document only names them; mailcow was seen.",
    ),
    behaviour=(
        Flag(
            "allow_mail_loss",
            "Consent to a job that destroys mail: without it, no sync job is created or changed that is active and has "
            "O(delete_source) or O(delete_target) switched on.",
            on_create=False,
        ),
    ),
    fields=(
        Text(
            "mailbox",
            "Address of the mailbox here that receives the mail.",
            Wire("username", (("user2",), ("username",))),
            TEXT,
            form=mailbox_address,
            immutable=True,
            reference=Reference("mailbox", assumable=True),
            aliases=("user2",),
        ),
        Text(
            "remote_host",
            "Name of the other server.",
            wire("host1"),
            TEXT,
            form=_host,
            fold=True,
            immutable=True,
            aliases=("host1",),
        ),
        Text(
            "remote_user",
            "Name by which the job logs in to the other server.",
            wire("user1"),
            TEXT,
            form=filled,
            immutable=True,
            aliases=("user1",),
        ),
        secret(
            "remote_password",
            "Password by which the job logs in to the other server. It is never read back, so it is sent at creation "
            "only, unless O(update_password=always).",
            wire("password1"),
            required_on_create=True,
            max_length=255,
            aliases=("password1",),
        ),
        Choice(
            "encryption",
            "How the connection to the other server is encrypted: V(ssl) from its start, V(tls) by STARTTLS, V(plain) "
            "not at all.",
            wire("enc1"),
            CAPITALS,
            words=(TLS, SSL, PLAIN),
            on_create=SSL,
            aliases=("enc1",),
        ),
        Integer(
            "port",
            "Port of the other server. Unless this is given, a new job gets V(993) with O(encryption=ssl), and V(143) "
            "otherwise.",
            wire("port1"),
            NUMBER,
            minimum=1,
            maximum=65535,
            aliases=("port1",),
        ),
        Integer(
            "interval",
            "Minutes between two runs of the job.",
            wire("mins_interval"),
            NUMBER,
            minimum=1,
            maximum=43800,
            on_create=20,
            aliases=("mins_interval",),
        ),
        Flag("active", "Whether the job runs.", wire("active"), FLAG, on_create=True),
        Text(
            "subfolder",
            "Folder of the mailbox here that receives the mail. An empty text is the mailbox itself.",
            wire("subfolder2"),
            TEXT,
            aliases=("subfolder2",),
        ),
        NumberOr(
            "max_age",
            "Days after which mail is too old to be fetched, or V(unlimited).",
            wire("maxage"),
            LIMIT,
            minimum=1,
            maximum=32000,
            aliases=("maxage",),
        ),
        Size(
            "bandwidth",
            "Size that may be fetched in a second, for instance V(500K), or V(unlimited).",
            wire("maxbytespersecond"),
            BYTES,
            zero_is_unlimited=True,
            aliases=("maxbytespersecond",),
        ),
        Integer(
            "remote_timeout",
            "Seconds to wait for the other server.",
            wire("timeout1"),
            NUMBER,
            minimum=1,
            maximum=32000,
            aliases=("timeout1",),
        ),
        Integer(
            "local_timeout",
            "Seconds to wait for the server here.",
            wire("timeout2"),
            NUMBER,
            minimum=1,
            maximum=32000,
            aliases=("timeout2",),
        ),
        Text(
            "exclude",
            "Regular expression (PCRE) for names of folders that are not fetched, for instance V(Junk|Trash). A slash "
            "needs a backslash before it. An empty text excludes none.",
            wire("exclude"),
            TEXT,
            form=_pattern,
            max_length=500,
            # mailcow makes no job without it, and says nothing (mailcow_recorded.md A1).
            on_create="",
        ),
        Text(
            "custom_params",
            "Further long options of imapsync, for instance V(--maxsize=20000000). The server knows a list of "
            "those that it takes, and takes no hyphen in a value.",
            wire("custom_params"),
            TEXT,
            max_length=512,
        ),
        Flag(
            "delete_source",
            "Whether mail is deleted on the other server once it was fetched. Needs O(allow_mail_loss=true).",
            wire("delete1"),
            FLAG,
            on_create=False,
            aliases=("delete1",),
        ),
        Flag(
            "delete_target",
            "Whether mail is deleted here that the other server does not have. That is also mail that came in here in "
            "another way. Needs O(allow_mail_loss=true).",
            wire("delete2"),
            FLAG,
            on_create=False,
            aliases=("delete2",),
        ),
        Flag(
            "delete_duplicates",
            "Whether messages that are here twice are deleted but for one.",
            wire("delete2duplicates"),
            FLAG,
            on_create=False,
            aliases=("delete2duplicates",),
        ),
        Flag(
            "automap",
            "Whether folders such as sent mail and drafts are matched by their purpose, whatever they are called.",
            wire("automap"),
            FLAG,
            on_create=True,
        ),
        Flag(
            "skip_cross_duplicates",
            "Whether a message that was fetched into one folder is skipped in others.",
            wire("skipcrossduplicates"),
            FLAG,
            aliases=("skipcrossduplicates",),
        ),
        Flag(
            "subscribe_all",
            "Whether the user is subscribed to all folders that are fetched.",
            wire("subscribeall"),
            FLAG,
            on_create=True,
            aliases=("subscribeall",),
        ),
        Flag(
            "dry_run",
            "Whether the job only tells what it would do.",
            wire("dry"),
            FLAG,
            aliases=("dry",),
        ),
        Integer(
            "id",
            "Number that the server gave to the job.",
            wire("id"),
            NUMBER,
            read_only=True,
            server_decides=True,
        ),
    ),
)
