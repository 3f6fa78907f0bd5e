# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What many mailboxes of mailbox.org have goes together: replies, filters, blacklists, capabilities, addresses."""

from __future__ import annotations

import pytest

from tests.unit.systems.bench import Bench, done
from tests.unit.systems.mailboxorg import take_up
from tests.unit.systems.mailboxorg_slices import (
    ADDRESSES,
    MAILBOXES,
    PARTS,
    PASSWORD,
    SIZE,
    Part,
    every_part,
    fill,
    in_turns,
    make_room,
    wire,
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


@every_part
def test_parts_of_mailboxes_go_together(full: Bench, part: Part) -> None:
    assert done(full.config(part.document()))["summary"]["updated"] == SIZE
    assert wire(full) == ["mail.list", *part.read, *part.write]
    assert done(full.config(part.document()))["changed"] is False


@every_part
def test_parts_of_new_mailboxes_go_together(server: Bench, part: Part) -> None:
    new = MAILBOXES.document(MAILBOXES.entry)
    assert done(server.config({**new, **part.document()}))["summary"]["created"] == 2 * SIZE
    # The list once for the plan, and once to see which mailboxes are there for what belongs to them.
    assert wire(server)[0] == "mail.list"
    assert wire(server)[-len(part.new) - len(MAILBOXES.add) :] == [*MAILBOXES.add, *part.new]
    assert len(wire(server)) <= 2 + len(part.new) + len(MAILBOXES.add)
    assert server.predicted_config({**new, **part.document()})["changed"] is False


def test_each_mailbox_gets_its_own(server: Bench) -> None:
    document = MAILBOXES.document(
        lambda place: MAILBOXES.entry(place) | {"capabilities": {"blacklist": place % 2 == 0}}
    )
    for part in PARTS:
        document |= part.document()
    done(server.config(document))
    for place, address in enumerate(ADDRESSES):
        box = server.store.mailbox(address)
        assert (box.password, box.fields["last_name"]) == (f"{PASSWORD}{place}", f"N{place}")
        assert box.fields["aliases"] == [f"a{place}@example.com"]
        assert box.capabilities["MAIL_BLACKLIST"] == ("on" if place % 2 == 0 else "off")
        assert box.vacation["subject"] == f"Away {place}"
        assert float(box.spamprotect["tag2level"]) == round(place / 10 + 1, 1)
        assert box.blacklist == [f"x{place}@bad.example", f"y{place}@bad.example"]
    assert server.predicted_config(document)["changed"] is False


def test_replies_that_end_go_together(full: Bench) -> None:
    for address in ADDRESSES:
        full.store.mailbox(address).vacation = {"subject": "Away", "start_date": "2020-01-01", "end_date": "2090-01-01"}
    document = {"vacations": [{"mailbox": address, "active": False} for address in ADDRESSES]}
    assert done(full.config(document))["summary"]["updated"] == SIZE
    assert wire(full)[4:] == in_turns("mail.vacation.delete", "mail.vacation.get")
    assert all(full.store.mailbox(address).vacation is None for address in ADDRESSES)


def test_capabilities_go_together_after_what_comes_with_them(full: Bench) -> None:
    entries = [{"email": address, "memo": "x", "capabilities": {"otp": True}} for address in ADDRESSES]
    for address in ADDRESSES:
        full.store.mailbox(address).possible_capabilities = ["MAIL_OTP"]
    assert done(full.config({"mailboxes": entries}))["summary"]["updated"] == SIZE
    ours = [call for call in wire(full) if "set" in call]
    assert ours == ["mail.set x100", "mail.capabilities.set x100", "mail.set x20", "mail.capabilities.set x20"]
    assert all(full.store.mailbox(address).capabilities == {"MAIL_OTP": "on"} for address in ADDRESSES)


def test_addresses_are_freed_together(full: Bench) -> None:
    gone = {"state": "absent", "allow_mail_loss": True, "free_address": True}
    done(full.config({"mailboxes": [{"email": address, **gone} for address in ADDRESSES]}))
    ours = [call for call in wire(full) if "del" in call]
    assert ours == in_turns("mail.del", "domain.deletelist.delete")
    assert full.store.deleted == {}


@every_part
def test_parts_on_a_server_without_batches(full: Bench, part: Part) -> None:
    take_up(full, "no batches")
    assert done(full.config(part.document()))["summary"]["updated"] == SIZE
    assert done(full.config(part.document()))["changed"] is False
