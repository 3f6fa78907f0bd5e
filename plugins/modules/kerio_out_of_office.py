#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage the out-of-office reply of a Kerio Connect user.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: kerio_out_of_office
short_description: Manage the out-of-office reply of a Kerio Connect user
description:
  - Switches the automatic reply of the user who logs in on and off, with
    its text and the time in which it applies.
  - There is one reply for each user, so nothing names it. Log in as the user;
    an administrator cannot do this for others.
  - Options that are left out stay as they are on the server.
author:
  - postmaster.comms contributors (@postmaster-comms)
extends_documentation_fragment:
  - postmaster.comms.attributes
  - postmaster.comms.attributes.changes
  - postmaster.comms.kerio_webmail
attributes:
  action_group:
    membership:
      - postmaster.comms.kerio_webmail
      - postmaster.comms.all
options:
  enabled:
    description:
      - Whether the reply is sent.
    type: bool
  text:
    description:
      - Text of the reply. Blanks and empty lines around it do not count.
        An empty text clears it.
    type: str
  start:
    description:
      - When the reply begins to be sent, as a date with a time and its offset
        from UTC, for instance V(2026-07-01T08:00:00+02:00). Quote it, since
        YAML reads it as a date otherwise. An empty text takes the range away,
        with both its ends.
    type: str
  end:
    description:
      - When the reply ends to be sent, as a date with a time and its offset
        from UTC, for instance V(2026-07-01T08:00:00+02:00). Quote it, since
        YAML reads it as a date otherwise. An empty text takes the range away,
        with both its ends.
    type: str
seealso:
  - module: postmaster.comms.kerio_filter
  - module: postmaster.comms.kerio_webmail_config
  - module: postmaster.comms.kerio_webmail_info
notes:
  - 'Not proven on a real server: whether the server keeps times to the second,
    and in which time zone it returns them. They are compared as moments.'
  - 'Not proven on a real server: whether the server refuses a range that
    is over already, or switches the reply off when its range ends.'
"""

EXAMPLES = r"""
---
# Each task logs in as the user whose reply it is.
- name: Reply to everybody
  postmaster.comms.kerio_out_of_office:
    api_url: "{{ kerio_webmail_url }}"
    api_username: "{{ kerio_webmail_username }}"
    api_password: "{{ vault_kerio_webmail_password }}"
    enabled: true
    text: |
      I am away until the 17th of August and read no mail.

      Bob (bob@example.com) can help you.

# Where options of the connection are not given, the environment variables KERIO_WEBMAIL_URL, KERIO_WEBMAIL_USERNAME,
# KERIO_WEBMAIL_PASSWORD … count, as in the following tasks.
- name: Reply for two weeks only; times in quotes, since YAML takes them for dates otherwise
  postmaster.comms.kerio_out_of_office:
    start: "2026-08-03T00:00:00+02:00"
    end: "2026-08-17T08:00:00+02:00"
  register: away

- name: Show what the server holds now
  ansible.builtin.debug:
    msg: "Sent from {{ away.out_of_office.start }} to {{ away.out_of_office.end }}"

# To reply without an end, clear the range with start: "". To stop replying, set enabled to false; text and range are
# kept for the next time.
"""

RETURN = r"""
---
out_of_office:
  description:
    - The out of office as it is now, or as it will be in check mode.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    enabled:
      description: Whether the reply is sent.
      returned: when the server tells it, or when it was sent
      type: bool
    text:
      description: Text of the reply.
      returned: when the server tells it, or when it was sent
      type: str
    start:
      description: When the reply begins to be sent, as a date with a time
        and its offset from UTC, for instance V(2026-07-01T08:00:00+02:00).
      returned: when the server tells it, or when it was sent
      type: str
    end:
      description: When the reply ends to be sent, as a date with a time and
        its offset from UTC, for instance V(2026-07-01T08:00:00+02:00).
      returned: when the server tells it, or when it was sent
      type: str
changes:
  description: Names of the options whose values change. Empty for a deletion.
  returned: success
  type: list
  elements: str
unverified:
  description: Options that cannot be compared with the server, since it does
    not return them, passwords that were sent among them.
  returned: success
  type: list
  elements: str
pending:
  description: The server has not finished yet, or wants something done elsewhere
    first.
  returned: when that is so
  type: bool
assumed:
  description: Objects that do not exist and that check mode takes as coming
    from an earlier task.
  returned: in check mode, when there are any
  type: list
  elements: str
failure:
  description: The failure as data.
  returned: failure
  type: dict
  contains:
    system:
      description: The system.
      type: str
      returned: always
    method:
      description: The call that failed, if it was one.
      type: str
      returned: always
    code:
      description: What the server gave as a code.
      type: raw
      returned: always
    message:
      description: The reason.
      type: str
      returned: always
    object:
      description: Kind and name of the object.
      type: str
      returned: always
    retryable:
      description: Whether trying again can help.
      type: bool
      returned: always
api:
  description: 'What the run cost: calls, the writes and logins among them,
    pages of lists, and a line for each call without secrets. Items of a loop
    share a session, whose end is not among them.'
  returned: with a verbosity of 3 or more
  type: dict
"""

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.module import run_module
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_object import object_definition
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_webmail import SYSTEM
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_webmail.out_of_office_replies import (
    OUT_OF_OFFICE,
)


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, OUT_OF_OFFICE))


if __name__ == "__main__":
    main()
