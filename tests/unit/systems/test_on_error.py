# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""on_error: continue, on each system: what hangs on a failure waits, all else goes on, and a second run finishes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, Result, done

PASSWORD = "Str0ng-pw-1!"
Document = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Site:
    """A document of which one object fails by ``call`` (its ``number``-th), while ``blocked`` hangs on it, and ``free``
    does not. ``deletes`` tells whether what fails is a deletion."""

    server: str
    document: Document
    call: str
    failing: str
    blocked: tuple[str, ...]
    free: tuple[str, ...]
    number: int = 1
    options: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        return f"{self.server}: {self.failing}"


def _mail(server: str) -> tuple[Site, ...]:
    def call(verb: str, rest: str, mailcow: str) -> str:
        return f"{verb} /api/v1/{rest}" if server == "rest" else f"POST /api/v1/{mailcow}"

    return (
        Site(
            server,
            {
                "domains": [{"name": "branch.example"}, {"name": "shop.example"}],
                "mailboxes": [
                    {"email": "carol@branch.example", "password": PASSWORD, "quota": "1G"},
                    {"email": "carol@shop.example", "password": PASSWORD, "quota": "1G"},
                ],
                "aliases": [
                    {"address": "info@branch.example", "goto": ["carol@branch.example"]},
                    {"address": "desk@example.com", "goto": ["bob@example.com"]},
                ],
            },
            call("POST", "domains", "add/domain"),
            "domain branch.example",
            ("mailbox carol@branch.example", "alias info@branch.example"),
            ("domain shop.example", "mailbox carol@shop.example", "alias desk@example.com"),
        ),
        Site(
            server,
            {
                "mailboxes": [
                    {"email": "carol@example.com", "password": PASSWORD, "quota": "1G"},
                    {"email": "bob@example.com", "name": "Bob B."},
                ],
                "sync_jobs": [
                    {
                        "mailbox": f"{name}@example.com",
                        "remote_host": "imap.example.net",
                        "remote_user": name,
                        "remote_password": PASSWORD,
                    }
                    for name in ("carol", "bob")
                ],
            },
            call("POST", "mailboxes", "add/mailbox"),
            "mailbox carol@example.com",
            ("sync job carol@example.com from carol at imap.example.net",),
            ("mailbox bob@example.com", "sync job bob@example.com from bob at imap.example.net"),
        ),
    )


SITES: tuple[Site, ...] = (
    Site(
        "kerio",
        {
            "domains": [{"name": "branch.example"}, {"name": "shop.example"}],
            "groups": [{"name": "team", "domain": "branch.example"}, {"name": "team", "domain": "shop.example"}],
            "users": [
                {"name": "carol", "domain": "branch.example", "password": PASSWORD, "groups": ["team"]},
                {"name": "dora", "domain": "shop.example", "password": PASSWORD, "groups": ["team"]},
            ],
            "mailing_lists": [{"name": "news", "domain": "branch.example", "members": ["carol"]}],
            "resources": [{"name": "Room", "domain": "shop.example", "manager": "dora"}],
        },
        "Domains.create",
        "domain branch.example",
        ("group team@branch.example", "user carol@branch.example", "mailing list news@branch.example"),
        ("domain shop.example", "group team@shop.example", "user dora@shop.example", "resource Room@shop.example"),
    ),
    Site(
        "kerio",
        {
            "ip_address_groups": [
                {"name": "inner", "entries": [{"type": "host", "host": "192.0.2.1"}]},
                {"name": "outer", "entries": [{"type": "group", "group": "inner"}]},
                {"name": "other", "entries": [{"type": "host", "host": "192.0.2.2"}]},
            ],
            "time_ranges": [
                {"name": "Work", "entries": [{"type": "daily", "from": "8:00", "to": "9:00", "days": ["monday"]}]}
            ],
        },
        "IpAddressGroups.create",
        "IP address group inner",
        ("IP address group outer",),
        ("IP address group other", "time range Work"),
    ),
    Site(
        "operator",
        {
            "users": [
                {"name": "carol", "password": "Carol-1-secret"},
                {"name": "dora", "password": "Dora-1-secret"},
            ],
            "extensions": [
                {"number": "200", "sip_password": "S1p-secret-1", "user": "carol"},
                {"number": "201", "sip_password": "S1p-secret-1", "user": "dora"},
            ],
        },
        "Users.create",
        "user carol",
        ("extension 200",),
        ("user dora", "extension 201"),
    ),
    Site(
        "mailboxorg",
        {
            "mailboxes": [
                {
                    "email": f"{name}@example.com",
                    "password": "C4rol-secret-1!",
                    "plan": "standard",
                    "first_name": name.title(),
                    "last_name": "Example",
                }
                for name in ("carol", "dora")
            ],
            "groups": [
                {"name": "team", "display_name": "Team", "account": "example", "members": ["carol@example.com"]},
                {"name": "crew", "display_name": "Crew", "account": "example", "members": ["dora@example.com"]},
            ],
        },
        "mail.add",
        "mailbox carol@example.com",
        ("group team",),
        ("mailbox dora@example.com", "group crew"),
    ),
    *_mail("rest"),
    *_mail("mailcow"),
)
every_site = pytest.mark.parametrize("site", SITES, ids=str)


@pytest.fixture
def bench(site: Site, request: pytest.FixtureRequest) -> Bench:
    found: Bench = request.getfixturevalue(site.server)
    return found


def let_fail(bench: Bench, site: Site) -> None:
    """The writes of this kind about one object are refused for good, and those about others are not."""
    about = site.failing.rpartition(" ")[2]
    if site.server in ("rest", "mailcow"):
        about = about.partition("@")[0]  # new mailboxes are sent as local part and domain
        body = '{"type":"error","msg":"out of order"}'
        bench.sim.faults.add(Fault("status", site.call, times=99, about=about, status=400, body=body))
    else:
        bench.sim.faults.add(Fault("rpc_error", site.call, times=99, about=about, code=1000, message="out of order"))


def lines(result: Result) -> dict[str, dict[str, Any]]:
    return {line["object"]: line for line in result["results"]}


@every_site
def test_what_hangs_on_a_failure_waits_and_all_else_goes_on(bench: Bench, site: Site) -> None:
    let_fail(bench, site)
    result = bench.config(site.document, on_error="continue")
    assert (result["failed"], result["changed"]) == (True, True)
    found = lines(result)
    assert found[site.failing]["status"] == "failed"
    assert "out of order" in found[site.failing]["error"]
    for name in site.blocked:
        assert found[name]["status"] == "not_done", name
        assert found[name]["blocked_by"] in (site.failing, *site.blocked), name
    assert found[site.blocked[0]]["blocked_by"] == site.failing
    for name in site.free:
        assert found[name]["status"] == "done", name
        assert "blocked_by" not in found[name]
    assert found.keys() == {site.failing, *site.blocked, *site.free}


@every_site
def test_the_counts_are_those_of_what_was_done(bench: Bench, site: Site) -> None:
    let_fail(bench, site)
    result = bench.config(site.document, on_error="continue")
    summary = result["summary"]
    assert summary["failed"] == 1
    assert summary["created"] + summary["updated"] + summary["deleted"] == len(site.free)
    assert f"{len(site.free)} were made and {len(site.blocked)} were not tried" in result["msg"]
    assert result["failure"]["object"] == site.failing
    assert "out of order" in result["msg"]


@every_site
def test_a_second_run_finishes_the_rest_and_a_third_does_nothing(bench: Bench, site: Site) -> None:
    let_fail(bench, site)
    bench.config(site.document, on_error="continue")
    bench.sim.faults.clear()
    again = bench.predicted_config(site.document, on_error="continue")
    assert lines(again).keys() == {site.failing, *site.blocked}
    assert again["summary"]["failed"] == 0
    assert bench.predicted_config(site.document)["changed"] is False


@every_site
def test_without_the_wish_to_go_on_the_first_failure_ends_it(bench: Bench, site: Site) -> None:
    let_fail(bench, site)
    result = bench.config(site.document)
    found = lines(result)
    assert result["failed"]
    later = list(found)[list(found).index(site.failing) + 1 :]
    kind = site.failing.rpartition(" ")[0]
    # What went together with it was tried together with it.
    assert {found[name]["status"] for name in later if name.rpartition(" ")[0] != kind} == {"not_done"}
    assert {found[name]["status"] for name in later if name.rpartition(" ")[0] == kind} <= {"not_done", "done"}
    assert not any("blocked_by" in line for line in found.values())


@every_site
def test_a_lost_connection_ends_it_all_the_same(bench: Bench, site: Site) -> None:
    """Nothing else can be told from the server: there is no other branch to go on with."""
    bench.sim.faults.add(Fault("drop_before", None, times=200, after=reads_before_the_first_write(bench, site)))
    result = bench.config(site.document, on_error="continue")
    bench.sim.faults.clear()
    assert result["failed"]
    statuses = [line["status"] for line in result["results"]]
    # Of what was sent together nothing is known; nothing was sent after that.
    failed = [line["object"] for line in result["results"] if line["status"] == "failed"]
    assert len({name.rpartition(" ")[0] for name in failed}) == 1
    assert "done" not in statuses
    assert not any("blocked_by" in line for line in result["results"])
    assert result["failure"]["retryable"] is True
    assert done(bench.config(site.document))["summary"]["failed"] == 0
    assert bench.predicted_config(site.document)["changed"] is False


def reads_before_the_first_write(bench: Bench, site: Site) -> int:
    """So many requests are made before anything is written: those of check mode."""
    bench.forget_requests()
    done(bench.config(site.document, check_mode=True))
    return len(bench.calls)


# Deletions: what goes waits for what still names it.


def test_a_kerio_domain_waits_for_all_that_it_holds(kerio: Bench) -> None:
    kerio.store.add_domain("branch.example")
    for name in ("carol", "dora"):
        kerio.store.add_user(name, "branch.example")
    kerio.store.add_alias("post", "carol@branch.example", "branch.example")
    document: Document = {
        "domains": [{"name": "branch.example", "state": "absent", "allow_mail_loss": True}],
        "users": [{"name": name, "domain": "branch.example", "state": "absent"} for name in ("carol", "dora")],
        "aliases": [{"name": "post", "domain": "branch.example", "state": "absent"}],
    }
    kerio.sim.faults.add(Fault("rpc_error", "Aliases.remove", times=3, code=1000, message="Not now."))
    found = lines(kerio.config(document, on_error="continue"))
    assert found["alias post@branch.example"]["status"] == "failed"
    assert found["user carol@branch.example"]["blocked_by"] == "alias post@branch.example"
    assert found["user dora@branch.example"]["status"] == "done"
    assert found["domain branch.example"]["status"] == "not_done"
    kerio.sim.faults.clear()
    again = kerio.predicted_config(document, on_error="continue")
    assert again["summary"]["deleted"] == 3
    assert [each["name"] for each in kerio.store.domains.values()] == ["example.com", "example.org"]


def test_a_mail_domain_waits_for_its_mailboxes(either: Bench) -> None:
    """A server would refuse it, or delete the mailbox with its mail."""
    document: Document = {
        "domains": [{"name": "example.com", "state": "absent"}],
        "mailboxes": [{"email": f"{name}@example.com", "state": "absent"} for name in ("alice", "bob")],
        "aliases": [{"address": "info@example.com", "state": "absent"}],
    }
    is_mailcow = either.sim.name == "mailcow"
    call = "POST /api/v1/delete/mailbox" if is_mailcow else "DELETE /api/v1/mailboxes/{email}"
    # mailcow is sent both together, and each alone after that; otherwise the first one is alice's.
    times, about = (2, "alice@example.com") if is_mailcow else (1, None)
    body = '{"type":"error","msg":"in use"}'
    either.sim.faults.add(Fault("status", call, times=times, about=about, status=400, body=body))
    found = lines(either.config(document, on_error="continue", allow_mail_loss=True))
    assert [found[f"mailbox {name}@example.com"]["status"] for name in ("alice", "bob")] == ["failed", "done"]
    assert found["domain example.com"]["blocked_by"] == "mailbox alice@example.com"
    assert sorted(either.store.mailboxes) == ["alice@example.com"]
    assert "example.com" in either.store.domains
    assert either.predicted_config(document, allow_mail_loss=True)["summary"]["deleted"] == 2


def test_a_mailboxorg_domain_waits_for_its_mailboxes(mailboxorg: Bench) -> None:
    document: Document = {
        "domains": [{"name": "example.com", "account": "example", "state": "absent"}],
        "mailboxes": [{"email": f"{name}@example.com", "state": "absent"} for name in ("alice", "bob")],
    }
    mailboxorg.sim.faults.add(Fault("rpc_error", "mail.del", times=9, about="bob", code=1000, message="in use"))
    found = lines(mailboxorg.config(document, on_error="continue", allow_mail_loss=True))
    assert [found[f"mailbox {name}@example.com"]["status"] for name in ("alice", "bob")] == ["done", "failed"]
    assert found["domain example.com"]["status"] == "not_done"
    assert "example.com" in mailboxorg.store.domains
    mailboxorg.sim.faults.clear()
    again = mailboxorg.predicted_config(document, allow_mail_loss=True)
    assert again["summary"]["deleted"] == 2


def test_filters_do_not_hang_on_each_other(webmail: Bench) -> None:
    rule = {"conditions": [{"field": "all"}], "actions": [{"type": "keep"}]}
    document: Document = {
        "filters": [{"name": "one", **rule}, {"name": "two", **rule}],
        "out_of_office_replies": [{"enabled": True, "text": "Away"}],
    }
    webmail.sim.faults.add(Fault("rpc_error", "Filters.set", times=2, code=1000, message="Not now."))
    result = webmail.config(document, on_error="continue")
    assert (result["failed"], result["changed"]) == (True, True)
    assert lines(result)["filter one"]["status"] == "failed"
    assert not any("blocked_by" in line for line in result["results"])
    assert webmail.predicted_config(document)["changed"] is True
    assert webmail.predicted_config(document)["changed"] is False
