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


def test_tags_are_taken_off_in_any_case_and_added_once(server: Mailcow) -> None:
    domain = server.store.domains["example.org"]
    edit(server, "domain", "example.org", tags=["Red", "blue", "green"])
    assert write(server, "delete/domain/tag/EXAMPLE.org", ["RED", "green", "absent"]) == [
        ("success", ["domain_modified", "example.org"])
    ]
    assert domain.tags == ["blue"]
    assert server.requests[-1].call == "POST /api/v1/delete/domain/tag/{domain}"
    assert write(server, "delete/domain/tag/absent.example", ["x"]) == [("danger", "domain_invalid")]
    assert set(server.store.domains) == {"example.com", "example.org"}


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({}, (2048, "dkim")),
        ({"key_size": 4096, "dkim_selector": "s1"}, (4096, "s1")),
        ({"dkim_selector": "s1"}, (2048, "s1")),
        ({"key_size": 0, "dkim_selector": "s1"}, None),
    ],
    ids=str,
)
def test_key_of_a_new_domain_is_as_wanted_and_outlives_it(
    server: Mailcow, given: dict[str, Any], key: tuple[int, str] | None
) -> None:
    keys = server.store.dkim_keys
    write(server, "add/domain", {"domain": "new.example", **given})
    made = keys.get("new.example")
    assert (None if made is None else (made.size, made.selector)) == key
    write(server, "delete/domain", ["new.example"])
    told = [entry[1] for entry in write(server, "add/domain", {"domain": "new.example", "key_size": 1024})]
    assert keys["new.example"].size == (1024 if key is None else key[0])
    assert ("domain_add_dkim_available" in told) is (key is not None)


def test_what_a_domain_was_made_from_is_shown_nowhere(server: Mailcow) -> None:
    write(server, "add/domain", {"domain": "new.example", "template": 7, "restart_sogo": 1})
    domain = server.store.domains["new.example"]
    assert (domain.made_from, domain.restarted_sogo) == (7, 1)
    assert not {"made_from", "restarted_sogo", "template", "restart_sogo"} & get(server, "domain/new.example").keys()
