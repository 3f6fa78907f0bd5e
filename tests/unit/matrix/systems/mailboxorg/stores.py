# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the simulated mailbox.org keeps each value (mailboxorg.md 2.2 to 2.8, 3.1 to 3.3): by the names of its own
parameters, quotas in gigabytes, dates as they were sent.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.simulators.mailboxorg.store import SPAMPROTECT_START, Account, Domain, Mailbox, Store
from tests.unit.matrix.paths import Path
from tests.unit.matrix.samples import GIB
from tests.unit.matrix.stores import Keeper, Place, State, as_json, plain, without_case
from tests.unit.matrix.systems.mailboxorg.samples import CAPABILITIES

_TEXTS_OF_A_PERSON = (
    "title",
    "position",
    "department",
    "company",
    "street",
    "postal_code",
    "city",
    "phone",
    "fax",
    "cell_phone",
)
_ADDRESS = ("first_name", "last_name", "street", "zipcode", "town", "country")
_CAPABILITY_NAMES = {
    "spam_protection": "MAIL_SPAMPROTECTION",
    "blacklist": "MAIL_BLACKLIST",
    "backup_recovery": "MAIL_BACKUPRECOVER",
    "otp": "MAIL_OTP",
    "sms_password_reset": "MAIL_PASSWORDRESET_SMS",
}


def _raw(_store: Store, found: Any) -> dict[str, Any]:
    return dataclasses.asdict(found)


def _rest(store: Store, own: Any) -> str:
    """Without what counts objects, and without contexts that no other domain uses."""
    domains = {name: each for name, each in store.domains.items() if each is not own}
    return as_json(
        {
            **{name: table for name, table in vars(store).items() if name != "last_number"},
            "accounts": {name: _without(each, own) for name, each in store.accounts.items() if each is not own},
            "domains": domains,
            "mailboxes": {name: each for name, each in store.mailboxes.items() if each is not own},
            "contexts": {each.context_id: store.contexts[each.context_id] for each in domains.values()},
            "dns": sorted(store.dns),
        }
    )


def _without(account: Account, own: Any) -> dict[str, Any]:
    """An account whose mailing lists and groups are others than this one."""
    lists = {name: each for name, each in account.mailinglists.items() if each is not own}
    return {**vars(account), "mailinglists": lists, "groups": [x for x in account.groups.values() if x is not own]}


def _ascii(name: str) -> str:
    return name.strip().rstrip(".").lower().encode("idna").decode()


def _field(name: str) -> Place:
    return plain("fields", name)


def _iso(value: str, _store: Store) -> str:
    """31.12.2031 and 2031-12-31 are the same day."""
    return "-".join(reversed(value.split("."))) if "." in value else value


def _gigabytes(value: int, _store: Store) -> int:
    return value * GIB


def _limit_of(plan: str) -> Callable[[Any, Any], Any]:
    return lambda limits, _store: limits.get(plan, "unlimited")


ACCOUNT = Keeper(
    find=lambda store, key: store.accounts.get(key["name"]),
    raw=_raw,
    rest=_rest,
    places={
        ("name",): plain("name"),
        ("password",): plain("password"),
        ("vat_id",): _field("ustid"),
        ("contact", "mail_payment"): _field("contact_mail_payment"),
        ("address_payment", "same_as_main"): _field("address_payment_same_as_main"),
        ("address_payment", "company"): _field("address_payment_company"),
        **{
            (name,): _field(name)
            for name in (
                "telephone_password",
                "plan",
                "memo",
                "company",
                "language",
                "salutation",
                "payment_type",
                "max_mailinglist",
                "mail_forwarding",
                "av_contract_accept_name",
                "av_contract_professional_secrecy",
            )
        },
        **{("address_main", name): _field(f"address_main_{name}") for name in _ADDRESS},
        **{("address_payment", name): _field(f"address_payment_{name}") for name in _ADDRESS},
        **{("contact", name): _field(f"contact_{name}") for name in ("mail", "phone", "fax", "mobile")},
        **{("bank", name): _field(f"bank_{name}") for name in ("iban", "bic", "account_owner")},
        **{
            ("tariff_limits", plan): Place(("fields", "tarifflimits"), _limit_of(plan))
            for plan in ("basic", "profi", "profixl", "reseller")
        },
    },
    # The server's own choice.
    defaults={
        ("memo",): "",
        ("company",): "",
        ("vat_id",): "",
        ("language",): "de_DE",
        ("salutation",): "",
        ("payment_type",): "invoice",
        ("max_mailinglist",): 0,
        ("mail_forwarding",): "",
        ("av_contract_accept_name",): "",
        ("av_contract_professional_secrecy",): False,
        ("address_payment", "same_as_main"): True,
        ("address_payment", "company"): "",
        **{("address_main", name): "" for name in _ADDRESS},
        **{("address_payment", name): "" for name in _ADDRESS},
        **{("contact", name): "" for name in ("mail", "mail_payment", "phone", "fax", "mobile")},
        **{("bank", name): "" for name in ("iban", "bic", "account_owner")},
        **{("tariff_limits", plan): "unlimited" for plan in ("basic", "profi", "profixl", "reseller")},
    },
)


def _domain(store: Store, key: Mapping[str, Any]) -> Domain | None:
    found = store.domains.get(_ascii(key["name"]))
    return found if found is not None and found.account == key["account"] else None


def _is_alone(context_id: str, store: Store) -> bool:
    """Whether no other domain uses the context: a new one."""
    return sum(each.context_id == context_id for each in store.domains.values()) == 1


DOMAIN = Keeper(
    find=_domain,
    raw=_raw,
    rest=_rest,
    places={
        ("name",): plain("name"),
        ("account",): plain("account"),
        ("password",): plain("password"),
        ("memo",): plain("memo"),
        ("context_id",): plain("context_id"),
        ("create_new_context",): Place(("context_id",), _is_alone),
    },
    defaults={("memo",): "", ("create_new_context",): False},
)


def _as_map(member: str) -> Place:
    words = {"on": True, "off": False, "inherit": "inherit"}
    return Place(("capabilities",), lambda states, _store: words[states.get(_CAPABILITY_NAMES[member], "inherit")])


def _as_list(member: str) -> Place:
    """Where there is no third state, what was never set is off."""
    return Place(("capabilities",), lambda states, _store: states.get(_CAPABILITY_NAMES[member]) == "on")


def _mailbox(capability: Callable[[str], Place], unset: Any) -> Keeper:
    defaults: State = {
        ("inbox_save",): True,
        ("forwards",): [],
        ("aliases",): [],
        ("alternate_mail",): "",
        ("memo",): "",
        ("active",): True,
        ("deletion_date",): "",
        ("require_reset_password",): False,
        ("same_password_disallowed",): False,
        ("additional_mail_quota",): 0,
        ("additional_cloud_quota",): 0,
        ("allow_nets",): "",
        ("birthday",): "",
        ("external_id",): "",
        ("language",): "de_DE",
        **{("capabilities", member): unset for member in CAPABILITIES},
        **{(name,): "" for name in _TEXTS_OF_A_PERSON},
        **{(name,): False for name in ("catchall", "create_own_context", "recover", "skip_welcome_mail")},
        ("evac_force_activation",): False,
    }
    special: dict[Path, Place] = {
        ("email",): plain("mail"),
        ("password",): plain("password"),
        ("password_hash",): plain("password_hash"),
        ("inbox_save",): _field("inboxsave"),
        ("forwards",): Place(("fields", "forwards"), without_case),
        ("aliases",): Place(("fields", "aliases"), without_case),
        ("deletion_date",): Place(("fields", "deletion_date"), _iso),
        ("birthday",): Place(("fields", "birthday"), _iso),
        ("additional_mail_quota",): Place(("fields", "additional_mail_quota"), _gigabytes),
        ("additional_cloud_quota",): Place(("fields", "additional_cloud_quota"), _gigabytes),
        ("external_id",): _field("uid_extern"),
        **{("capabilities", member): capability(member) for member in CAPABILITIES},
    }
    named: dict[Path, Place] = {
        path: _field(str(path[0])) for path in [*defaults, ("plan",), ("first_name",), ("last_name",)]
    }
    return Keeper(
        find=lambda store, key: store.mailboxes.get(key["email"].lower()),
        raw=_raw,
        rest=_rest,
        places={**named, **special},
        defaults=defaults,
    )


def _owner(store: Store, key: Mapping[str, Any]) -> Mailbox | None:
    return store.mailboxes.get(key["mailbox"].lower())


def _is_on(value: str, _store: Store) -> bool:
    return {"0": False, "1": True}[value]


def _raw_vacation(_store: Store, box: Mailbox) -> dict[str, Any]:
    """The mailbox as a whole. One that does not reply has no words for it."""
    none = {**dict.fromkeys(("subject", "body", "start_date", "end_date"), ""), "additional_mail_addresses": []}
    return {**dataclasses.asdict(box), "vacation": {**none, **(box.vacation or {}), "active": box.vacation is not None}}


def _end_vacation(box: Mailbox) -> None:
    box.vacation = None


def _reset_spam_protection(box: Mailbox) -> None:
    box.spamprotect = dict(SPAMPROTECT_START)


def _empty_blacklist(box: Mailbox) -> None:
    box.blacklist = []


_REPLY_TEXTS = ("subject", "body", "start_date", "end_date")
VACATION = Keeper(
    find=_owner,
    raw=_raw_vacation,
    rest=_rest,
    places={
        ("mailbox",): plain("mail"),
        ("active",): plain("vacation", "active"),
        ("additional_mail_addresses",): Place(("vacation", "additional_mail_addresses"), without_case),
        **{(name,): plain("vacation", name) for name in _REPLY_TEXTS},
    },
    defaults={("active",): False, ("additional_mail_addresses",): [], **{(name,): "" for name in _REPLY_TEXTS}},
    renew=_end_vacation,
)
_SPAM_SWITCHES = ("greylist", "smtp_plausibility", "rbl", "bypass_banned_checks")
SPAM_PROTECTION = Keeper(
    find=_owner,
    raw=_raw,
    rest=_rest,
    places={
        ("mailbox",): plain("mail"),
        ("tag_level",): Place(("spamprotect", "tag2level"), lambda points, _store: float(points)),
        ("kill_level",): plain("spamprotect", "killevel"),
        ("route_to",): plain("spamprotect", "route_to"),
        **{(name,): Place(("spamprotect", name), _is_on) for name in _SPAM_SWITCHES},
    },
    # What every mailbox starts with (mailboxorg.md 2.6).
    defaults={
        ("greylist",): True,
        ("smtp_plausibility",): True,
        ("rbl",): True,
        ("bypass_banned_checks",): False,
        ("tag_level",): 5.5,
        ("kill_level",): "route",
        ("route_to",): "Spam",
    },
    renew=_reset_spam_protection,
)
BLACKLIST = Keeper(
    find=_owner,
    raw=_raw,
    rest=_rest,
    places={("mailbox",): plain("mail"), ("addresses",): Place(("blacklist",), without_case)},
    defaults={("addresses",): []},
    renew=_empty_blacklist,
)


def _find_list(store: Store, key: Mapping[str, Any]) -> dict[str, str] | None:
    return next((found for name, found in _lists(store) if name == key["address"].lower()), None)


def _raw_list(store: Store, found: dict[str, str]) -> dict[str, Any]:
    """With its name, under which its account keeps it."""
    return {**found, "address": next(name for name, each in _lists(store) if each is found)}


def _lists(store: Store) -> Iterator[tuple[str, dict[str, str]]]:
    return (item for account in store.accounts.values() for item in account.mailinglists.items())


MAILING_LIST = Keeper(
    find=_find_list,
    raw=_raw_list,
    rest=_rest,
    places={
        ("address",): plain("address"),
        ("password",): plain("password"),
        ("admin_mail",): plain("adminmail"),
    },
    defaults={("admin_mail",): ""},
)


def _find_group(store: Store, key: Mapping[str, Any]) -> dict[str, Any] | None:
    rows = store.accounts[key["account"]].groups.values()
    return next((row for row in rows if row["name"].lower() == key["name"].lower()), None)


def _raw_group(store: Store, found: dict[str, Any]) -> dict[str, Any]:
    """With the account that has it."""
    accounts = store.accounts.values()
    account = next(each.name for each in accounts if any(row is found for row in each.groups.values()))
    return {**found, "account": account}


GROUP = Keeper(
    find=_find_group,
    raw=_raw_group,
    rest=_rest,
    places={
        ("name",): plain("name"),
        ("account",): plain("account"),
        ("display_name",): plain("display_name"),
        ("members",): Place(("members",), without_case),
    },
    defaults={("members",): []},
)
KEEPERS = {
    "account": ACCOUNT,
    "domain": DOMAIN,
    "mailbox": _mailbox(_as_map, "inherit"),
    "vacation": VACATION,
    "spam_protection": SPAM_PROTECTION,
    "blacklist": BLACKLIST,
    "mailing_list": MAILING_LIST,
    "group": GROUP,
}
# Until the autumn of 2026 a capability was on or off.
LISTS = {**KEEPERS, "mailbox": _mailbox(_as_list, False)}
