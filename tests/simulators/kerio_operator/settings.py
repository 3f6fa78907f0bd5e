# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything in which real Kerio Operator servers differ, or of which nobody knows how they behave.

The vendor published no reference; the fact sheet (kerio_operator.md 0.3) says what is unknown, and each unknown is a
switch here. The defaults are the most plausible answers. The switches that all Kerio servers have are in
kerio_web/settings.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tests.simulators.kerio_web.settings import KerioWebSettings

Reply = Literal["errors", "empty", "null", "true", "result"]


@dataclass
class KerioOperatorSettings(KerioWebSettings):
    # Version.getApiVersion: a byte for each part, here 2.5.2.
    api_version: int = 0x02050200
    licensed_users: int = 20  # enabled accounts; three times as many extensions (fact sheet 3.1)

    # Errors.
    error_codes: Literal["sibling", "generic"] = "sibling"  # "generic": every refusal is code 1000 with a text
    create_errors: Literal["top_level", "per_item"] = "top_level"  # where create says that it failed

    # Sessions.
    login_case_sensitive: bool = False
    methods_tied_to_interface: bool = False  # phone methods on the phone interface only, all others not there

    # Form of what is read.
    extension_rows: Literal["seen", "full"] = "seen"  # "full": all that is not secret
    user_rows: Literal["seen", "full"] = "seen"
    secrets_in_rows: bool = False  # SIP, user and AMI passwords and the PIN
    ids: Literal["number", "text"] = "number"
    booleans: Literal["mixed", "numbers", "json"] = "mixed"  # "numbers": 0 and 1 everywhere; "json": never
    no_extensions: Literal["list", "null"] = "list"  # EXTENSIONS of a user who has none
    list_keys: Literal["named", "list"] = "named"  # of ringing groups, conferences, queues, scripts and services

    # Queries.
    default_combining: Literal["Or", "And"] = "Or"
    unknown_condition: Literal["ignore", "refuse", "nothing"] = "ignore"
    number_order: Literal["text", "number"] = "text"  # how telephone numbers are sorted

    # Form of requests and replies.
    next_number_reply: Literal["telNum", "number", "nested", "extension", "nextValidNumber", "bare", "bare_number"] = (
        "telNum"
    )
    create_reply: Literal["inner", "flat", "group_only"] = "inner"
    set_reply: Reply = "errors"
    remove_reply: Reply = "errors"
    remove_params: Literal["guids", "guid", "ids"] = "guids"
    user_create_reply: Literal["result_id", "id", "GUID", "guid", "userGuid", "empty"] = "result_id"
    users_set_params: Literal["guids", "guid"] = "guids"
    users_remove_params: Literal["guids", "guid", "ids"] = "guids"

    # Writing.
    other_fields: Literal["accept", "refuse", "ignore"] = "accept"  # fields of the extension on a line's id, or reverse
    unknown_member: Literal["ignore", "refuse"] = "ignore"
    unique_sip_usernames: bool = True
    users_set: Literal["partial", "whole"] = "partial"  # "whole": what is left out goes back to its default
    extension_entries: Literal["merge", "replace"] = "merge"  # what is left out of an entry in a user's EXTENSIONS
    entry_by_number: Literal["resolve", "refuse", "ignore"] = "resolve"  # an entry with TEL_NUM and without GUID
    assigned_extension: Literal["move", "refuse"] = "move"  # what a user is given and somebody else has
    own_account: Literal["refuse", "allow"] = "refuse"  # removing the account that is in use
    password_policy: bool = False  # passwords of users need a digit and a special character
