#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage blacklists of mailboxes of mailbox.org.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: mailboxorg_blacklist
short_description: Manage blacklists of mailboxes of mailbox.org
description:
  - Sets the senders whose mail a mailbox refuses, or adds to them.
  - A login with the address of a mailbox may change the list of that one.
  - The documentation of mailbox.org does not name C(reseller) among the levels
    that may do so.
  - M(postmaster.comms.mailboxorg_info) leaves out mailboxes whose lists the
    login may not see.
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
      - Address of the mailbox that refuses the mail.
    type: str
    required: true
  addresses:
    description:
      - All addresses whose mail is refused. An empty list removes all. With
        O(append=true), addresses to add.
    type: list
    elements: str
  append:
    description:
      - Whether a list is added to what the server has, instead of replacing
        it.
    type: bool
    default: false
seealso:
  - module: postmaster.comms.mailboxorg_account
  - module: postmaster.comms.mailboxorg_domain
  - module: postmaster.comms.mailboxorg_mailbox
  - module: postmaster.comms.mailboxorg_vacation
  - module: postmaster.comms.mailboxorg_spam_protection
  - module: postmaster.comms.mailboxorg_mailing_list
  - module: postmaster.comms.mailboxorg_group
  - module: postmaster.comms.mailboxorg_config
  - module: postmaster.comms.mailboxorg_info
notes:
  - 'Not proven on a real server: whether a mailbox needs the capability blacklist
    before its list can be read and changed.'
  - 'Not proven on a real server: whether entries may be anything but addresses,
    such as whole domains.'
"""

EXAMPLES = r"""
---
- name: Refuse the mail of these senders, and of nobody else
  postmaster.comms.mailboxorg_blacklist:
    api_username: "{{ mailboxorg_username }}"
    api_password: "{{ vault_mailboxorg_password }}"
    mailbox: alice@example.com
    addresses:
      - offers@spam.example.net
      - news@spam.example.net

# What several tasks share is given once, for a block or a play, by module_defaults of the group
# postmaster.comms.mailboxorg. Where an option is not given at all, the environment variables MAILBOXORG_USERNAME and
# MAILBOXORG_PASSWORD count, as in the following tasks.
- name: Refuse another sender; those that the user has added stay
  postmaster.comms.mailboxorg_blacklist:
    mailbox: bob@example.com
    addresses: [offers@spam.example.net]
    append: true
  register: refused

- name: Use what the server holds now
  ansible.builtin.debug:
    msg: "Bob refuses {{ refused.blacklist.addresses | length }} senders"

# To refuse nobody any more, give an empty list, addresses: [], without append.
"""

RETURN = r"""
---
blacklist:
  description:
    - The blacklist as it is now, or as it will be in check mode.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    mailbox:
      description: Address of the mailbox that refuses the mail.
      returned: when the server tells it, or when it was sent
      type: str
    addresses:
      description: All addresses whose mail is refused.
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg.blacklists import BLACKLIST


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, BLACKLIST))


if __name__ == "__main__":
    main()
