# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mailboxes of one domain of mailbox.org: calls in arrays, since each is about one mailbox."""

from __future__ import annotations

from tests.bench.floors.common import Row, Rpc, document, slices

FIELDS = ("first_name", "last_name", "plan", "memo")


def main() -> None:
    mailboxes = document()["mailboxes"]
    rpc = Rpc("MAILBOXORG", "/v1")
    user, password = rpc.login
    rpc.http.headers["HPLS-AUTH"] = rpc.call("auth", {"user": user, "pass": password})["session"]
    domain = mailboxes[0]["email"].partition("@")[2]
    held = {row["mail"]: row for row in rpc.call("mail.list", {"domain": domain, "details": True})}
    calls: list[tuple[str, Row]] = []
    for box in mailboxes:
        wanted = {name: box[name] for name in FIELDS}
        row = held.get(box["email"])
        if row is None:
            new = {"mail": box["email"], "password": box["password"], "inboxsave": True, "forwards": []}
            calls.append(("mail.add", {**new, **wanted}))
        elif different := {name: value for name, value in wanted.items() if row[name] != value}:
            calls.append(("mail.set", {"mail": box["email"], **different}))
    for part in slices(calls):
        rpc.together(part)
    rpc.call("deauth")


if __name__ == "__main__":
    main()
