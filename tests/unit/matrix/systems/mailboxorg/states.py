# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random accounts, domains and mailboxes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.simulators.mailboxorg.store import Store
from tests.unit.matrix.states import FOREIGN, TEXTS
from tests.unit.matrix.subjects import Draw

_DATES = st.sampled_from(["", "2031-12-31", "29.02.2032"])
_NETS = st.sampled_from(["", "10.0.0.0/8", "192.0.2.0/24 10.0.0.0/8", "10.0.0.0/8,10.0.0.0/8"])
_ACCOUNTS = st.fixed_dictionaries(
    {
        "plan": st.sampled_from(["basic", "profi", "profixl", "reseller", "Profi2019"]),
        "max_mailinglist": st.integers(0, 2**31 - 1),
        "tarifflimits": st.dictionaries(st.sampled_from(["basic", "profi"]), st.integers(0, 99)),
        "address_payment_same_as_main": st.booleans(),
        **dict.fromkeys(("memo", "company", "language", "payment_type", "contact_mail", "bank_iban"), TEXTS),
        **dict.fromkeys(("address_main_street", "address_payment_town", "salutation", "ustid"), TEXTS),
    }
)
_MAILBOXES = st.fixed_dictionaries(
    {
        "plan": st.sampled_from(["light", "standard", "premium", "MAILXL"]),
        "inboxsave": st.booleans(),
        "forwards": st.lists(FOREIGN, max_size=3, unique=True),
        "aliases": st.lists(FOREIGN, max_size=3, unique=True),
        "alternate_mail": FOREIGN | st.just(""),
        "active": st.booleans(),
        "deletion_date": _DATES,
        "birthday": _DATES,
        "require_reset_password": st.booleans(),
        "additional_mail_quota": st.integers(0, 5000),
        "additional_cloud_quota": st.integers(0, 5000),
        "allow_nets": _NETS,
        **dict.fromkeys(("first_name", "last_name", "memo", "title", "uid_extern", "street", "phone"), TEXTS),
    }
)
_STATES = st.dictionaries(
    st.sampled_from(["MAIL_SPAMPROTECTION", "MAIL_BLACKLIST", "MAIL_BACKUPRECOVER"]),
    st.sampled_from(["on", "off", "inherit"]),
)


def fill(draw: Draw, store: Store) -> None:
    """Up to two customers of the reseller, two domains and three mailboxes."""
    for name in draw(st.lists(st.sampled_from(["kunde1", "Kunde-2", "k.3"]), max_size=2, unique=True)):
        store.add_account(name, owner="reseller", **draw(_ACCOUNTS))
    domains = draw(st.lists(st.sampled_from(["sub.example.net", "xn--bcher-kva.example"]), max_size=2, unique=True))
    for name in domains:
        store.add_domain(name, draw(st.sampled_from(sorted(store.accounts))), memo=draw(TEXTS))
    for part in draw(st.lists(st.sampled_from(["zoe", "o'neil", "x+tag", "1"]), max_size=3, unique=True)):
        mailbox = store.add_mailbox(f"{part}@{draw(st.sampled_from(['example.com', *domains]))}", **draw(_MAILBOXES))
        mailbox.capabilities = draw(_STATES)


def _mailbox(mail: str = "zoe@example.com", **fields: Any) -> Callable[[Any], None]:
    return lambda store: store.add_mailbox(mail, **{"first_name": "Zoe", "last_name": "Quinn", **fields})


def _account(name: str = "kunde1", **fields: Any) -> Callable[[Any], None]:
    return lambda store: store.add_account(name, owner="reseller", **fields)


# What no option could say, on servers that are newer, older or less strict than we think.
ODD: dict[str, Callable[[Any], None]] = {
    "address that is none": _mailbox("a(b)@example.com"),
    "plan of former years": _mailbox(plan="MAILXXL"),
    "forward that is no address": _mailbox(forwards=["root"]),
    "alias that is no address": _mailbox(aliases=["a(b)@example.com"]),
    "alternate address that is none": _mailbox(alternate_mail="none"),
    "birthday that is no date": _mailbox(birthday="in spring"),
    "quota beyond all sizes": _mailbox(additional_mail_quota=10**12),
    "mail that goes nowhere": _mailbox(inboxsave=False),
    "planned deletion of an active mailbox": _mailbox(deletion_date="2031-12-31"),
    "account with an unknown plan": _account(plan="gold"),
    "account with a negative number": _account(max_mailinglist=-1),
    "account with a limit for an unknown plan": _account(tarifflimits={"gold": 3}),
    "account with blanks in its name": _account("kunde 1"),
    "domain of one label": lambda store: store.add_domain("local", "example"),
}
