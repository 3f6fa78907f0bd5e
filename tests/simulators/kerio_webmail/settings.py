# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything of the client interface in which real servers may differ, or of which nobody knows how it behaves.

The switches that all Kerio servers have are in kerio_web/settings.py. Where the fact sheet (kerio_connect.md 4 and 9)
knows the behaviour there is no switch: `Filters.set` replaces the whole list, times look like 20250701T080000+0200.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tests.simulators.kerio_web.settings import KerioWebSettings


@dataclass
class KerioWebmailSettings(KerioWebSettings):
    """The defaults are the most plausible answers."""

    # Errors.
    missing_code: int = 1002
    password_refused_code: int = 4002

    # Sessions.
    login_names: Literal["either", "with_domain", "local_part"] = "either"  # a plain name is one of the primary domain
    token_cookie: bool = False  # login also sets TOKEN_CONNECT_WEBMAIL
    master_password: str = ""  # a password that opens every account; "": there is none
    minimum_password_length: int = 0
    may_change_password: bool = True  # canUserChangePassword
    ui_settings: Literal["object", "text"] = "object"  # how getSettings answers; setSettings takes both
    member_left_out: Literal["kept", "default"] = "kept"  # setUserInfo and setSpamSettings with a part of the members

    # Out of office.
    out_of_office_left_out: Literal["kept", "default"] = "kept"  # what becomes of members that a set leaves out
    unset_time: Literal["", "19700101T000000+0000"] = ""  # how a time reads that nobody ever set
    time_zone: Literal["as_sent", "utc", "server"] = "as_sent"  # the zone in which times are read
    server_utc_offset_minutes: int = 120
    time_precision: Literal["second", "minute", "day"] = "second"  # what is finer is cut off
    times_without_range: Literal["kept", "cleared"] = "kept"  # when isTimeRangeEnabled is false
    reversed_range_code: int = 0  # a range that ends before it begins; 0: accepted
    empty_text_code: int = 0  # switching on without a text; 0: accepted
    range_over: Literal["stays", "switched_off"] = "stays"  # isEnabled once the end of the range has passed
    text_form: Literal["as_sent", "crlf", "stripped"] = "as_sent"  # line ends of the text, and space around it
    out_of_office_moves_stamp: bool = False  # it is one of the generated rules: the filters' stamp changes, too

    # Filters.
    stale_stamp_code: int = 1000  # currentDataStamp is not the latest; 0: it is not looked at
    stamps: Literal["counter", "large"] = "counter"  # "large": any number below 2**53
    filter_ids: Literal["kept", "new", "position"] = "kept"  # after Filters.set: as before, all new, or the place
    unknown_filter_id: Literal["new", "refuse"] = "new"  # Filters.set with an id that the server does not know
    rule_member_left_out: Literal["default", "kept"] = "default"  # of a rule that the server knows
    is_incomplete: Literal["as_sent", "computed"] = "as_sent"  # "computed": no condition or no action
    rule_checks_code: int = -32602  # wrong number of parameters, comparator or header; 0: everything is kept
    condition_parameters: Literal["any", "one"] = "any"  # how many values a condition that compares may have
    duplicate_descriptions_code: int = 0  # two rules of the same description; 0: accepted
    missing_folder_code: int = 0  # FaFileInto names a folder that is not there; 0: accepted
    script_in_set: Literal["kept", "lost"] = "kept"  # the script of an incomplete rule that Filters.set sends back
    raw_rule_without_id: Literal["refuse", "append"] = "refuse"  # Filters.setById with an id that is not there
