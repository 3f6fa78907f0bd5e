# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mailboxes of the Email Management API, which takes one at a time."""

from __future__ import annotations

import os

from tests.bench.floors.common import document, session

MEGABYTES = {"M": 1, "G": 1024}


def main() -> None:
    http, address = session("MAIL_API")
    http.headers["Authorization"] = f"Bearer {os.environ['MAIL_API_KEY']}"
    url = f"{address}/api/v1/mailboxes"
    held = {row["email"]: row for row in http.get(url).json()}
    for box in document()["mailboxes"]:
        quota = int(box["quota"][:-1]) * MEGABYTES[box["quota"][-1]]
        wanted = {"name": box["name"], "quota": quota}
        row = held.get(box["email"])
        if row is None:
            local, _at, domain = box["email"].partition("@")
            new = {**wanted, "local_part": local, "domain": domain, "password": box["password"], "active": True}
            http.post(url, json=new).raise_for_status()
        elif any(row[name] != value for name, value in wanted.items()):
            http.put(f"{url}/{box['email']}", json=wanted).raise_for_status()


if __name__ == "__main__":
    main()
