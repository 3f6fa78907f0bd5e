# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mailcow simulator: switches and fields of domains and sync jobs that the recording does not reach."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Mailcow
from tests.simulators.mail_engine import Rules
from tests.unit.simulators.test_mailcow import get, running, server, write

__all__ = ["running", "server"]  # fixtures


def edit(server: Mailcow, category: str, item: Any, **attr: Any) -> list[tuple[str, Any]]:
    return write(server, f"edit/{category}", {"items": [item], "attr": attr})


def test_relay_host_is_set_by_an_edit_and_reads_as_text(server: Mailcow) -> None:
    assert edit(server, "domain", "example.org", relayhost=4) == [("success", ["domain_modified", "example.org"])]
    assert get(server, "domain/example.org")["relayhost"] == "4"
    edit(server, "domain", "example.org", gal=False, relay_unknown_only=True)
    domain = get(server, "domain/example.org")
    flags = [domain[name] for name in ("gal", "relay_unknown_only", "relay_all_recipients", "backupmx")]
    assert (flags, domain["relayhost"]) == ([0, 1, 1, 1], "4")


def test_server_may_drop_more_than_was_seen(server: Mailcow) -> None:
    job = server.store.add_syncjob("alice@example.com", "imap.old.example", "alice")
    server.settings.rules = Rules(edit_ignores=frozenset({"gal", "automap"}))
    assert edit(server, "domain", "example.org", gal=0, description="New")[0][0] == "success"
    assert edit(server, "syncjob", job.id, automap=1, maxage=5)[0][0] == "success"
    domain = server.store.domains["example.org"]
    assert (domain.gal, domain.description, job.automap, job.maxage) == (1, "New", 0, 5)


def test_name_of_another_domain_is_taken_until_that_goes(server: Mailcow) -> None:
    server.store.alias_domains["other.example"] = "example.org"
    assert write(server, "add/domain", {"domain": "other.example"}) == [("danger", ["domain_exists", "other.example"])]
    write(server, "delete/domain", ["example.org"])
    assert server.store.alias_domains == {}
    assert ("success", ["domain_added", "other.example"]) in write(server, "add/domain", {"domain": "other.example"})


def test_flags_and_numbers_as_in_the_api_document(server: Mailcow) -> None:
    server.store.add_syncjob("alice@example.com", "imap.old.example", "alice", active=1)
    server.settings.flags_as = "text"
    server.settings.text_members = frozenset({"mins_interval", "max_num_aliases_for_domain", "last_run"})
    domain, (job,) = get(server, "domain/example.org"), get(server, "syncjobs/all/no_log")
    assert [domain[name] for name in ("active", "gal", "relay_all_recipients_int")] == ["1", "1", "0"]
    assert (domain["max_num_aliases_for_domain"], domain["max_num_mboxes_for_domain"]) == ("400", 100)
    assert (job["active"], job["delete2duplicates"], job["mins_interval"], job["port1"]) == ("1", "0", "20", 993)
    assert job["last_run"] is None


@pytest.mark.parametrize(("route", "shown"), [("all/no_log", False), ("all", False), ("all/with_password", True)])
def test_password_of_a_job_is_sent_to_those_who_ask(server: Mailcow, route: str, shown: bool) -> None:
    server.store.add_domain("new.example", quota=5)
    server.store.add_syncjob("alice@example.com", "imap.old.example", "alice", password1="old-Secret")
    (job,) = get(server, f"syncjobs/{route}")
    assert ("password1" in job) is shown
    assert get(server, "domain/new.example")["max_quota_for_domain"] == 5 * 1_048_576
