# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mailboxes of mailcow: created one at a time, the same change for a hundred at a time."""

from __future__ import annotations

import os
from collections import defaultdict
from typing import Any

import requests

from tests.bench.floors.common import Row, document, session, slices

MEGABYTES = {"M": 1, "G": 1024}


def main() -> None:
    http, address = session("MAIL_API")
    http.headers["X-API-Key"] = os.environ["MAIL_API_KEY"]
    url = f"{address}/api/v1"
    held = {row["username"]: row for row in http.get(f"{url}/get/mailbox/all").json()}
    changes: dict[tuple[str, int], list[str]] = defaultdict(list)
    for box in document()["mailboxes"]:
        quota = int(box["quota"][:-1]) * MEGABYTES[box["quota"][-1]]
        row = held.get(box["email"])
        if row is None:
            create(http, url, box, quota)
        elif (row["name"], row["quota"]) != (box["name"], quota << 20):
            changes[box["name"], quota].append(box["email"])
    for (name, quota), addresses in changes.items():
        for some in slices(addresses):
            post(http, f"{url}/edit/mailbox", {"items": some, "attr": {"name": name, "quota": quota}})


def create(http: requests.Session, url: str, box: Row, quota: int) -> None:
    local, _at, domain = box["email"].partition("@")
    passwords = {"password": box["password"], "password2": box["password"]}
    new = {"local_part": local, "domain": domain, "name": box["name"], "quota": quota, "active": 1, **passwords}
    post(http, f"{url}/add/mailbox", new)


def post(http: requests.Session, url: str, body: Any) -> None:
    answer = http.post(url, json=body).json()
    assert all(entry["type"] == "success" for entry in answer)


if __name__ == "__main__":
    main()
