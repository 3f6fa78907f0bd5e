#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage groups of mailboxes of mailbox.org.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: mailboxorg_group
short_description: Manage groups of mailboxes of mailbox.org
description:
  - Creates, changes and deletes the groups of an account, and who is in them.
  - Options that are left out stay as they are on the server.
  - Groups need a login of level C(account) or above.
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
  state:
    description:
      - Whether the group is to exist.
    type: str
    default: present
    choices:
      - present
      - absent
  name:
    description:
      - Name of the group.
    type: str
    required: true
  account:
    description:
      - Name of the account that the group belongs to.
    type: str
    required: true
  display_name:
    description:
      - Name of the group as people see it. Required to create the object.
    type: str
  members:
    description:
      - Addresses of all mailboxes in the group. An empty list removes all.
        With O(append=true), those to add. Whether addresses in domains of
        others may be members is for the server to say. A new object gets
        an empty list unless this is given.
    type: list
    elements: str
  append:
    description:
      - Whether a list is added to what the server has, instead of replacing
        it.
    type: bool
    default: false
  update_unreadable:
    description:
      - 'When to send options that the server does not tell: V(on_create)
        sends them for a new object, and along with another change; V(always)
        sends them in every run, which reports a change each time. Either
        way they are listed as RV(unverified).'
    type: str
    default: on_create
    choices:
      - on_create
      - always
seealso:
  - module: postmaster.comms.mailboxorg_account
  - module: postmaster.comms.mailboxorg_domain
  - module: postmaster.comms.mailboxorg_mailbox
  - module: postmaster.comms.mailboxorg_vacation
  - module: postmaster.comms.mailboxorg_spam_protection
  - module: postmaster.comms.mailboxorg_blacklist
  - module: postmaster.comms.mailboxorg_mailing_list
  - module: postmaster.comms.mailboxorg_config
  - module: postmaster.comms.mailboxorg_info
notes:
  - 'Not proven on a real server: the form in which mailbox.org tells groups
    and who is in them.'
  - 'Not proven on a real server: that names of groups are unique in their
    account, and cannot be changed.'
  - 'Not proven on a real server: that members are named by the addresses
    of mailboxes, and cannot be anything else.'
  - 'Not proven on a real server: what is lost with a group, such as what
    was shared with it.'
  - 'Not proven on a real server: the levels of logins that may manage groups.'
"""

EXAMPLES = r"""
---
- name: Create a group with exactly these mailboxes
  postmaster.comms.mailboxorg_group:
    api_username: "{{ mailboxorg_username }}"
    api_password: "{{ vault_mailboxorg_password }}"
    name: sales
    account: example
    display_name: Sales team
    members:
      - alice@example.com
      - bob@example.com

# What several tasks share is given once, for a block or a play, by module_defaults of the group
# postmaster.comms.mailboxorg. Where an option is not given at all, the environment variables MAILBOXORG_USERNAME and
# MAILBOXORG_PASSWORD count, as in the following tasks.
- name: Change the name that people see, and add a mailbox; everything else stays, and so do those who are in it
  postmaster.comms.mailboxorg_group:
    name: support
    account: example
    display_name: Support desk
    members: [alice@example.com]
    append: true
  register: support

- name: Use what the server holds now
  ansible.builtin.debug:
    msg: "In the group are {{ support.group.members | join(', ') }}"

- name: A group that is empty, with an empty list
  postmaster.comms.mailboxorg_group:
    name: reserve
    account: example
    display_name: Reserve
    members: []

- name: Delete a group
  postmaster.comms.mailboxorg_group:
    name: former
    account: example
    state: absent
"""

RETURN = r"""
---
group:
  description:
    - The group as it is now, or as it will be in check mode; null when it
      is absent.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    name:
      description: Name of the group.
      returned: when the server tells it, or when it was sent
      type: str
    account:
      description: Name of the account that the group belongs to.
      returned: when the server tells it, or when it was sent
      type: str
    display_name:
      description: Name of the group as people see it.
      returned: when the server tells it, or when it was sent
      type: str
    members:
      description: Addresses of all mailboxes in the group.
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg.groups import GROUP


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, GROUP))


if __name__ == "__main__":
    main()
