# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What documents for mailbox.org read: no more than they compare, and together."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.systems.bench import Bench, done, refused
from tests.unit.systems.mailboxorg import BOB, CAROL, held, take_up
from tests.unit.systems.mailboxorg_slices import (
    ADDRESSES,
    DOMAINS,
    SIZE,
    Kind,
    every_kind,
    fill,
    make,
    make_room,
    reads,
    wire,
    writes,
)


@pytest.fixture
def server(mailboxorg: Bench) -> Bench:
    """A server with room for them."""
    make_room(mailboxorg)
    return mailboxorg


@pytest.fixture
def full(mailboxorg: Bench) -> Bench:
    """A server with as many mailboxes besides its own."""
    fill(mailboxorg)
    return mailboxorg


@pytest.mark.parametrize("habit", ["as seen", "lists of capabilities", "no details", "whole items"])
def test_capabilities_are_read_where_they_are_compared(full: Bench, habit: str) -> None:
    take_up(full, habit)

    def asked(**options: Any) -> bool:
        full.forget_requests()
        done(full.config(options.pop("document"), **options))
        return "mail.capabilities.get" in full.calls

    plain = {"mailboxes": [{"email": address, "memo": ""} for address in ADDRESSES]}
    named = {"mailboxes": [*plain["mailboxes"], {"email": "alice@example.com", "capabilities": {}}]}
    wished = {"mailboxes": [*plain["mailboxes"], {"email": "alice@example.com", "capabilities": {"otp": False}}]}
    assert asked(document=plain) is False
    assert asked(document=named) is asked(document=wished) is True


def test_what_is_not_named_is_neither_compared_nor_touched(full: Bench) -> None:
    alice = full.store.mailbox("alice@example.com")
    alice.capabilities = {"MAIL_BLACKLIST": "on"}
    full.predicted_config({"mailboxes": [{"email": "alice@example.com", "memo": "new"}]})
    assert (alice.capabilities, alice.fields["memo"]) == ({"MAIL_BLACKLIST": "on"}, "new")
    told = next(each for each in full.info()["config"]["mailboxes"] if each["email"] == "alice@example.com")
    assert told["capabilities"]["blacklist"] is True
    shown = full.object("mailbox", email="alice@example.com", memo="newer")["mailbox"]
    assert shown["capabilities"]["blacklist"] is True


@pytest.mark.parametrize("options", [{}, {"prune": ["mailboxes"]}], ids=["named", "pruned"])
def test_the_diff_of_a_deletion_shows_all_that_is_lost(mailboxorg: Bench, options: dict[str, Any]) -> None:
    mailboxorg.store.mailbox("bob@example.com").capabilities = {"MAIL_BLACKLIST": "on"}
    gone = [] if options else [{**BOB, "state": "absent"}]
    document = {"mailboxes": [{"email": "alice@example.com"}, *gone]}
    result = mailboxorg.predicted_config(document, allow_mail_loss=True, **options)
    (diff,) = result["diff"]
    assert diff["before"]["capabilities"]["blacklist"] is True


def test_what_became_old_is_read_together(full: Bench) -> None:
    """Between two slices, more time goes by than what is known of an object may be old."""
    full.before("batch", lambda: setattr(full.clock, "slept", full.clock.slept + 31))
    full.before("batch", lambda: held(full, ADDRESSES[110]).update(plan="premium"))
    document = {"mailboxes": [{"email": address, "additional_mail_quota": "2G"} for address in ADDRESSES]}
    done(full.config(document))
    assert wire(full) == ["mail.list", "mail.set x100", "mail.get x20", "mail.set x20"]
    # The plan goes along with a quota, and is that of another administrator.
    assert held(full, ADDRESSES[110])["plan"] == "premium"


@every_kind
def test_what_became_old_is_read_together_for_each_kind(server: Bench, kind: Kind) -> None:
    make(server, kind)
    number = len([call for call in kind.listed if " x" in call]) + 1
    server.before("batch", lambda: setattr(server.clock, "slept", server.clock.slept + 31), number=number)
    document = kind.document(lambda place: kind.named(place) | kind.change(place))
    assert done(server.config(document))["summary"]["updated"] == SIZE
    ours = wire(server)
    before, after = ours.index(kind.set[0]), ours.index(kind.set[1])
    assert after - before <= 3, "two requests for what became old, at most"
    assert done(server.config(document))["changed"] is False


def test_what_became_old_and_is_gone_is_told(full: Bench) -> None:
    full.before("batch", lambda: setattr(full.clock, "slept", full.clock.slept + 31))
    full.before("batch", lambda: full.store.mailboxes.pop(ADDRESSES[110]))
    document = {"mailboxes": [{"email": address, "memo": "new"} for address in ADDRESSES]}
    result = full.config(document, on_error="continue")
    assert result["failed"]
    assert [line["object"] for line in result["results"] if line["status"] == "failed"] == [f"mailbox {ADDRESSES[110]}"]
    assert result["summary"]["updated"] == SIZE - 1
    assert len(wire(full)) < 12


def test_domains_of_new_mailboxes_are_looked_up_together(server: Bench) -> None:
    for place in range(SIZE):
        server.store.add_domain(f"d{place}.example", "example")
    document = {"mailboxes": [{**CAROL, "email": f"carol@d{place}.example"} for place in range(SIZE)]}
    done(server.config(document))
    assert wire(server) == [*reads("mail.list"), "domain.get", "domain.list", *writes("mail.add")]
    document["mailboxes"].append({**CAROL, "email": "carol@typo.example"})
    refused(server.config(document), "typo.example")


def test_a_domain_is_looked_into_together_with_others_that_go(server: Bench) -> None:
    for place in range(SIZE):
        server.store.add_domain(f"d{place}.example", "example")
    server.store.add_mailbox(f"x@d{SIZE - 1}.example")
    document = DOMAINS.document(lambda place: DOMAINS.named(place) | {"state": "absent"})
    refused(server.config(document), f"domain d{SIZE - 1}.example still has 1 mailbox,")
    assert wire(server) == [*DOMAINS.listed, *reads("mail.list"), "mailinglist.list"]
    server.store.mailboxes.pop(f"x@d{SIZE - 1}.example")
    server.store.add_mailinglist(f"l@d{SIZE - 2}.example")
    refused(server.config(document), f"domain d{SIZE - 2}.example still has 1 mailing list,")


def test_pages_are_counted(server: Bench) -> None:
    result = server.config({"mailboxes": [{"email": "alice@example.com", "memo": "x"}], "groups": []})
    assert (result["api"]["pages"], result["api"]["calls"]) == (1, 4)
