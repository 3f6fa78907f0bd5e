# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plain requests to the REST simulator, and bodies of new objects."""

from __future__ import annotations

import dataclasses
from typing import Any

import requests

from tests.simulators import MailRest, MailRestSettings
from tests.simulators.mail_rest import PROFILES

MEGABYTE = 1_048_576
NEW_DOMAIN = {
    "domain": "new.example",
    "active": True,
    "aliases": 400,
    "backupmx": False,
    "defquota": 3072,
    "description": "Example domain",
    "mailboxes": 10,
    "maxquota": 10240,
    "quota": 10240,
}
NEW_MAILBOX = {
    "active": True,
    "domain": "example.com",
    "local_part": "user",
    "name": "Example User",
    "password": "made-up-password",
    "quota": 3072,
    "force_pw_update": False,
    "tls_enforce_in": False,
    "tls_enforce_out": True,
}
NEW_ALIAS = {"address": "team@example.com", "goto": "alice@example.com,bob@example.com"}
NEW_JOB = {
    "username": "alice@example.com",
    "host1": "imap.old.example",
    "port1": 993,
    "user1": "alice",
    "password1": "made-up-job-password",
    "enc1": "SSL",
    "mins_interval": 30,
    "active": True,
}


def configure(server: MailRest, profile: str = "documented", **switches: Any) -> None:
    """Give the running server the settings of a profile, with some switches flipped."""
    wanted = dataclasses.replace(PROFILES[profile], **switches)
    for field in dataclasses.fields(MailRestSettings):
        setattr(server.settings, field.name, getattr(wanted, field.name))


def ask(server: MailRest, method: str, path: str, body: Any = None, key: str | None = None) -> requests.Response:
    """One request below /api/v1 with the read-write key, or another one."""
    headers = {"Authorization": f"Bearer {key or 'simulated-read-write-key'}"}
    url = f"{server.url}/api/v1/{path}"
    return requests.request(method, url, json=body, headers=headers, verify=server.ca_path, timeout=30)


def get(server: MailRest, path: str) -> Any:
    response = ask(server, "GET", path)
    assert response.status_code == 200
    return response.json()
