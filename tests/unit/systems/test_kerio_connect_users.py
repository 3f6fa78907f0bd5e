# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users of Kerio Connect: structures that are sent whole, references by name, what others change meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault
from tests.simulators.kerio_connect import user_rules, users as simulated_users
from tests.unit.systems.bench import Bench, done, refused

ALICE: dict[str, Any] = {"name": "alice", "domain": "example.com"}
CAROL: dict[str, Any] = {"name": "carol", "domain": "example.com", "password": "Str0ng-pw-1!"}


# Structures that the server wants whole.


def test_a_member_of_a_structure_that_is_not_managed_stays(kerio: Bench) -> None:
    alice = kerio.store.user("alice")
    alice["cleanOutItems"] |= {"isUsedDomain": False, "sentItems": {"isEnabled": True, "days": 77}}
    alice["emailForwarding"] = {"mode": "UForwardYes", "emailAddresses": ["x@example.net"]}
    alice["role"] = {"userRole": "Auditor", "publicFolderRight": True, "archiveFolderRight": False}
    result = kerio.predicted(
        "user",
        **ALICE,
        clean_out={"junk_email": 14},
        forwarding={"mode": "forward_and_keep"},
        role="account_admin",
        archive_folder_right=True,
    )
    assert sorted(result["changes"]) == ["archive_folder_right", "clean_out", "forwarding", "role"]
    alice = kerio.store.user("alice")
    assert alice["cleanOutItems"]["isUsedDomain"] is False
    assert alice["cleanOutItems"]["sentItems"] == {"isEnabled": True, "days": 77}
    assert alice["cleanOutItems"]["junkEmail"] == {"isEnabled": True, "days": 14}
    assert alice["emailForwarding"] == {"mode": "UForwardDeliver", "emailAddresses": ["x@example.net"]}
    assert alice["role"] == {"userRole": "AccountAdmin", "publicFolderRight": True, "archiveFolderRight": True}


def test_a_limit_that_is_switched_off_keeps_its_value_on_the_server(kerio: Bench) -> None:
    """Whoever switches it on again in the administration finds the number of before."""
    limit = {"value": 5, "units": "GigaBytes"}
    alice = kerio.store.user("alice")
    alice["diskSizeLimit"] = {"isActive": True, "limit": limit}
    alice["itemLimit"] = {"isActive": True, "limit": 900}
    alice["cleanOutItems"]["deletedItems"] = {"isEnabled": True, "days": 12}
    kerio.predicted("user", **ALICE, quota="unlimited", item_limit="unlimited", clean_out={"deleted_items": "never"})
    alice = kerio.store.user("alice")
    assert alice["diskSizeLimit"] == {"isActive": False, "limit": limit}
    assert alice["itemLimit"] == {"isActive": False, "limit": 900}
    assert alice["cleanOutItems"]["deletedItems"] == {"isEnabled": False, "days": 12}


def test_a_dormant_limit_is_no_difference(kerio: Bench) -> None:
    alice = kerio.store.user("alice")
    alice["diskSizeLimit"] = {"isActive": False, "limit": {"value": 5, "units": "GigaBytes"}}
    alice["itemLimit"] = {"isActive": False, "limit": 900}
    assert kerio.predicted("user", **ALICE, quota="unlimited", item_limit="unlimited")["changed"] is False


@pytest.mark.parametrize("normalise", [True, False])
@pytest.mark.parametrize("wish", ["2G", "2048M", "2 GB", "2GiB", "2097152k"])
def test_byte_units_are_compared_by_what_they_mean(kerio: Bench, normalise: bool, wish: str) -> None:
    kerio.sim.settings.normalise_byte_units = normalise
    alice = kerio.store.user("alice")
    alice["diskSizeLimit"] = {"isActive": True, "limit": {"value": 2048, "units": "MegaBytes"}}
    assert kerio.predicted("user", **ALICE, quota=wish)["changed"] is False


def test_a_size_that_is_no_whole_megabyte_is_held_exactly(kerio: Bench) -> None:
    assert kerio.predicted("user", **ALICE, outgoing_message_limit="1500K")["changed"] is True
    assert kerio.store.user("alice")["outMessageLimit"]["limit"] == {"value": 1500, "units": "KiloBytes"}
    assert kerio.predicted("user", **ALICE, outgoing_message_limit="1500K")["changed"] is False


def test_a_limit_of_nothing_is_not_unlimited(kerio: Bench) -> None:
    assert kerio.predicted("user", **ALICE, outgoing_message_limit="0B")["changed"] is True
    assert kerio.store.user("alice")["outMessageLimit"]["isActive"] is True
    assert kerio.store.user("alice")["outMessageLimit"]["limit"]["value"] == 0
    assert kerio.predicted("user", **ALICE, outgoing_message_limit="0B")["changed"] is False


def test_forwarding_without_an_address_is_refused_before_a_write(kerio: Bench) -> None:
    for check_mode in (True, False):
        result = kerio.object("user", check_mode=check_mode, **ALICE, forwarding={"mode": "forward"})
        refused(result, "forwarding.addresses", "forward")
    assert kerio.sim.writes == []


def test_addresses_that_still_forward_cannot_be_taken_away(kerio: Bench) -> None:
    alice = kerio.store.user("alice")
    alice["emailForwarding"] = {"mode": "UForwardYes", "emailAddresses": ["x@example.net"]}
    for check_mode in (True, False):
        result = kerio.object("user", check_mode=check_mode, **ALICE, forwarding={"addresses": []})
        refused(result, "forwarding.addresses")
    assert kerio.sim.writes == []


# Lists.


def test_addresses_are_a_set_without_case_and_may_be_written_whole(kerio: Bench) -> None:
    alice = kerio.store.user("alice")
    alice["emailAddresses"] = ["Alice.Example", "al"]
    wish = ["AL@Example.COM", "alice.example", "al"]
    assert kerio.predicted("user", **ALICE, email_addresses=wish)["changed"] is False
    assert kerio.predicted("user", **ALICE, email_addresses=["a.example@example.com"])["changed"] is True
    assert kerio.store.user("alice")["emailAddresses"] == ["a.example"]
    assert kerio.predicted("user", **ALICE, email_addresses=[])["changed"] is True
    assert kerio.store.user("alice")["emailAddresses"] == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_an_additional_address_of_another_domain_is_refused_before_the_first_call(
    kerio: Bench, check_mode: bool
) -> None:
    result = kerio.object("user", check_mode=check_mode, **ALICE, email_addresses=["al@example.net"])
    refused(result, "email_addresses", "al@example.net", "example.com")
    assert kerio.sim.requests == []


def test_an_additional_address_of_an_international_domain_may_be_written_either_way(kerio: Bench) -> None:
    kerio.store.add_domain("xn--bcher-kva.example")
    kerio.store.add_user("eva", "xn--bcher-kva.example", emailAddresses=["e.va"])
    for address in ("e.va@bücher.example", "e.va@XN--BCHER-KVA.example", "e.va"):
        result = kerio.predicted("user", name="eva", domain="Bücher.example", email_addresses=[address])
        assert result["changed"] is False


# References.


def test_groups_are_given_by_name_without_case(kerio: Bench) -> None:
    assert kerio.predicted("user", **ALICE, groups=["STAFF"])["changed"] is False
    assert kerio.predicted("user", **ALICE, groups=["Sales", "staff"])["changed"] is True
    sales, staff = kerio.store.group("sales")["id"], kerio.store.group("staff")["id"]
    assert sorted(kerio.store.user("alice")["userGroups"]) == sorted([sales, staff])
    assert kerio.predicted("user", **ALICE, groups=[])["changed"] is True
    assert kerio.store.user("alice")["userGroups"] == []


def test_a_group_of_the_same_name_in_another_domain_is_another_group(kerio: Bench) -> None:
    other = kerio.store.add_group("editors", "example.org")
    refused(kerio.object("user", **ALICE, groups=["editors"]), "group", "editors")
    kerio.store.add_user("dora", "example.org")
    done(kerio.object("user", name="dora", domain="example.org", groups=["editors"]))
    assert kerio.store.user("dora", "example.org")["userGroups"] == [other["id"]]


@pytest.mark.parametrize("user", [ALICE, CAROL])
def test_a_missing_group_is_named_in_a_run_and_assumed_in_check_mode(kerio: Bench, user: dict[str, Any]) -> None:
    result = kerio.object("user", **user, groups=["staff", "night"])
    refused(result, "group", "'night@example.com'", "groups", "does not exist")
    prediction = done(kerio.object("user", check_mode=True, **user, groups=["staff", "night"]))
    assert prediction["changed"] is True
    assert prediction["assumed"] == ["group night@example.com"]
    assert "night" in prediction["warnings"][0]
    assert kerio.sim.writes == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_missing_access_policy_is_named_in_check_mode_too(kerio: Bench, check_mode: bool) -> None:
    result = kerio.object("user", check_mode=check_mode, **ALICE, access_policy="Nights")
    refused(result, "access policy", "'Nights'", "access_policy")
    assert kerio.sim.writes == []


def test_an_access_policy_is_given_by_name(kerio: Bench) -> None:
    assert kerio.predicted("user", **ALICE, access_policy="restricted")["changed"] is True
    assert kerio.store.user("alice")["accessPolicy"] == kerio.store.access_policy_group("Restricted")["id"]
    assert kerio.predicted("user", **ALICE, access_policy="Restricted")["changed"] is False


@pytest.fixture
def with_contacts(kerio: Bench) -> Bench:
    """The server also knows two company contacts, and two home servers of a distributed domain."""
    for name in ("Acme", "Umbra"):
        kerio.store.add_company_contact(name)
    for name in ("north", "south"):
        kerio.store.add_home_server(name)
    return kerio


def id_of(rows: dict[str, Any], name: str) -> str:
    return next(row_id for row_id, row in rows.items() if row["name"] == name)


def test_a_company_contact_is_given_by_name_and_taken_away_by_an_empty_text(with_contacts: Bench) -> None:
    assert with_contacts.predicted("user", **ALICE, company_contact="umbra")["changed"] is True
    assert with_contacts.store.user("alice")["companyContactId"] == id_of(with_contacts.store.company_contacts, "Umbra")
    assert with_contacts.predicted("user", **ALICE, company_contact="Umbra")["changed"] is False
    assert with_contacts.predicted("user", **ALICE, company_contact="")["changed"] is True
    assert with_contacts.store.user("alice")["companyContactId"] == ""
    assert with_contacts.predicted("user", **ALICE, company_contact="")["changed"] is False


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_missing_company_contact_or_home_server_is_named(with_contacts: Bench, check_mode: bool) -> None:
    result = with_contacts.object("user", check_mode=check_mode, **ALICE, company_contact="Nobody")
    refused(result, "company contact", "'Nobody'", "company_contact")
    result = with_contacts.object("user", check_mode=check_mode, **CAROL, home_server="west")
    refused(result, "home server", "'west'", "home_server")
    assert with_contacts.sim.writes == []


def test_the_home_server_is_given_at_creation_and_left_alone_afterwards(with_contacts: Bench) -> None:
    done(with_contacts.object("user", **CAROL, home_server="South"))
    assert with_contacts.store.user("carol")["homeServer"]["id"] == id_of(with_contacts.store.home_servers, "south")
    with_contacts.forget_requests()
    assert with_contacts.predicted("user", **CAROL, home_server="north")["changed"] is False
    assert with_contacts.sim.writes == []


def test_a_company_contact_that_is_gone_is_kept_as_it_is(with_contacts: Bench) -> None:
    contact = id_of(with_contacts.store.company_contacts, "Acme")
    with_contacts.store.user("alice")["companyContactId"] = contact
    with_contacts.store.company_contacts.pop(contact)
    document = done(with_contacts.info())["config"]
    assert with_contacts.predicted_config(document)["changed"] is False
    assert with_contacts.predicted("user", **ALICE, full_name="Changed")["changed"] is True
    assert with_contacts.store.user("alice")["companyContactId"] == contact


def test_a_policy_of_which_only_the_id_is_told_is_found_by_it(kerio: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    complete = simulated_users.read_member

    def without_names(context: Any, user: Any, name: str) -> Any:
        value = complete(context, user, name)
        return {"id": value["id"]} if name == "accessPolicy" else value

    monkeypatch.setattr(simulated_users, "read_member", without_names)
    assert kerio.predicted("user", **ALICE, access_policy="Default")["changed"] is False
    assert kerio.predicted("user", **ALICE, access_policy="Restricted")["changed"] is True
    assert kerio.predicted("user", **ALICE, access_policy="Restricted")["changed"] is False


# A domain that is missing.


def test_a_missing_domain_is_an_error_in_a_run(kerio: Bench) -> None:
    result = kerio.object("user", **{**CAROL, "domain": "new.example"})
    refused(result, "domain", "'new.example'", "does not exist")
    assert result["failure"]["object"] == "user carol@new.example"
    assert kerio.sim.writes == []


def test_check_mode_assumes_a_missing_domain(kerio: Bench) -> None:
    wish = {**CAROL, "domain": "new.example", "groups": ["staff"]}
    result = done(kerio.object("user", check_mode=True, **wish))
    assert result["changed"] is True
    assert result["assumed"] == ["domain new.example", "group staff@new.example"]
    assert len(result["warnings"]) == 2
    kerio.store.add_domain("new.example")
    kerio.store.add_group("staff", "new.example")
    actual = done(kerio.object("user", **wish))
    assert actual["diff"] == result["diff"]
    assert actual["user"] == result["user"]


def test_a_user_of_a_missing_domain_is_absent_already(kerio: Bench) -> None:
    assert kerio.predicted("user", name="carol", domain="new.example", state="absent")["changed"] is False


def test_a_document_assumes_a_missing_domain_once(kerio: Bench) -> None:
    users = [{**CAROL, "domain": "new.example", "name": name} for name in ("carol", "dave")]
    result = done(kerio.config({"users": users}, check_mode=True))
    assert result["assumed"] == ["domain new.example"]
    assert len(result["warnings"]) == 1
    assert result["summary"]["created"] == 2
    refused(kerio.config({"users": users}), "domain", "new.example")
    assert kerio.sim.writes == []


# What others do meanwhile.


def test_what_others_change_in_fields_that_are_not_managed_stays(kerio: Bench) -> None:
    def somebody_writes() -> None:
        kerio.store.user("alice")["description"] = "on leave"
        kerio.store.user("alice")["emailAddresses"] = ["al", "alice.example"]

    kerio.before("Users.set", somebody_writes)
    done(kerio.object("user", **ALICE, full_name="Alice A. Example", quota="3G"))
    alice = kerio.store.user("alice")
    assert alice["description"] == "on leave"
    assert alice["emailAddresses"] == ["al", "alice.example"]
    assert alice["fullName"] == "Alice A. Example"


def test_an_update_sends_only_what_changes(kerio: Bench) -> None:
    done(kerio.object("user", **ALICE, full_name="Alice Example", description="new"))
    assert [record.params["pattern"] for record in kerio.sim.writes] == [{"description": "new"}]


def test_a_structure_is_read_again_when_what_is_known_of_it_is_old(kerio: Bench) -> None:
    """The contract: what is written whole is younger than 30 seconds."""

    def somebody_writes() -> None:
        kerio.store.user("alice")["cleanOutItems"]["sentItems"] = {"isEnabled": True, "days": 5}

    kerio.before("Users.get", somebody_writes, number=2)
    kerio.clock.step = 31.0
    done(kerio.config({"users": [{**ALICE, "clean_out": {"junk_email": 14}}]}))
    clean_out = kerio.store.user("alice")["cleanOutItems"]
    assert clean_out["sentItems"] == {"isEnabled": True, "days": 5}
    assert clean_out["junkEmail"] == {"isEnabled": True, "days": 14}


def test_a_user_that_somebody_else_makes_first_is_adopted(kerio: Bench) -> None:
    kerio.before("Users.create", lambda: kerio.store.add_user("carol", fullName="Carol", description="by hand"))
    result = done(kerio.object("user", **CAROL, full_name="Carol Example"))
    assert result["changed"] is True
    carol = kerio.store.user("carol")
    assert carol["fullName"] == "Carol Example"
    assert carol["description"] == "by hand"


@pytest.mark.parametrize("code", [1001, 1000, 1234])
@pytest.mark.parametrize("how", ["per_item", "top_level"])
def test_adopting_does_not_depend_on_the_code_or_the_shape_of_the_refusal(kerio: Bench, code: int, how: str) -> None:
    kerio.sim.settings.exists_code = code
    kerio.sim.settings.item_errors = how
    kerio.before("Users.create", lambda: kerio.store.add_user("carol", fullName="Carol Example"))
    assert done(kerio.object("user", **CAROL, full_name="Carol Example"))["changed"] is False


def test_a_user_that_vanishes_before_the_change_is_made_anew(kerio: Bench) -> None:
    alice = kerio.store.user("alice")
    kerio.before("Users.set", lambda: kerio.store.users.pop(alice["id"]))
    done(kerio.object("user", **ALICE, password="Str0ng-pw-1!", full_name="New Alice"))
    assert kerio.store.user("alice")["fullName"] == "New Alice"


def test_a_wish_that_the_server_confirms_and_ignores_fails_with_its_name(
    kerio: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = user_rules.apply_members

    def without_description(context: Any, user: Any, given: dict[str, Any], *, creating: bool) -> None:
        kept(context, user, {key: value for key, value in given.items() if key != "description"}, creating=creating)

    monkeypatch.setattr(simulated_users, "apply_members", without_description)
    result = kerio.object("user", **ALICE, description="new", full_name="Alice A.")
    assert result["failed"]
    assert result["changed"] is True
    assert "description" in result["msg"]
    assert "full_name" not in result["msg"]
    assert kerio.store.user("alice")["fullName"] == "Alice A."


def test_passwords_are_sent_at_creation_and_later_only_on_request(kerio: Bench) -> None:
    assert kerio.predicted("user", **CAROL)["changed"] is True
    other = {**CAROL, "password": "An0ther-pw-2!"}
    assert kerio.predicted("user", **other)["changed"] is False
    assert kerio.store.user("carol")["password"] == CAROL["password"]
    for _again in range(2):
        result = kerio.predicted("user", **other, update_password="always")
        assert result["changed"] is True
        assert result["changes"] == ["password"]
        assert result["unverified"] == ["password"]
    assert kerio.store.user("carol")["password"] == other["password"]
    assert other["password"] not in str(result)


def test_a_password_that_the_server_echoes_is_not_shown(kerio: Bench) -> None:
    message = f"Internal failure with {CAROL['password']} of carol"
    kerio.sim.faults.add(Fault("rpc_error", "Users.create", code=1000, message=message))
    result = kerio.object("user", **CAROL)
    refused(result, "Users.create")
    assert CAROL["password"] not in str(result)


def test_the_spam_rule_is_taken_at_creation_only(kerio: Bench) -> None:
    done(kerio.object("user", **CAROL, default_spam_rule=False))
    assert kerio.store.user("carol")["hasDefaultSpamRule"] is False
    assert kerio.predicted("user", **CAROL, default_spam_rule=True)["changed"] is False
