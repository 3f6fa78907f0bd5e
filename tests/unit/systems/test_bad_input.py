# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What bad input gets: one sentence that names the option and says what to do, before anything was written.

Everything here is tried in check mode too: an audit shows the same sentence.
"""

from __future__ import annotations

import socket
import warnings
from pathlib import Path
from typing import Any

import pytest
import trustme

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, Result, done, refused

USER: dict[str, Any] = {"name": "alice", "domain": "example.com"}
MAILBOX: dict[str, Any] = {"email": "alice@example.com"}
ALIAS: dict[str, Any] = {"address": "info@example.com"}
check_modes = pytest.mark.parametrize("check_mode", [True, False], ids=["check", "run"])

# Kind, options, words of the sentence: all of it decided without a call.
OFFLINE: list[tuple[str, dict[str, Any], list[str]]] = [
    # Addresses and names.
    ("user", {"name": "alice@example.com", "domain": "example.com"}, ["name", "alice@example.com", "before the @"]),
    ("user", {"name": "al ice", "domain": "example.com"}, ["name", "'al ice'"]),
    ("user", {"name": "", "domain": "example.com"}, ["name", "''"]),
    ("user", {"name": "alice", "domain": "exa mple.com"}, ["domain", "'exa mple.com'"]),
    ("user", {"name": "alice", "domain": "-example.com"}, ["domain", "-example.com"]),
    ("user", {"name": "alice", "domain": "example..com"}, ["domain", "example..com"]),
    ("user", {"name": "alice", "domain": ""}, ["domain", "''"]),
    ("user", {**USER, "email_addresses": ["a b"]}, ["email_addresses", "'a b'"]),
    ("user", {**USER, "email_addresses": ["al@other.example"]}, ["email_addresses", "al@other.example"]),
    ("user", {**USER, "forwarding": {"mode": "forward", "addresses": ["x"]}}, ["forwarding", "addresses", "'x'"]),
    ("user", {**USER, "state": "absent", "mailbox": "move", "move_to": "bob"}, ["move_to", "'bob'"]),
    ("mailbox", {"email": "alice"}, ["email", "'alice'", "address"]),
    ("mailbox", {"email": "@example.com"}, ["email", "'@example.com'"]),
    ("mailbox", {"email": "a@b@example.com"}, ["email", "a@b@example.com"]),
    ("mailbox", {"email": "a@example.com, b@example.com"}, ["email", "b@example.com"]),
    ("mailbox", {"email": "alice.@example.com"}, ["email", "alice.@example.com"]),
    ("mailbox", {"email": f"{'a' * 65}@example.com"}, ["email", "address"]),
    ("mailbox", {"email": f"a@{'b' * 64}.com"}, ["email", "address"]),
    ("mailbox", {"email": "alice@exa_mple!.com"}, ["email", "exa_mple!.com"]),
    ("alias", {"address": "info"}, ["address", "'info'"]),
    ("alias", {"address": "@"}, ["address", "'@'"]),
    ("alias", {"address": "a@example.com b@example.com"}, ["address", "b@example.com"]),
    ("alias", {**ALIAS, "goto": ["bob"]}, ["goto", "'bob'"]),
    ("alias", {**ALIAS, "goto": ["bob@example.com", ""]}, ["goto", "''"]),
    ("alias", {**ALIAS, "goto": ["null@localhost"]}, ["goto", "action: discard"]),
    ("alias", {**ALIAS, "goto": ["Spam@LOCALHOST"]}, ["goto", "action: learn_spam"]),
    ("alias", {**ALIAS, "goto": ["@example.net"]}, ["goto", "'@example.net'"]),
    # Words out of several.
    ("user", {**USER, "role": "superuser"}, ["role", "full_admin", "superuser"]),
    ("user", {**USER, "auth_type": "UInternalAuth"}, ["auth_type", "internal"]),
    ("user", {**USER, "forwarding": {"mode": "keep"}}, ["mode", "forward_and_keep", "keep"]),
    ("user", {**USER, "state": "gone"}, ["state", "absent", "gone"]),
    ("user", {**USER, "state": "absent", "mailbox": "burn"}, ["mailbox", "keep", "burn"]),
    ("user", {**USER, "enabled": "maybe"}, ["enabled", "maybe"]),
    ("user", {**USER, "update_password": "sometimes"}, ["update_password", "on_create"]),
    ("mailbox", {**MAILBOX, "active": "maybe"}, ["active", "maybe", "receive_only"]),
    ("mailbox", {**MAILBOX, "tls_enforce_in": "perhaps"}, ["tls_enforce_in", "perhaps"]),
    ("alias", {**ALIAS, "action": "burn"}, ["action", "discard", "burn"]),
    # Sizes and numbers.
    ("user", {**USER, "quota": "512"}, ["quota", "512M"]),
    ("user", {**USER, "quota": 512}, ["quota", "512M"]),
    ("user", {**USER, "quota": "0"}, ["quota"]),
    ("user", {**USER, "quota": "1.5G"}, ["quota", "1.5G", "512M"]),
    ("user", {**USER, "quota": "-1G"}, ["quota", "-1G"]),
    ("user", {**USER, "quota": "5 parsecs"}, ["quota", "5 parsecs"]),
    ("user", {**USER, "quota": ""}, ["quota"]),
    ("user", {**USER, "quota": "unlimitd"}, ["quota", "unlimitd"]),
    ("user", {**USER, "outgoing_message_limit": "20"}, ["outgoing_message_limit", "20M"]),
    ("user", {**USER, "item_limit": "many"}, ["item_limit", "many", "unlimited"]),
    ("user", {**USER, "item_limit": -1}, ["item_limit", "-1"]),
    ("user", {**USER, "item_limit": "1.5"}, ["item_limit", "1.5"]),
    ("user", {**USER, "clean_out": {"junk_email": 24856}}, ["clean_out", "junk_email", "24855"]),
    ("user", {**USER, "clean_out": {"sent_items": "often"}}, ["clean_out", "sent_items", "never"]),
    ("mailbox", {**MAILBOX, "quota": "512"}, ["quota", "512M"]),
    ("mailbox", {**MAILBOX, "quota": 0}, ["quota"]),
    ("mailbox", {**MAILBOX, "quota": "0M"}, ["quota", "unlimited"]),
    ("mailbox", {**MAILBOX, "quota": "1500K"}, ["quota", "1500K", "1M"]),
    ("mailbox", {**MAILBOX, "quota": "1B"}, ["quota", "1B"]),
    ("mailbox", {**MAILBOX, "quota": "-5M"}, ["quota", "-5M"]),
    # What contradicts itself.
    ("user", {**USER, "state": "absent", "mailbox": "move"}, ["move_to", "mailbox=move"]),
    ("user", {**USER, "state": "absent", "move_to": "bob@example.com"}, ["move_to", "mailbox=move"]),
    ("alias", {**ALIAS, "goto": ["bob@example.com"], "action": "discard"}, ["goto", "action", "discard"]),
    ("alias", {**ALIAS, "goto": []}, ["goto", "discard"]),
    ("alias", {**ALIAS, "goto": [], "action": "deliver"}, ["goto", "discard"]),
    ("alias", {**ALIAS, "goto": ["info@example.com"]}, ["goto", "itself"]),
    # What is empty and cannot be.
    ("user", {**USER, "password": "", "update_password": "always"}, ["password", "empty"]),
    ("mailbox", {**MAILBOX, "password": "", "update_password": "always"}, ["password", "empty"]),
    ("user", {**USER, "groups": ["staff", ""]}, ["groups"]),
    ("user", {**USER, "access_policy": ""}, ["access_policy"]),
    ("user", {**USER, "email_addresses": ["al", ""]}, ["email_addresses", "''"]),
    # What is missing, or is no option.
    ("user", {"name": "alice"}, ["domain"]),
    ("mailbox", {"quota": "1G"}, ["email"]),
    ("alias", {"goto": ["bob@example.com"]}, ["address"]),
    ("user", {**USER, "clean_out": {"spam": 3}}, ["clean_out", "spam"]),
    ("alias", {**ALIAS, "public_comment": "x" * 161}, ["public_comment", "160"]),
]


def bench_for(kind: str, kerio: Bench, rest: Bench) -> Bench:
    return kerio if kind == "user" else rest


@check_modes
@pytest.mark.parametrize(("kind", "options", "words"), OFFLINE, ids=lambda value: str(value)[:60])
def test_what_cannot_be_meant_is_refused_before_the_first_call(
    kerio: Bench, rest: Bench, kind: str, options: dict[str, Any], words: list[str], check_mode: bool
) -> None:
    bench = bench_for(kind, kerio, rest)
    message = refused(bench.object(kind, check_mode=check_mode, **options), *words)
    assert bench.sim.requests == []
    assert "\n" not in message
    assert "Traceback" not in message


@check_modes
@pytest.mark.parametrize(
    ("kind", "options", "words"),
    [case for case in OFFLINE if set(case[1]) >= {"name", "domain"} or {"email", "address"} & set(case[1])],
    ids=lambda value: str(value)[:60],
)
def test_the_same_in_a_document_names_the_entry(
    kerio: Bench, rest: Bench, kind: str, options: dict[str, Any], words: list[str], check_mode: bool
) -> None:
    bench = bench_for(kind, kerio, rest)
    plural, good = {
        "user": ("users", {"name": "bob", "domain": "example.com"}),
        "mailbox": ("mailboxes", {"email": "bob@example.com"}),
        "alias": ("aliases", {"address": "team@example.com", "goto": ["bob@example.com"]}),
    }[kind]
    message = refused(bench.config({plural: [good, options]}, check_mode=check_mode), plural, *words)
    assert bench.sim.requests == []
    assert "\n" not in message


# Where to, and how.


def reach(bench: Bench, check_mode: bool) -> list[Result]:
    """What each kind of module says about a connection."""
    kind, options, document = (
        ("user", {**USER, "full_name": "Changed"}, {"users": [{**USER, "full_name": "Changed"}]})
        if bench.sim.name == "kerio_connect"
        else ("mailbox", {**MAILBOX, "name": "Changed"}, {"mailboxes": [{**MAILBOX, "name": "Changed"}]})
    )
    return [
        bench.object(kind, check_mode=check_mode, **options),
        bench.config(document, check_mode=check_mode),
        bench.info(),
    ]


@pytest.fixture(params=["kerio", "rest", "mailcow"])
def anywhere(request: pytest.FixtureRequest) -> Bench:
    bench = request.getfixturevalue(request.param)
    assert isinstance(bench, Bench)
    return bench


@check_modes
def test_a_host_that_cannot_be_reached(anywhere: Bench, check_mode: bool) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        url = f"https://127.0.0.1:{reserved.getsockname()[1]}"
        anywhere.connection["api_url"] = url
        for result in reach(anywhere, check_mode):
            refused(result, "api_url", url, "cannot be reached")
            assert result["failure"]["retryable"] is True


@check_modes
def test_a_certificate_that_is_not_trusted(anywhere: Bench, tmp_path: Path, check_mode: bool) -> None:
    other_authority = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other_authority))
    anywhere.connection["ca_path"] = str(other_authority)
    for result in reach(anywhere, check_mode):
        refused(result, "certificate", "ca_path", anywhere.sim.url)
    anywhere.connection["ca_path"] = None
    for result in reach(anywhere, check_mode):
        refused(result, "certificate", "ca_path", anywhere.sim.url)
    assert anywhere.sim.requests == []


def test_certificates_are_not_looked_at_when_that_is_asked_for(anywhere: Bench) -> None:
    anywhere.connection |= {"validate_certs": False, "ca_path": None}
    with warnings.catch_warnings():
        # In Ansible's worker, nobody may write to the error stream.
        warnings.simplefilter("error")
        result = anywhere.info()
    assert done(result)["config"]


@check_modes
@pytest.mark.parametrize("content", [None, "", "no certificate\n"], ids=["missing", "empty", "text"])
def test_a_ca_path_that_leads_to_no_certificate(
    anywhere: Bench, tmp_path: Path, content: str | None, check_mode: bool
) -> None:
    path = tmp_path / "authority.pem"
    if content is not None:
        path.write_text(content)
    anywhere.connection["ca_path"] = str(path)
    for result in reach(anywhere, check_mode):
        refused(result, "ca_path")
    assert anywhere.sim.requests == []


@check_modes
@pytest.mark.parametrize(
    "url",
    [
        "mail.example.com",
        "ftp://mail.example.com",
        "https://",
        "https:///api",
        "http://mail.example.com:4040",
        "https://mail.example.com:port",
        "https://[::1",
        "https://mail.example.com/?a=b",
        "https://mail.exa mple.com",
        "",
    ],
)
def test_an_api_url_that_is_no_address(anywhere: Bench, url: str, check_mode: bool) -> None:
    anywhere.connection["api_url"] = url
    for result in reach(anywhere, check_mode):
        refused(result, "api_url", "https://")


@pytest.mark.parametrize("url", ["https://admin:s3cret-Word@mail.example.com", "https://admin:s3cret-Word@mail:port"])
def test_credentials_in_the_address_are_refused_and_not_repeated(anywhere: Bench, url: str) -> None:
    anywhere.connection["api_url"] = url
    for result in reach(anywhere, check_mode=False):
        message = refused(result, "api_url")
        assert "s3cret-Word" not in message
        assert "s3cret-Word" not in str(result)


@pytest.mark.parametrize("slashes", ["", "/", "//"])
def test_the_path_of_the_api_may_be_part_of_the_address(anywhere: Bench, slashes: str) -> None:
    anywhere.connection["api_url"] = anywhere.sim.url + anywhere.system.path.rstrip("/") + slashes
    assert not any(result.get("failed") for result in reach(anywhere, check_mode=True))


@check_modes
@pytest.mark.parametrize("timeout", [0, -1])
def test_a_timeout_that_is_no_time(anywhere: Bench, timeout: int, check_mode: bool) -> None:
    anywhere.connection["timeout"] = timeout
    for result in reach(anywhere, check_mode):
        refused(result, "timeout")
    assert anywhere.sim.requests == []


def test_an_answer_that_comes_too_late(kerio: Bench) -> None:
    kerio.connection["timeout"] = 1
    kerio.sim.faults.add(Fault("slow", "Session.login", seconds=30))
    result = kerio.info()
    refused(result, kerio.sim.url)
    assert result["failure"]["retryable"] is True
    assert kerio.logins <= 1  # none, where a busy machine did not even connect in that time
    kerio.sim.reset()


@check_modes
def test_a_server_that_is_something_else(anywhere: Bench, check_mode: bool) -> None:
    """A web site instead of the API: it answers every path with a page."""
    for kind in ("html", "empty"):
        for call in (None, "Session.login"):
            anywhere.sim.faults.add(Fault(kind, call, times=50))
        for result in reach(anywhere, check_mode):
            refused(result, "api_url")
        anywhere.sim.faults.clear()
    assert anywhere.sim.writes == []


def test_a_connection_option_that_is_missing_is_named(kerio: Bench, rest: Bench) -> None:
    kerio.connection |= {"api_username": None}
    refused(kerio.info(), "api_username")
    rest.connection |= {"api_key": None}
    refused(rest.info(), "api_key")
    rest.connection |= {"api_key": "x", "api_dialect": "mailcow2"}
    refused(rest.info(), "api_dialect", "rest", "mailcow")
    rest.connection |= {"api_dialect": "rest", "quota_unit": "gb"}
    refused(rest.info(), "quota_unit", "bytes")


# Keys.


@check_modes
@pytest.mark.parametrize("name", ["rest", "mailcow"])
def test_a_wrong_key_is_tried_once_and_never_again(request: pytest.FixtureRequest, name: str, check_mode: bool) -> None:
    bench: Bench = request.getfixturevalue(name)
    bench.connection["api_key"] = "wrong-Key-4711"
    for result in reach(bench, check_mode):
        refused(result, "api_key")
        assert result["failure"]["retryable"] is False
        assert "wrong-Key-4711" not in str(result)
    assert len(bench.sim.requests) == 1
    bench.connection.clear()
    assert not bench.info().get("failed")


@check_modes
@pytest.mark.parametrize("key", ["a-key\n", "\ta-key", "schl\u00fcssel-\u20ac", "two\r\nlines"])
@pytest.mark.parametrize("name", ["rest", "mailcow"])
def test_a_key_that_cannot_be_one_is_named(
    request: pytest.FixtureRequest, name: str, key: str, check_mode: bool
) -> None:
    """A line break at its end is what a key out of a file has; it cannot travel in a header."""
    bench: Bench = request.getfixturevalue(name)
    bench.connection["api_key"] = key
    for result in reach(bench, check_mode):
        refused(result, "api_key")
        assert key.strip() not in str(result)


def test_a_key_that_may_not_be_used_from_here(mailcow: Bench) -> None:
    mailcow.sim.settings.key_from_elsewhere = True
    for result in reach(mailcow, check_mode=False):
        refused(result, "api_key", "from this address")
    assert len(mailcow.sim.requests) == 1


@pytest.mark.parametrize("name", ["rest", "mailcow"])
def test_a_key_that_only_reads(request: pytest.FixtureRequest, name: str) -> None:
    bench: Bench = request.getfixturevalue(name)
    bench.connection["api_key"] = bench.sim.settings.read_only_key
    document = done(bench.info())["config"]
    assert done(bench.config(document))["changed"] is False
    assert done(bench.object("mailbox", check_mode=True, **MAILBOX, name="Changed"))["changed"] is True
    for kind, options in (
        ("mailbox", {**MAILBOX, "name": "Changed"}),
        ("mailbox", {"email": "carol@example.com", "password": "Str0ng-pw-1!", "quota": "1G"}),
        ("mailbox", {**MAILBOX, "state": "absent", "allow_mail_loss": True}),
        ("alias", {**ALIAS, "goto": ["bob@example.com"]}),
    ):
        bench.forget_requests()
        result = bench.object(kind, **options)
        refused(result, "key", "write access")
        assert result["failure"]["code"] == 403
        assert len(bench.sim.writes) == 1
    assert bench.store.mailboxes["alice@example.com"].name == "Alice Example"


def test_the_other_dialect_is_named_when_the_server_does_not_understand(rest: Bench, mailcow: Bench) -> None:
    rest.connection["api_dialect"] = "mailcow"
    refused(rest.info(), "api_dialect")
    mailcow.connection["api_dialect"] = "rest"
    refused(mailcow.info(), "api_")


# Options about the whole.


@check_modes
def test_names_of_domains_are_checked(kerio: Bench, rest: Bench, check_mode: bool) -> None:
    scope = {"domains": ["exa mple.com"]}
    refused(kerio.config({"users": []}, scope=scope, check_mode=check_mode), "scope.domains", "exa mple.com")
    refused(rest.config({"aliases": []}, scope=scope, check_mode=check_mode), "scope.domains", "exa mple.com")
    refused(kerio.info(domains=["exa mple.com"]), "domains", "exa mple.com")
    refused(rest.info(domains=["a@example.com"]), "domains", "a@example.com")
    refused(rest.info(resources=["mailbox"]), "resources", "mailboxes")
    assert kerio.sim.requests == []
    assert rest.sim.requests == []


@check_modes
def test_a_scope_that_does_not_exist_is_told(kerio: Bench, check_mode: bool) -> None:
    """A misspelt scope prunes nothing, for ever: that must not look like success."""
    result = kerio.config(
        {"users": []}, prune=["users"], allow_empty=True, scope={"domains": ["exmaple.com"]}, check_mode=check_mode
    )
    said = result["msg"] if result.get("failed") else " ".join(result.get("warnings", ()))
    assert "exmaple.com" in said
    assert kerio.sim.writes == []


@check_modes
def test_a_negative_limit_of_deletions_is_no_limit_at_all(rest: Bench, check_mode: bool) -> None:
    document = {"aliases": [{"address": "info@example.com"}]}
    refused(rest.config(document, prune=["aliases"], max_deletions=-1, check_mode=check_mode), "max_deletions")
    assert rest.sim.writes == []


@check_modes
def test_an_unknown_list_or_option_of_a_document_is_named(kerio: Bench, rest: Bench, check_mode: bool) -> None:
    refused(kerio.config({"user": []}, check_mode=check_mode), "config", "user")
    refused(rest.config({"aliases": [{**ALIAS, "gotoo": []}]}, check_mode=check_mode), "gotoo", "aliases")
    assert kerio.sim.requests == []
    assert rest.sim.requests == []
