# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What nobody knows of absence replies, spam protection, blacklists, mailing lists and groups: every switch of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulators.mailboxorg.client import Client, refused

ALICE, BOB = "alice@example.com", "bob@example.com"
REPLY: dict[str, Any] = {"subject": "Away", "start_date": "2026-12-01", "end_date": "2026-12-31"}
SPAM: dict[str, Any] = {
    "greylist": "1",
    "smtp_plausibility": "1",
    "rbl": "1",
    "bypass_banned_checks": "0",
    "tag2level": 5,
    "killevel": "reject",
    "route_to": "Junk",
}
LIST = {"mailinglist": "staff@example.com", "account": "example"}


def switch(client: Client, **values: Any) -> None:
    for name, value in values.items():
        assert hasattr(client.server.settings, name)
        setattr(client.server.settings, name, value)


# Absence replies


def vacation(client: Client) -> dict[str, Any]:
    return dict(client.call("mail.vacation.get", mail=ALICE))


@pytest.mark.parametrize(
    ("active", "start", "end", "shown"),
    [
        ("while_set", "2020-01-01", "2020-01-02", True),
        ("until_end", "2020-01-01", "2020-01-02", False),
        ("until_end", "2099-01-01", "2099-01-02", True),
        ("within_range", "2099-01-01", "2099-01-02", False),
        ("within_range", "2020-01-01", "2099-01-02", True),
    ],
)
def test_reply_out_of_its_range_may_read_as_none(
    account: Client, active: Any, start: str, end: str, shown: bool
) -> None:
    switch(account, vacation_active=active)
    account.server.store.set_vacation(ALICE, "Away", start, end)
    assert ("subject" in vacation(account), "message" in vacation(account)) == (shown, not shown)


def test_what_a_new_reply_leaves_out(account: Client) -> None:
    account.server.store.set_vacation(ALICE, "Old", "2026-01-01", "2026-01-02", "Text", "info@example.com")
    switch(account, vacation_left_out="kept")
    account.call("mail.vacation.set", mail=ALICE, **REPLY)
    expected = {**REPLY, "body": "Text", "additional_mail_addresses": ["info@example.com"]}
    assert vacation(account) == expected == account.server.store.mailbox(ALICE).vacation
    switch(account, vacation_left_out="cleared")
    account.call("mail.vacation.set", mail=ALICE, **REPLY)
    assert vacation(account) == {**REPLY, "body": "", "additional_mail_addresses": []}
    switch(account, vacation_body="required")
    with refused():
        account.call("mail.vacation.set", mail=ALICE, **REPLY)


def test_reply_reads_in_several_forms(account: Client) -> None:
    further = ["info@example.com", "team@example.com"]
    account.call("mail.vacation.set", mail=ALICE, **REPLY, additional_mail_addresses=further)
    switch(account, vacation_dates="german", vacation_addresses="text")
    answer = vacation(account)
    assert (answer["start_date"], answer["end_date"]) == ("01.12.2026", "31.12.2026")
    assert answer["additional_mail_addresses"] == "info@example.com,team@example.com"
    switch(account, vacation_addresses="absent", extra_members=True)
    assert vacation(account).keys() == {"subject", "start_date", "end_date", "body", "_unknown"}


@pytest.mark.parametrize(("form", "body"), [("as_given", "a\nb\n"), ("crlf", "a\r\nb\r\n"), ("stripped", "a\nb")])
def test_text_of_a_reply(account: Client, form: Any, body: str) -> None:
    switch(account, vacation_text=form)
    account.call("mail.vacation.set", mail=ALICE, **REPLY, body="a\nb\n")
    assert vacation(account)["body"] == body


def test_reply_that_ends_before_it_begins(account: Client) -> None:
    backwards = {**REPLY, "end_date": "2026-11-30"}
    account.call("mail.vacation.set", mail=ALICE, **backwards)
    switch(account, vacation_reversed="refuse")
    with refused():
        account.call("mail.vacation.set", mail=ALICE, **backwards)
    account.call("mail.vacation.set", mail=ALICE, **{**REPLY, "end_date": REPLY["start_date"]})


# Spam protection and blacklist


@pytest.mark.parametrize(("form", "level"), [("as_given", "5"), ("one_decimal", "5.0"), ("number", 5.0)])
def test_level_of_spam(account: Client, form: Any, level: Any) -> None:
    switch(account, spam_level=form)
    answer = account.call("mail.spamprotect.set", mail=ALICE, **SPAM)
    assert (answer["tag2level"], type(answer["tag2level"])) == (level, type(level))
    assert account.call("mail.spamprotect.get", mail=ALICE) == answer


def test_folder_of_spam_that_is_rejected(account: Client) -> None:
    assert account.call("mail.spamprotect.set", mail=ALICE, **SPAM)["route_to"] == "Junk"
    switch(account, spam_folder_with_reject="cleared", extra_members=True)
    answer = account.call("mail.spamprotect.set", mail=ALICE, **SPAM)
    assert (answer["route_to"], answer["_unknown"]) == ("", {"since": 2027})
    assert account.call("mail.spamprotect.set", mail=ALICE, **{**SPAM, "killevel": "route"})["route_to"] == "Junk"


def test_blacklist_in_several_forms(account: Client) -> None:
    def add(entry: str) -> Any:
        return account.call("mail.blacklist.add", mail=ALICE, add_address=entry)

    switch(account, blacklist_form="map")
    assert account.call("mail.blacklist.list", mail=ALICE) == []
    assert add("B@bad.example") == {"1": "B@bad.example"}
    assert add("a@bad.example") == {"1": "B@bad.example", "2": "a@bad.example"}
    switch(account, blacklist_form="list", blacklist_order="sorted", blacklist_case="lower")
    assert add("0@bad.example") == ["0@bad.example", "B@bad.example", "a@bad.example"]
    assert "c@bad.example" in add("C@BAD.example")
    answer = account.call("mail.blacklist.del", mail=ALICE, delete_address="C@bad.Example")
    assert answer == ["0@bad.example", "B@bad.example", "a@bad.example"]
    assert account.server.store.mailbox(ALICE).blacklist == ["B@bad.example", "a@bad.example", "0@bad.example"]


# Mailing lists


def test_mailing_lists_in_several_forms(account: Client) -> None:
    switch(account, mailinglist_list="map")
    assert account.call("mailinglist.list", account="example") == []
    account.server.store.add_mailinglist("Staff@example.com", password="list-Secret", adminmail=ALICE)
    view = {"mailinglist": "staff@example.com", "adminmail": ALICE}
    assert account.call("mailinglist.list", account="example") == {"staff@example.com": view}
    switch(account, mailinglist_list="objects", mailinglist_get="list", mailinglist_name_member="address")
    other = {"address": "staff@example.com", "adminmail": ALICE}
    assert account.call("mailinglist.get", **LIST) == [other] == account.call("mailinglist.list", account="example")
    switch(account, mailinglist_get="object", mailinglist_adminmail="empty_absent", mailinglist_password="shown")
    assert account.call("mailinglist.get", **LIST) == {**other, "password": "list-Secret"}
    switch(account, mailinglist_adminmail="absent", extra_members=True)
    assert account.call("mailinglist.get", **LIST).keys() == {"address", "password", "_unknown"}


def test_administrator_of_a_list_left_out_or_cleared(account: Client) -> None:
    row = account.server.store.add_mailinglist("staff@example.com", adminmail=ALICE)
    account.call("mailinglist.set", **LIST, password="new")
    assert row == {"password": "new", "adminmail": ALICE} == account.server.store.mailinglist("staff@example.com")
    switch(account, mailinglist_adminmail_cleared="ignored")
    account.call("mailinglist.set", **LIST, adminmail="")
    assert row["adminmail"] == ALICE
    switch(account, mailinglist_adminmail_cleared="refused")
    with refused():
        account.call("mailinglist.set", **LIST, adminmail="")
    switch(account, mailinglist_adminmail_cleared="taken", mailinglist_adminmail="empty_absent")
    account.call("mailinglist.set", **LIST, adminmail="")
    assert row["adminmail"] == ""
    assert account.call("mailinglist.get", **LIST) == {"mailinglist": "staff@example.com"}
    row["adminmail"] = ALICE
    switch(account, mailinglist_left_out="cleared")
    account.call("mailinglist.set", **LIST, password="newer")
    assert row == {"password": "newer", "adminmail": ""}


def test_names_of_mailing_lists(account: Client) -> None:
    def add(name: str) -> Any:
        return account.call("mailinglist.add", mailinglist=name, account="example", password="p")

    for wrong in ("staff", "staff@", "staff@absent.example"):
        with refused():
            add(wrong)
    switch(account, mailinglist_names="any")
    assert add("staff") is True
    for wrong in ("staff", "staff@", "staff@absent.example"):
        with refused():
            add(wrong)
    assert account.call("mailinglist.get", mailinglist="staff", account="example")["mailinglist"] == "staff"


# Groups


def test_groups_in_several_forms(account: Client) -> None:
    switch(account, group_list="map")
    assert account.call("group.list") == []
    group_id = account.server.store.add_group("staff", ALICE, BOB)
    view = {"group_id": group_id, "name": "staff", "display_name": "staff", "mail_addresses": [ALICE, BOB]}
    assert account.call("group.list") == {str(group_id): view}
    switch(account, group_list="names")
    assert account.call("group.list") == {str(group_id): "staff"}
    switch(account, group_list="objects", group_id="text", group_id_member="id", group_list_members=False)
    assert account.call("group.list") == [{"id": str(group_id), "name": "staff", "display_name": "staff"}]
    switch(account, group_get="list", group_members_member="members", extra_members=True)
    [answer] = account.call("group.get", group_id=group_id)
    assert answer.keys() == {"id", "name", "display_name", "members", "_unknown"}
    assert answer["members"] == [ALICE, BOB]


@pytest.mark.parametrize(
    ("form", "members", "none"),
    [
        ("list", [ALICE, BOB], []),
        ("objects", [{"mail": ALICE}, {"mail": BOB}], []),
        ("text", f"{ALICE},{BOB}", ""),
    ],
)
def test_members_in_several_forms(account: Client, form: Any, members: Any, none: Any) -> None:
    switch(account, group_members=form)
    staff, empty = account.server.store.add_group("staff", ALICE, BOB), account.server.store.add_group("empty")
    assert account.call("group.get", group_id=staff)["mail_addresses"] == members
    assert account.call("group.get", group_id=empty)["mail_addresses"] == none


def test_members_as_a_map(account: Client) -> None:
    switch(account, group_members="map")
    staff = account.server.store.add_group("staff", ALICE)
    uid = account.server.store.mailbox(ALICE).uid
    assert account.call("group.get", group_id=staff)["mail_addresses"] == {uid: ALICE}


def test_members_from_outside(account: Client) -> None:
    new = {"name": "staff", "display_name": "Staff", "mail_addresses_to_add": ["Someone@elsewhere.example"]}
    with refused():
        account.call("group.add", **new)
    switch(account, group_outsiders="accept")
    account.call("group.add", **new)
    assert account.server.store.group("staff")["members"] == ["someone@elsewhere.example"]
    assert account.call("group.list")[0]["mail_addresses"] == ["someone@elsewhere.example"]


def test_members_twice_absent_or_none(account: Client) -> None:
    group_id = account.server.store.add_group("staff", ALICE)
    key = {"group_id": group_id, "display_name": "New"}
    account.call("group.set", **key, mail_addresses_to_add=[ALICE], mail_addresses_to_remove=[BOB])
    switch(account, group_repeats="refuse")
    for change in ({"mail_addresses_to_add": [ALICE]}, {"mail_addresses_to_remove": [BOB]}):
        with refused():
            account.call("group.set", **{**key, "display_name": "Newer"}, **change)
    switch(account, group_empty="refuse")
    with refused():
        account.call("group.set", **{**key, "display_name": "Newer"}, mail_addresses_to_remove=[ALICE])
    with refused():
        account.call("group.add", name="empty", display_name="Empty", mail_addresses_to_add=[])
    expected = {"name": "staff", "display_name": "New", "members": [ALICE]}
    assert account.server.store.group("staff") == expected
    with pytest.raises(KeyError):
        account.server.store.group("empty")
