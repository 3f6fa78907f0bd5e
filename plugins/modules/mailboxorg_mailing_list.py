#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage mailing lists of mailbox.org.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: mailboxorg_mailing_list
short_description: Manage mailing lists of mailbox.org
description:
  - Creates, changes and deletes the mailing lists of an account.
  - Who is on a list is managed on its own pages; the API of mailbox.org neither
    tells nor changes that.
  - Options that are left out stay as they are on the server.
  - Mailing lists need a login of level C(account) or above.
  - The documentation of mailbox.org does not name C(reseller) among the levels
    that may manage them.
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
      - Whether the mailing list is to exist.
    type: str
    default: present
    choices:
      - present
      - absent
  address:
    description:
      - Address of the mailing list.
    type: str
    required: true
  password:
    description:
      - Password of those who run the list. The server never returns it, so
        it is sent at creation only, unless O(update_password=always). Required
        to create the object.
    type: str
  admin_mail:
    description:
      - Address of who runs the list; an empty text for none. Whether the
        server tells it is not proven; see O(update_unreadable).
    type: str
    aliases:
      - adminmail
  update_password:
    description:
      - When to send the password. V(on_create) sends it for a new object
        only, V(always) in every run, which reports a change each time, since
        the server never returns the password to compare it with.
    type: str
    default: on_create
    choices:
      - on_create
      - always
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
  allow_mail_loss:
    description:
      - Consent to the loss of who is on the list, which nothing brings back,
        and of its archive, without which it is not deleted.
    type: bool
    default: false
seealso:
  - module: postmaster.comms.mailboxorg_account
  - module: postmaster.comms.mailboxorg_domain
  - module: postmaster.comms.mailboxorg_mailbox
  - module: postmaster.comms.mailboxorg_vacation
  - module: postmaster.comms.mailboxorg_spam_protection
  - module: postmaster.comms.mailboxorg_blacklist
  - module: postmaster.comms.mailboxorg_group
  - module: postmaster.comms.mailboxorg_config
  - module: postmaster.comms.mailboxorg_info
notes:
  - 'Not proven on a real server: that the name of a mailing list is an address
    in one of the domains of its account.'
  - 'Not proven on a real server: the form in which mailbox.org tells mailing
    lists, and whether it tells admin_mail.'
  - 'Not proven on a real server: whether an empty admin_mail removes the
    address.'
  - 'Not proven on a real server: whether max_mailinglist of the account is
    what limits the number of mailing lists.'
"""

EXAMPLES = r"""
---
- name: Create a mailing list; who is on it is managed on its own pages
  postmaster.comms.mailboxorg_mailing_list:
    api_username: "{{ mailboxorg_username }}"
    api_password: "{{ vault_mailboxorg_password }}"
    address: branch@example.com
    password: "{{ vault_branch_password }}"
    admin_mail: alice@example.com

# What several tasks share is given once, for a block or a play, by module_defaults of the group
# postmaster.comms.mailboxorg. Where an option is not given at all, the environment variables MAILBOXORG_USERNAME and
# MAILBOXORG_PASSWORD count, as in the following tasks.
- name: Create another mailing list, which nobody is named to run; an empty text clears the address
  postmaster.comms.mailboxorg_mailing_list:
    address: shop@example.com
    password: "{{ vault_shop_password }}"
    admin_mail: ""

- name: Delete a mailing list with all who are on it, which needs consent
  postmaster.comms.mailboxorg_mailing_list:
    address: former@example.com
    state: absent
    allow_mail_loss: true

# The password is sent to new lists only. To set another one, give it with update_password: always, which reports a
# change each time, since mailbox.org does not tell the one that it has.
"""

RETURN = r"""
---
mailing_list:
  description:
    - The mailing list as it is now, or as it will be in check mode; null
      when it is absent.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    address:
      description: Address of the mailing list.
      returned: when the server tells it, or when it was sent
      type: str
    admin_mail:
      description: Address of who runs the list; an empty text for none.
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg import SYSTEM
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg.mailing_lists import MAILING_LIST


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, MAILING_LIST))


if __name__ == "__main__":
    main()
