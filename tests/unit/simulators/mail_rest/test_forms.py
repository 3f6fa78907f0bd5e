# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Forms of lists and values, and where sync jobs live; the expected replies are those of mail_api.md 1, 2 and 5."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.simulators import MailRest
from tests.simulators.mail_engine import Domain
from tests.unit.simulators.mail_rest.client import (
    MEGABYTE,
    NEW_JOB,
    ask,
    configure,
    get,
)

# Forms of lists and values.


def test_lists_in_envelopes(server: MailRest) -> None:
    server.settings.list_envelope = "data"
    assert [one["domain"] for one in get(server, "domains")["data"]] == ["example.com", "example.org"]
    server.settings.list_envelope = "by_id"
    assert list(get(server, "domains")) == ["example.com", "example.org"]
    assert get(server, "aliases")["3"]["id"] == 3
    server.settings.read_fields = "mailcow"
    assert list(get(server, "mailboxes")) == ["alice@example.com", "bob@example.com"]


def test_pages_lead_to_all_objects(server: MailRest) -> None:
    for number in range(7):
        server.store.domains[f"d{number}.example"] = Domain(f"d{number}.example")
    configure(server, list_envelope="paged", page_size=4)
    response, seen = ask(server, "GET", "domains"), []
    seen += [one["domain"] for one in response.json()]
    while "next" in response.links:
        headers = {"Authorization": "Bearer simulated-read-write-key"}
        url = response.links["next"]["url"]
        assert url.startswith(server.url)
        response = requests.get(url, headers=headers, verify=server.ca_path, timeout=30)
        seen += [one["domain"] for one in response.json()]
    assert seen == sorted(server.store.domains)
    assert len([record for record in server.requests if record.call == "GET /api/v1/domains"]) == 3
    server.settings.list_envelope = "paged_meta"
    page = get(server, "domains?page=3")
    assert page["meta"] == {"current_page": 3, "last_page": 3, "per_page": 4, "total": 9}
    assert (len(page["data"]), page["next"]) == (1, None)


@pytest.mark.parametrize(
    ("form", "expected"), [("json", [True, False]), ("int", [1, 0]), ("string", ["1", "0"]), ("mixed", [1, 0])]
)
def test_flags(server: MailRest, form: Any, expected: list[Any]) -> None:
    server.settings.bool_read = form
    domain = get(server, "domains")[0]
    assert [repr(domain["active"]), repr(domain["backupmx"])] == [repr(value) for value in expected]


def test_both_names_at_once_and_the_third_state(server: MailRest) -> None:
    configure(server, read_fields="both", quota_read_unit="mb")
    server.store.mailboxes["alice@example.com"].active = 2
    domain, mailbox = get(server, "domains")[0], get(server, "mailboxes")[0]
    assert (domain["quota"], domain["max_quota_for_domain"]) == (102400, 102400 * MEGABYTE)
    assert (mailbox["email"], mailbox["username"], mailbox["active"]) == ("alice@example.com", "alice@example.com", 2)


def test_third_state_can_be_written_back(server: MailRest) -> None:
    server.store.mailboxes["alice@example.com"].active = 2
    shown = get(server, "mailboxes/alice@example.com")
    assert ask(server, "PUT", "mailboxes/alice@example.com", {"active": shown["active"]}).status_code == 200
    assert server.store.mailboxes["alice@example.com"].active == 2
    assert ask(server, "PUT", "mailboxes/alice@example.com", {"active": 3}).status_code == 400


# Sync jobs.


def test_sync_jobs_live_where_the_settings_say(server: MailRest) -> None:
    server.settings.syncjobs_path = "sync/jobs"
    assert ask(server, "GET", "syncjobs").status_code == 404
    assert ask(server, "POST", "sync/jobs", NEW_JOB).status_code == 200
    (job,) = get(server, "sync/jobs")
    assert (job["username"], job["host1"], job["active"], "password1" in job) == (
        "alice@example.com",
        "imap.old.example",
        True,
        False,
    )
    assert ask(server, "POST", "sync/jobs", NEW_JOB).status_code == 409
    assert ask(server, "PUT", f"sync/jobs/{job['id']}", {"mins_interval": 60}).status_code == 200
    assert server.store.syncjobs[job["id"]].mins_interval == 60
    assert ask(server, "DELETE", f"sync/jobs/{job['id']}").status_code == 200
    assert server.requests[-1].call == "DELETE /api/v1/sync/jobs/{id}"
    server.settings.syncjobs_path = None
    assert ask(server, "GET", "syncjobs").status_code == 404
