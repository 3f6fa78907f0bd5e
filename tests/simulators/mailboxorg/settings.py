# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything in which the real service changed over the years, or in which nobody knows how it behaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DateFormat = Literal["as_given", "iso", "german", "datetime", "epoch"]


@dataclass
class MailboxOrgSettings:
    """The defaults are what was seen at the real service, else what the fact sheet (mailboxorg.md) finds plausible."""

    # Envelope.
    error_http_status: int = 200  # of a reply that is one error
    null_members: bool = False  # replies hold both "result" and "error", the one that does not apply is null
    message_language: Literal["en", "de"] = "en"  # of the three messages that are known
    extra_members: bool = False  # objects hold members that no documentation knows
    notifications: Literal["silent", "answer"] = "silent"  # a call without id: an empty body, or an answer with id null
    batch: Literal["same", "reversed", "unsupported"] = "same"  # order of the answers; unsupported: a single error
    batch_limit: int = 0  # more calls than this are refused with a single error; 0: no limit

    # Sessions and levels.
    session_seconds: float = 1200  # idle time after which a session is gone
    missing_header_code: int = 2  # a method that needs a session, without the header
    wrong_level_code: int = 2  # a method, or a parameter, above the level of the login
    foreign_code: int = 2  # an object of somebody else; errors.FOREIGN is the private alternative
    enforce_levels: bool = True  # False: every login may do everything within its own account
    account_sets_itself: bool = True  # False, as in 2022: account.set needs the level reseller
    anonymous: Literal["practice", "docs"] = "practice"  # without login: hello.world, or all that the docs leave open

    # Parameters.
    unknown_parameters: Literal["refuse", "ignore"] = "refuse"
    misplaced_parameters: Literal["refuse", "ignore"] = "refuse"  # mail.set's own ones in mail.add, and the reverse
    check_types: bool = True  # False: numbers for text, 0 and 1 for booleans are taken as well
    fold_case: bool = True  # names of domains and mailboxes are put to lower case
    password_policy: bool = False  # mailbox passwords: 8 characters, lower and upper case, a digit, something else

    # Reading.
    booleans: Literal["bool", "int", "text"] = "bool"
    quotas: Literal["int", "text"] = "int"
    empty_maps: Literal["list", "object"] = "list"  # an empty map comes as [], as PHP does it
    empty_text: Literal["text", "null", "missing"] = "text"  # what an empty text member of a mailbox comes as
    plan_case: Literal["lower", "capital"] = "lower"  # of a mailbox's plan when read
    allow_nets: Literal["list", "text"] = "list"
    birthday: DateFormat = "as_given"
    deletion_date: DateFormat = "as_given"
    creation_date: DateFormat = "datetime"
    show_create_only: bool = False  # mailboxes show catchall and create_own_context
    stale_seconds: float = 0  # reads show the state before a write for so long on the simulator's clock …
    stale_reads: int = 0  # … and for that many reads

    # Accounts.
    account_memo_clears: bool = False  # an empty memo clears it; the real service was seen to keep the old one
    account_list: Literal["names", "objects"] = "names"  # what account.list holds unless extended_results is asked for

    # Domains and contexts.
    domain_context_id: Literal["text", "int", "absent"] = "text"  # in domain.get
    domain_list: Literal["short", "full"] = "short"  # "short": name and number of mailboxes only
    default_context: Literal["first", "new"] = "first"  # of a domain added without one
    ownership_host: Literal["bare", "full"] = "bare"  # host in the data of error 218
    dns_misses: int = 0  # so many checks do not see a domain's record yet, though it is published
    delete_list: bool = True  # a deleted address is refused until it is taken off the list, or with recover
    deletelist_form: Literal["objects", "names"] = "objects"

    # Mailboxes.
    mail_list_paging: bool = True  # False, as in 2022: page, sort and details are unknown parameters
    mail_list_members: Literal["known", "full"] = "known"  # what details=false leaves
    unreachable_mailboxes: Literal["refuse", "accept"] = "refuse"  # neither kept nor forwarded
    quota_without_plan: Literal["refuse", "accept"] = "refuse"  # an additional quota in mail.set
    light_downgrade: Literal["accept", "refuse"] = "accept"
    legacy_plans: bool = False  # mail.set also takes the plan names of 2022
    address_collisions: Literal["refuse", "allow"] = "refuse"  # an alias that is a mailbox or another one's alias
    default_language: str = "de_DE"

    # Capabilities and what depends on them.
    capabilities: Literal["list", "map"] = "map"  # "list": until the autumn of 2026
    capabilities_get: Literal["plain", "wrapped"] = "plain"  # the map itself, or {"capabilities": the map}
    capabilities_seconds: float = 0  # the map form takes effect later on the simulator's clock …
    capabilities_reads: int = 0  # … and after that many reads
    features_need_capability: bool = False  # mail.spamprotect and mail.blacklist

    # Absence replies.
    vacation_active: Literal["while_set", "until_end", "within_range"] = "while_set"  # when vacation.get shows one
    vacation_left_out: Literal["cleared", "kept"] = "cleared"  # body and further addresses that a set does not name
    vacation_body: Literal["optional", "required"] = "optional"  # clients of 2025 always sent it
    vacation_text: Literal["as_given", "crlf", "stripped"] = "as_given"  # line ends of the body, and space around it
    vacation_dates: DateFormat = "as_given"
    vacation_addresses: Literal["list", "text", "absent"] = "list"  # the further addresses; "text": with commas
    vacation_reversed: Literal["accept", "refuse"] = "accept"  # an end before the start

    # Spam protection and blacklist.
    spam_level: Literal["as_given", "number", "one_decimal"] = "as_given"  # tag2level when read: text but for "number"
    spam_folder_with_reject: Literal["kept", "cleared"] = "kept"  # route_to when killevel is reject
    blacklist_repeats: Literal["ignore", "refuse"] = "ignore"  # adding what is there, deleting what is not
    blacklist_case: Literal["kept", "lower"] = "kept"
    blacklist_order: Literal["added", "sorted"] = "added"
    blacklist_form: Literal["list", "map"] = "list"  # PHP makes a map of a list from which something was taken out

    # Mailing lists.
    mailinglist_list: Literal["objects", "names", "map"] = "objects"  # "map": objects by name
    mailinglist_get: Literal["object", "list"] = "object"  # "list": a list with that one object
    mailinglist_name_member: Literal["mailinglist", "name", "mail", "address"] = "mailinglist"
    mailinglist_adminmail: Literal["shown", "absent", "empty_absent"] = "shown"
    mailinglist_password: Literal["hidden", "shown"] = "hidden"
    mailinglist_left_out: Literal["kept", "cleared"] = "kept"  # adminmail that a set does not name
    mailinglist_adminmail_cleared: Literal["taken", "refused", "ignored"] = "taken"  # a set to ""
    mailinglist_names: Literal["address", "any"] = "address"  # "any": also text that is no address in a domain

    # Groups.
    group_list: Literal["objects", "names", "map"] = "objects"  # "names": by id; "map": objects by id
    group_list_members: bool = True  # group.list shows members, and not only group.get
    group_get: Literal["object", "list"] = "object"
    group_id: Literal["int", "text"] = "int"  # when read
    group_id_member: Literal["group_id", "id"] = "group_id"
    group_members_member: Literal["mail_addresses", "members", "mails"] = "mail_addresses"
    group_members: Literal["list", "objects", "map", "text"] = "list"  # text items; {mail}; mail by uid; with commas
    group_outsiders: Literal["refuse", "accept"] = "refuse"  # members that are no mailboxes of the account
    group_repeats: Literal["ignore", "refuse"] = "ignore"  # adding a member that is there, removing one that is not
    group_empty: Literal["accept", "refuse"] = "accept"  # a group without members

    # Smaller things.
    apppassword_add: Literal["text", "object"] = "text"
