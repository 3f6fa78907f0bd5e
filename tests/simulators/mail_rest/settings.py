# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The switches of the REST simulator (mail_api.md 5.1) and the profiles worth running a test-suite under.

Nobody could look at a real server of this API: its document leaves much open, so nearly everything is a switch.
The first value of each is what the document says or suggests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.simulators.framework import Fault


@dataclass
class MailRestSettings:
    """How the server reads, writes, limits and lets in.

    Reading
      read_fields: names of the API document, of mailcow, or both in one object.
      quota_read_unit: of members with the document's names; mailcow's own names are always bytes.
      bool_read: "mixed" is numbers at the top and text in nested objects. A third state (mailbox active 2) shows as 2.
      list_envelope: a list; ``{"data": […]}``; ``{}`` when there is nothing, else a list; a map by key; pages with
        ``Link: rel="next"``; pages inside ``{"data": […], "meta": {…}}``. ``page_size`` objects a page.
      int_read: numbers that are no flags, as JSON numbers or as text (the id of an alias or a sync job stays a number).
      syncjob_password: whether reads of sync jobs hold the password of the remote account.
      goto_read: the targets of an alias as text with commas, or as a list.
      alias_read: all members, or "plain": id, address, goto and active only.
      absent_get: of an object that is absent. single_get_domain_alias: of a single domain, alias or sync job.

    Writing
      absent_put, absent_delete, conflict, invalid: a status, or "danger": HTTP 200 with mailcow's refusal in it
        (absent_delete "danger" is mailcow's own way: for a domain it means success; "success" is for all).
      put_mode: missing members stay; missing optional ones go to their default; missing required ones are refused.
      tls_on_put, empty_on_put: whether these wishes are dropped with success, as mailcow does.
      ignored_on_put: members that a PUT drops with success, beside those two.
      unknown_members: what the document does not name (mailcow's ``gal``, ``relay_all_recipients`` …) is passed on,
        dropped with success, or refused.
      full_domain: a DELETE of a domain with mailboxes is refused (with ``conflict``), or deletes them with their mail.
      alias_omitted_flags: whether an alias made without them is active and visible.
      write_reply: one message; mailcow's list, which echoes secrets; nothing. create_status: of a POST.
      goto_write: what a write may send; what it may not is refused (or breaks a server that checks no types).
      check_types: refuse missing required members and wrong types. Not in the fact sheet: it keeps clients honest.
      room_for_all: see mail_engine's Rules. It is about speed alone.
      body_names_object: a member like ``domain`` in a PUT's body wins over the path (mailcow_recorded.md A4).

    syncjobs_path: below /api/v1; None: the server has no sync jobs. The API document names no path.

    Limits and access
      rate_limit: requests per ``rate_window`` seconds of the simulator's clock; None is off.
      rate_wait: "short": a refused client is told to wait until the next full second, and when that has really passed
        the simulator puts its own clock to the end of the window, so waiting costs a test at most one second;
        "window": the true end of the window is told, and only ``clock.advance`` leads there.
      rate_headers: on every reply, on refusals only, or never. rate_reset: what X-RateLimit-Reset counts.
      retry_after: send Retry-After with a refusal. clock_skew: seconds by which the server's time is wrong.
      key, read_only_key: None switches one off. ban_after: wrong keys within ten minutes until nothing is answered.

    faults: names from FAULTS that are waiting from the start, and again after each reset.
    """

    read_fields: Literal["seed", "mailcow", "both"] = "seed"
    quota_read_unit: Literal["mb", "bytes"] = "mb"
    bool_read: Literal["json", "int", "string", "mixed"] = "json"
    list_envelope: Literal["bare", "data", "empty_object", "by_id", "paged", "paged_meta"] = "bare"
    page_size: int = 50
    int_read: Literal["json", "text"] = "json"
    syncjob_password: Literal["never", "sent"] = "never"
    goto_read: Literal["text", "array"] = "text"
    alias_read: Literal["full", "plain"] = "full"
    absent_get: Literal["404", "empty_object"] = "404"
    single_get_domain_alias: Literal["405", "404", "supported"] = "405"

    absent_put: Literal["404", "danger"] = "404"
    absent_delete: Literal["404", "danger", "success"] = "404"
    conflict: Literal["409", "400", "danger"] = "409"
    invalid: Literal["400", "danger"] = "400"
    put_mode: Literal["merge", "replace", "strict"] = "merge"
    tls_on_put: Literal["honoured", "ignored"] = "honoured"
    empty_on_put: Literal["honoured", "ignored"] = "honoured"
    ignored_on_put: frozenset[str] = frozenset()
    unknown_members: Literal["passed_on", "ignored", "refused"] = "passed_on"
    full_domain: Literal["refused", "emptied"] = "refused"
    alias_omitted_flags: bool = True
    write_reply: Literal["object", "list", "empty"] = "object"
    create_status: Literal[200, 201] = 200
    goto_write: Literal["text", "array", "both"] = "text"
    check_types: bool = True
    body_names_object: bool = False
    room_for_all: bool = False

    syncjobs_path: str | None = "syncjobs"

    rate_limit: int | None = None
    rate_window: float = 60.0
    rate_wait: Literal["short", "window"] = "short"
    rate_headers: Literal["all", "refusals", "none"] = "all"
    rate_reset: Literal["epoch", "seconds", "milliseconds"] = "epoch"
    retry_after: bool = False
    clock_skew: float = 0.0
    key: str | None = "simulated-read-write-key"
    read_only_key: str | None = "simulated-read-only-key"
    ban_after: int | None = 10

    faults: tuple[str, ...] = ()


# The faults that mail_api.md 5.1 lists, each of them once.
FAULTS: dict[str, Callable[[], Fault]] = {
    "500": lambda: Fault("status", "GET /api/v1/domains", status=500, body='{"type":"error","msg":"Server error"}'),
    "502": lambda: Fault("status", "GET /api/v1/mailboxes", status=502, body="<html><h1>502 Bad Gateway</h1></html>"),
    "slow list": lambda: Fault("slow", "GET /api/v1/aliases", seconds=0.2),
    "drop after commit": lambda: Fault("drop_after", "POST /api/v1/mailboxes"),
    "truncated": lambda: Fault("truncated", "GET /api/v1/aliases"),
    "empty": lambda: Fault("empty", "GET /api/v1/mailboxes"),
}

# documented: what the document says. thin: passes mailcow's objects and refusals through. strict: wants whole objects
# and answers 201. hostile: as documented, with limits and with faults that a careful client gets over.
PROFILES: dict[str, MailRestSettings] = {
    "documented": MailRestSettings(),
    "thin": MailRestSettings(
        read_fields="mailcow",
        quota_read_unit="bytes",
        bool_read="mixed",
        list_envelope="empty_object",
        absent_get="empty_object",
        absent_put="danger",
        absent_delete="danger",
        conflict="danger",
        invalid="danger",
        tls_on_put="ignored",
        empty_on_put="ignored",
        alias_omitted_flags=False,
        write_reply="list",
        check_types=False,
        body_names_object=True,
    ),
    "strict": MailRestSettings(
        put_mode="strict",
        create_status=201,
        goto_read="array",
        goto_write="both",
        single_get_domain_alias="supported",
    ),
    "hostile": MailRestSettings(
        rate_limit=20,
        retry_after=True,
        faults=("502", "slow list", "drop after commit"),
    ),
}
