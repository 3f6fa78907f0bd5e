# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything in which real Kerio Connect servers differ, or in which we do not know how they behave.

The switches that all Kerio servers have are in kerio_web/settings.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tests.simulators.kerio_web.settings import KerioWebSettings


@dataclass
class KerioConnectSettings(KerioWebSettings):
    """The defaults are what the fact sheet (kerio_connect.md, sections 8 and 9) calls most plausible."""

    # Errors.
    exists_code: int = 1001
    missing_code: int = 1002
    no_admin_role_code: int = 1004
    password_refused_code: int = 4002
    query_missing_code: int = -32602  # 0: a missing query means everything
    domains_get_without_query_code: int = 1000  # seen on 10.0.8; 0: everything

    # Sessions.
    token_cookie: bool = False  # login also sets TOKEN_CONNECT_WEBADMIN
    builtin_admin: bool = False  # the administrator is the built-in account: empty ids in whoAmI
    account_admin_scope: Literal["own_domain", "all"] = "own_domain"

    # Reading.
    unasked_fields: Literal["none", "id", "all"] = "none"  # what rows hold beside the fields asked for
    unknown_condition: Literal["refuse", "ignore", "nothing"] = "refuse"  # "ignore": the filter lets everything through
    eq_case_sensitive: bool = False
    default_combining: Literal["Or", "And"] = "Or"
    empty_domain_id: Literal["refuse", "all"] = "refuse"
    normalise_byte_units: bool = True  # 1024 MegaBytes is read as 1 GigaBytes
    mailbox_count_shape: Literal["count", "flat"] = "count"

    # Writing.
    enum_ordinals: bool = False  # old servers: numbers in place of enum names
    create_defaults: Literal["ui", "zero"] = "ui"  # what omitted members of a new user become
    write_once: Literal["ignore", "refuse"] = "ignore"  # domainId, hasDefaultSpamRule, homeServer, names of domains …
    partial_structures: Literal["keep", "zero"] = "keep"  # members left out of a nested structure that may be partial
    referenced_lists: Literal["replace", "merge"] = "replace"  # userGroups, resourceUsers, archiveReaderList in a set
    full_addresses: Literal["refuse", "strip", "accept"] = "refuse"  # local@own.domain in a user's or group's addresses
    address_collisions: Literal["allow", "refuse"] = "allow"  # the same address on two users, groups, aliases, lists …

    # Domains.
    domain_members: Literal["9.2", "8.x"] = "9.2"  # 8.x knows no password policy, quota, archive … of a domain
    domain_removal: Literal["refuse_users", "refuse_all", "cascade"] = "refuse_users"  # what in a domain keeps it alive
    rename_conflict: Literal["error", "in_result"] = "error"  # "in_result": rename succeeds with a ClusterError inside
    unlimited_users: Literal["-1", "4294967295"] = "-1"  # how userMaxCount is read when there is no limit
    server_os: Literal["any", "Windows", "Linux", "MacOs"] = "any"  # winNtName and pamRealm of another are ignored

    # Users.
    login_name_change: Literal["refuse", "ignore", "rename"] = "refuse"
    password_required: bool = True  # for new accounts with internal authentication
    licence_seats: int = 0  # enabled accounts; 0: no limit
    removal_delay_seconds: float = 0  # Users.remove finishes later on the simulator's clock …
    removal_delay_reads: int = 0  # … or after the account was listed that many times more

    # Groups.
    group_name_change: Literal["refuse", "ignore", "rename"] = "rename"
    member_twice: Literal["ignore", "refuse"] = "ignore"  # addMemberList of somebody who is a member already
    no_member: Literal["ignore", "refuse"] = "ignore"  # removeMemberList of somebody who is none

    # Aliases.
    alias_names: Literal["several", "unique"] = "several"  # "unique": one alias of a name in a domain, so one target
    alias_twice: Literal["refuse", "allow"] = "refuse"  # the same name with the same target
    alias_target: Literal["as_given", "completed"] = "as_given"  # "completed": bare names get the domain of the alias
    alias_folder_by: Literal["either", "id"] = "either"  # a public folder is found by deliverToId, or by name as well

    # Mailing lists.
    list_suffixes: tuple[str, ...] = ()  # what getSuffixes tells, and what no list's name may end with; none is known
    list_member_twice: Literal["refuse", "ignore"] = "refuse"  # the same person in the same role
    list_local_address: Literal["keep", "resolve"] = "keep"  # "resolve": the address of an account becomes its id
    list_member_address: Literal["foreign_only", "always"] = "foreign_only"  # emailAddress of rows with an id
    list_members_query: Literal["order_only", "honoured"] = "order_only"  # of getMlUserList
    list_members_count: Literal["members", "all"] = "members"  # "all": moderators are counted, too
    list_reply_address: Literal["optional", "needed"] = "optional"  # otherAddress with replyTo OtherAddress
    remote_list_ids: Literal["given", "empty"] = "given"  # of lists with a homeServer, in distributed domains

    # Resources.
    resource_users_default: Literal["nobody", "domain"] = "nobody"  # who may reserve one when creation does not say
    principal_rows: Literal["full", "reference"] = "full"  # "reference": resourceUsers and manager are {type, id} only
    bracketed_groups: bool = False  # names of groups among principals and archive readers are "[staff]"

    # IP address groups and time ranges.
    group_name_taken: Literal["join", "refuse"] = "join"  # an entry without groupId for a group that exists
    group_name_in_set: Literal["ignore", "rename", "move"] = "ignore"  # another groupName with no or the old groupId
    entry_twice: Literal["refuse", "allow"] = "refuse"  # the same type and values in one group
    entry_values: Literal["checked", "any"] = "checked"  # whether addresses, times and dates must be some
    unused_values: Literal["clear", "keep"] = "clear"  # members of a row that its type does not use
    group_in_use: Literal["refuse", "vanish", "dangle"] = "refuse"  # the last entry of a group that others refer to
    lockout: Literal["allow", "refuse"] = "allow"  # a change that validateSet or validateRemove warns of
    cut_off_code: int = 4000  # "dangerous operation", by the meaning that the vendor gives the code
    ip_prefix_type: bool = True  # 8.x knows no type IpPrefix
    ip_entry_set: Literal["strict", "merge"] = "strict"  # "strict": type with each value, all values with a new type
    network_address: Literal["keep", "mask"] = "keep"  # "mask": 10.1.2.3/255.0.0.0 is read as 10.0.0.0
    time_entry_set: Literal["whole", "merge"] = "whole"  # "whole": what details leave out becomes zero
    days_order: Literal["as_given", "week"] = "as_given"
