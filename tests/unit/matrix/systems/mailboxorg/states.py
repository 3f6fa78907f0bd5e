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


_WORDS = TEXTS.filter(lambda text: bool(text.strip()))
_DAYS = st.sampled_from(["2020-01-01", "2031-12-24", "2036-02-29"])
_ENTRIES = FOREIGN | st.sampled_from(["@example.org", "*.example.net", "Spammer"])
_SPAM_PROTECTIONS = st.fixed_dictionaries(
    {
        **dict.fromkeys(("greylist", "smtp_plausibility", "rbl", "bypass_banned_checks"), st.sampled_from("01")),
        "tag2level": st.sampled_from(["5.5", "5", "-1.0", "0", "6.31"]),
        "killevel": st.sampled_from(["route", "reject"]),
        "route_to": TEXTS,
    }
)


def fill(draw: Draw, store: Store) -> None:
    """Up to two customers of the reseller, two domains and three mailboxes with what belongs to them, mailing lists and
    groups.
    """
    for name in draw(st.lists(st.sampled_from(["kunde1", "Kunde-2", "k.3"]), max_size=2, unique=True)):
        store.add_account(name, owner="reseller", **draw(_ACCOUNTS))
    domains = draw(st.lists(st.sampled_from(["sub.example.net", "xn--bcher-kva.example"]), max_size=2, unique=True))
    for name in domains:
        store.add_domain(name, draw(st.sampled_from(sorted(store.accounts))), memo=draw(TEXTS))
    for part in draw(st.lists(st.sampled_from(["zoe", "o'neil", "x+tag", "1"]), max_size=3, unique=True)):
        mailbox = store.add_mailbox(f"{part}@{draw(st.sampled_from(['example.com', *domains]))}", **draw(_MAILBOXES))
        mailbox.capabilities = draw(_STATES)
        mailbox.spamprotect = draw(_SPAM_PROTECTIONS)
        mailbox.blacklist = draw(st.lists(_ENTRIES, max_size=3, unique_by=str.lower))
        if draw(st.booleans()):
            further = draw(st.lists(FOREIGN, max_size=2, unique=True))
            store.set_vacation(mailbox.mail, draw(_WORDS), draw(_DAYS), draw(_DAYS), draw(TEXTS), *further)
    for name in draw(st.lists(st.sampled_from(["team@example.com", "a+b@example.org"]), max_size=2, unique=True)):
        store.add_mailinglist(
            name, store.domain(name.rpartition("@")[2]).account, adminmail=draw(FOREIGN | st.just(""))
        )
    for name in draw(st.lists(_WORDS, max_size=2, unique_by=str.casefold)):
        account = draw(st.sampled_from(["example", "other"]))
        members = [box.mail for box in store.mailboxes.values() if store.domain(box.domain).account == account]
        some = draw(st.lists(st.sampled_from(members), max_size=3, unique=True))
        store.add_group(name, *some, account=account, display_name=draw(_WORDS))


def _mailbox(mail: str = "zoe@example.com", **fields: Any) -> Callable[[Any], None]:
    return lambda store: store.add_mailbox(mail, **{"first_name": "Zoe", "last_name": "Quinn", **fields})


def _account(name: str = "kunde1", **fields: Any) -> Callable[[Any], None]:
    return lambda store: store.add_account(name, owner="reseller", **fields)


def _groups(*names: str) -> Callable[[Any], None]:
    def add(store: Store) -> None:
        for name in names:
            store.add_group(name)

    return add


def _spam_protection(**settings: str) -> Callable[[Any], None]:
    return lambda store: store.mailbox("alice@example.com").spamprotect.update(settings)


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
    "reply that ends before it begins": lambda store: store.set_vacation(
        "alice@example.com", "Away", "2038-12-31", "2031-12-31"
    ),
    "reply on no days": lambda store: store.set_vacation("alice@example.com", "Away", "soon", "later"),
    "reply to what is no address": lambda store: store.set_vacation(
        "alice@example.com", "Away", "2020-01-01", "2038-12-31", "", "root"
    ),
    "points that are no number": _spam_protection(tag2level="many"),
    "points with more decimals": _spam_protection(tag2level="5.55"),
    "unknown end of spam": _spam_protection(killevel="quarantine"),
    "spam without a folder": _spam_protection(route_to=""),
    "entries alike but for their case": lambda store: store.mailbox("alice@example.com").blacklist.extend(
        ["A@example.net", "a@example.net"]
    ),
    "entry with a blank": lambda store: store.mailbox("alice@example.com").blacklist.append("two words"),
    "mailing list whose name is no address": lambda store: store.add_mailinglist("friends"),
    "groups of one name": _groups("Team", "team"),
    "group without a name for people": lambda store: store.accounts["example"].groups.update(
        {77: {"name": "team", "display_name": "", "members": []}}
    ),
    "group without a name": lambda store: store.add_group("  ", display_name="Nobody"),
    "domain of one label": lambda store: store.add_domain("local", "example"),
}
