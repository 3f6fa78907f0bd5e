#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage automatic replies of mailbox.org.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: mailboxorg_vacation
short_description: Manage automatic replies of mailbox.org
description:
  - Switches the automatic reply of a mailbox on, changes it and switches
    it off.
  - Options that are left out stay as they are on the server. Any option about
    its contents switches it on.
  - A login with the address of a mailbox may change the reply of that one.
author:
  - postmaster.comms contributors (@postmaster-comms)
extends_documentation_fragment:
  - postmaster.comms.attributes
  - postmaster.comms.attributes.changes
  - postmaster.comms.mailboxorg
attributes:
  action_group:
    membership:
      - postmaster.comms.mailboxorg
      - postmaster.comms.all
options:
  mailbox:
    description:
      - Address of the mailbox that replies.
    type: str
    required: true
  active:
    description:
      - Whether there is an automatic reply. V(true) is meant where another
        option about it is given, and needs O(subject), O(start_date) and
        O(end_date) where there is none yet. V(false) deletes it with its
        words.
    type: bool
  subject:
    description:
      - Subject of the reply.
    type: str
  body:
    description:
      - Text of the reply. Space around it, such as empty lines at its end,
        means nothing.
    type: str
  start_date:
    description:
      - First day of the reply, for instance V(2031-12-24).
    type: str
  end_date:
    description:
      - Last day of the reply, for instance V(2031-12-31). mailbox.org knows
        no reply without an end. Once it has passed, remove the task or set
        O(active=false).
    type: str
  additional_mail_addresses:
    description:
      - All addresses besides that of the mailbox whose mail is replied to.
        An empty list removes all.
    type: list
    elements: str
seealso:
  - module: postmaster.comms.mailboxorg_account
  - module: postmaster.comms.mailboxorg_domain
  - module: postmaster.comms.mailboxorg_mailbox
  - module: postmaster.comms.mailboxorg_spam_protection
  - module: postmaster.comms.mailboxorg_blacklist
  - module: postmaster.comms.mailboxorg_mailing_list
  - module: postmaster.comms.mailboxorg_group
  - module: postmaster.comms.mailboxorg_config
  - module: postmaster.comms.mailboxorg_info
notes:
  - 'Not proven on a real server: whether an automatic reply is told before
    its first day and after its last; if not, each run sends it again.'
  - 'Not proven on a real server: which further addresses additional_mail_addresses
    may hold, and whether mailbox.org tells them.'
  - 'Not proven on a real server: the levels of logins that may read and set
    automatic replies.'
"""

EXAMPLES = r"""
---
- name: Switch the automatic reply of a mailbox on; dates in quotes, since YAML takes them for more than text
  postmaster.comms.mailboxorg_vacation:
    api_username: "{{ mailboxorg_username }}"
    api_password: "{{ vault_mailboxorg_password }}"
    mailbox: alice@example.com
    subject: Out of office
    body: |
      I am back on the 7th of January.

      Bob (bob@example.com) can help you until then.
    start_date: "2031-12-24"
    end_date: "2032-01-06"
  register: reply

# What several tasks share is given once, for a block or a play, by module_defaults of the group
# postmaster.comms.mailboxorg. Where an option is not given at all, the environment variables MAILBOXORG_USERNAME and
# MAILBOXORG_PASSWORD count, as in the following tasks.
- name: Use what the server holds now
  ansible.builtin.debug:
    msg: "Alice is away until {{ reply.vacation.end_date }}"

- name: Switch an automatic reply off, which deletes its text
  postmaster.comms.mailboxorg_vacation:
    mailbox: bob@example.com
    active: false

# While a reply is on, each option may be changed alone, for instance end_date or body. To reply to mail for no further
# address any more, give an empty list, additional_mail_addresses: [].
"""

RETURN = r"""
---
vacation:
  description:
    - The vacation as it is now, or as it will be in check mode.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    mailbox:
      description: Address of the mailbox that replies.
      returned: when the server tells it, or when it was sent
      type: str
    active:
      description: Whether there is an automatic reply.
      returned: when the server tells it, or when it was sent
      type: bool
    subject:
      description: Subject of the reply.
      returned: when the server tells it, or when it was sent
      type: str
    body:
      description: Text of the reply.
      returned: when the server tells it, or when it was sent
      type: str
    start_date:
      description: First day of the reply, for instance V(2031-12-24).
      returned: when the server tells it, or when it was sent
      type: str
    end_date:
      description: Last day of the reply, for instance V(2031-12-31).
      returned: when the server tells it, or when it was sent
      type: str
    additional_mail_addresses:
      description: All addresses besides that of the mailbox whose mail is
        replied to.
      returned: when the server tells it, or when it was sent
      type: list
      elements: str
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg import SYSTEM
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg.vacations import VACATION


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, VACATION))


if __name__ == "__main__":
    main()
