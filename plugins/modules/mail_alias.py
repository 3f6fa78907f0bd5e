#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage aliases of an Email Management API or mailcow server.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: mail_alias
short_description: Manage aliases of an Email Management API or mailcow server
description:
  - Creates, changes and deletes aliases, either through the Email Management
    API or through mailcow's own API.
  - Options that are left out stay as they are on the server.
author:
  - postmaster.comms contributors (@postmaster-comms)
extends_documentation_fragment:
  - postmaster.comms.attributes
  - postmaster.comms.attributes.changes
  - postmaster.comms.mail
attributes:
  action_group:
    membership:
      - postmaster.comms.mail
      - postmaster.comms.all
options:
  state:
    description:
      - Whether the alias is to exist.
    type: str
    default: present
    choices:
      - present
      - absent
  address:
    description:
      - Address of the alias, or V(@example.com) to catch all mail to addresses
        of a domain that do not exist.
    type: str
    required: true
  goto:
    description:
      - All addresses that the alias delivers to.
    type: list
    elements: str
  action:
    description:
      - 'What happens to mail: V(deliver) to O(goto), V(discard), or V(learn_spam)
        and V(learn_ham), which train the spam filter. Implied to be V(deliver)
        when O(goto) is given.'
    type: str
    choices:
      - deliver
      - discard
      - learn_spam
      - learn_ham
  active:
    description:
      - Whether the alias is in use. A new object gets V(true) unless this
        is given.
    type: bool
  sogo_visible:
    description:
      - Whether the groupware offers the alias as a sender address. A new
        object gets V(true) unless this is given.
    type: bool
  internal:
    description:
      - Whether only local senders may write to the alias.
    type: bool
  sender_allowed:
    description:
      - Whether the target mailboxes may send as the alias. A new object gets
        V(true) unless this is given.
    type: bool
  public_comment:
    description:
      - Comment that users can see.
    type: str
  private_comment:
    description:
      - Comment that only administrators can see.
    type: str
seealso:
  - module: postmaster.comms.mail_domain
  - module: postmaster.comms.mail_mailbox
  - module: postmaster.comms.mail_sync_job
  - module: postmaster.comms.mail_config
  - module: postmaster.comms.mail_info
notes:
  - 'Not proven on a real server: names and types of what the Email Management
    API tells of an alias; mailcow''s and its own are read.'
"""

EXAMPLES = r"""
---
- name: Create an alias; the connection is given with the task
  postmaster.comms.mail_alias:
    api_url: "{{ mail_url }}"
    api_key: "{{ vault_mail_key }}"
    address: sales@example.com
    goto: [alice@example.com, bob@example.com]
    private_comment: Ticket 4711

# What several tasks share is given once: for a block as here, or for a play.
- name: Aliases of a mailcow server
  module_defaults:
    group/postmaster.comms.mail:
      api_url: "{{ mailcow_url }}"
      api_key: "{{ vault_mailcow_key }}"
      api_dialect: mailcow
  block:
    - name: Create an alias that only local senders may write to
      postmaster.comms.mail_alias:
        address: everybody@example.com
        goto: [alice@example.com, bob@example.com]
        internal: true

# Where options of the connection are not given at all, the environment variables MAIL_API_URL, MAIL_API_KEY,
# MAIL_API_DIALECT … count, as in the following tasks.
- name: Change the targets of an alias; the list is the whole list
  postmaster.comms.mail_alias:
    address: info@example.com
    goto: [bob@example.com, carol@partner.example.net]
  register: info

- name: Use what the server holds now
  ansible.builtin.debug:
    msg: "{{ info.alias.address }} leads to {{ info.alias.goto | join(' and ') }}"

- name: Throw mail away
  postmaster.comms.mail_alias:
    address: noreply@example.com
    action: discard
    public_comment: Nobody reads this

- name: Train the spam filter with what is forwarded to an address
  postmaster.comms.mail_alias:
    address: spam@example.com
    action: learn_spam

- name: Catch all mail to addresses that do not exist, and hide the alias in the groupware
  postmaster.comms.mail_alias:
    address: "@example.org"
    goto: [alice@example.com]
    sogo_visible: false

- name: Delete an alias
  postmaster.comms.mail_alias:
    address: former@example.com
    state: absent
"""

RETURN = r"""
---
alias:
  description:
    - The alias as it is now, or as it will be in check mode; null when it
      is absent.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    address:
      description: Address of the alias, or V(@example.com) to catch all mail
        to addresses of a domain that do not exist.
      returned: when the server tells it, or when it was sent
      type: str
    goto:
      description: All addresses that the alias delivers to.
      returned: when the server tells it, or when it was sent
      type: list
      elements: str
    action:
      description: 'What happens to mail: V(deliver) to O(goto), V(discard),
        or V(learn_spam) and V(learn_ham), which train the spam filter.'
      returned: when the server tells it, or when it was sent
      type: str
    active:
      description: Whether the alias is in use.
      returned: when the server tells it, or when it was sent
      type: bool
    sogo_visible:
      description: Whether the groupware offers the alias as a sender address.
      returned: when the server tells it, or when it was sent
      type: bool
    internal:
      description: Whether only local senders may write to the alias.
      returned: when the server tells it, or when it was sent
      type: bool
    sender_allowed:
      description: Whether the target mailboxes may send as the alias.
      returned: when the server tells it, or when it was sent
      type: bool
    public_comment:
      description: Comment that users can see.
      returned: when the server tells it, or when it was sent
      type: str
    private_comment:
      description: Comment that only administrators can see.
      returned: when the server tells it, or when it was sent
      type: str
    id:
      description: Number that the server gave to the alias.
      returned: when the server tells it, or when it was sent
      type: int
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mail import SYSTEM
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mail.aliases import ALIAS


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, ALIAS))


if __name__ == "__main__":
    main()
