#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage domains of mailbox.org.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: mailboxorg_domain
short_description: Manage domains of mailbox.org
description:
  - Adds domains to an account of mailbox.org, changes and removes them.
  - Before it adds a domain, mailbox.org looks for a TXT record that proves
    whose the domain is.
  - While it is missing the task fails, returns or waits, see O(when_unverified),
    and RV(dns_record) holds it.
  - 'Check mode predicts a new domain as changed: only trying tells whether
    its record is in place.'
  - A domain that still has mailboxes is not removed.
  - Options that are left out stay as they are on the server.
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
      - Whether the domain is to exist.
    type: str
    default: present
    choices:
      - present
      - absent
  name:
    description:
      - Name of the domain.
    type: str
    required: true
  account:
    description:
      - Name of the account that the domain belongs to.
    type: str
    required: true
  password:
    description:
      - Password for logins with the name of the domain. The server never
        returns it, so it is sent at creation only, unless O(update_password=always).
        Required to create the object.
    type: str
  memo:
    description:
      - Free text about the domain.
    type: str
  context_id:
    description:
      - Number of the context, in which mailboxes share address books, calendars
        and files. Changing it destroys what the mailboxes of the domain have
        of these, see O(allow_groupware_loss); their mail stays. A new domain
        without one gets a context that mailbox.org chooses. Changing it needs
        a login of level C(account) or above.
    type: str
  create_new_context:
    description:
      - Whether a new domain gets a new context. Taken at creation only.
    type: bool
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
  when_unverified:
    description:
      - 'What to do while the record that proves the ownership is missing:
        V(fail) with the record at hand, return it with V(pending), or V(wait)
        until mailbox.org sees it, for O(wait_timeout) seconds at most. A
        record stays valid once it is set, so a later run can go on.'
    type: str
    default: fail
    choices:
      - fail
      - pending
      - wait
  wait_timeout:
    description:
      - Seconds to wait for the record with O(when_unverified=wait). It can
        take hours until DNS shows it.
    type: int
    default: 600
  allow_groupware_loss:
    description:
      - Consent to the loss of calendars, address books and files that comes
        with another context.
    type: bool
    default: false
seealso:
  - module: postmaster.comms.mailboxorg_account
  - module: postmaster.comms.mailboxorg_mailbox
  - module: postmaster.comms.mailboxorg_vacation
  - module: postmaster.comms.mailboxorg_spam_protection
  - module: postmaster.comms.mailboxorg_blacklist
  - module: postmaster.comms.mailboxorg_mailing_list
  - module: postmaster.comms.mailboxorg_group
  - module: postmaster.comms.mailboxorg_config
  - module: postmaster.comms.mailboxorg_info
notes:
  - 'Not proven on a real server: how long the record that proves the ownership
    of a domain has to stay.'
"""

EXAMPLES = r"""
---
- name: Add a domain; until DNS proves whose it is, it stays pending. The connection is given with the task
  postmaster.comms.mailboxorg_domain:
    api_username: "{{ mailboxorg_username }}"
    api_password: "{{ vault_mailboxorg_password }}"
    name: branch.example.com
    account: example
    password: "{{ vault_branch_password }}"
    memo: Branch office
    when_unverified: pending
  register: branch

- name: Show what to publish, as long as it is missing; a module for DNS takes the same values
  ansible.builtin.debug:
    msg: "{{ branch.dns_record.name }} {{ branch.dns_record.type }} {{ branch.dns_record.value }}"
  when: branch.dns_record is defined

# The environment (MAILBOXORG_USERNAME …) or module_defaults give the connection to the following tasks:
#
#   module_defaults:
#     group/postmaster.comms.mailboxorg:
#       api_username: "{{ mailboxorg_username }}"
#       api_password: "{{ vault_mailboxorg_password }}"

- name: Add a domain whose record was published a moment ago, and wait until mailbox.org sees it, an hour at most
  postmaster.comms.mailboxorg_domain:
    name: shop.example.com
    account: example
    password: "{{ vault_shop_password }}"
    create_new_context: true
    when_unverified: wait
    wait_timeout: 3600

- name: Change the note of a domain; everything else stays as it is
  postmaster.comms.mailboxorg_domain:
    name: example.com
    account: example
    memo: Head office, first floor

- name: Set a new password; it is sent in every run, since mailbox.org does not tell the one that it has
  postmaster.comms.mailboxorg_domain:
    name: example.com
    account: example
    password: "{{ vault_domain_password }}"
    update_password: always

- name: Remove a domain, which must not have mailboxes any more
  postmaster.comms.mailboxorg_domain:
    name: former.example.com
    account: example
    state: absent
"""

RETURN = r"""
---
domain:
  description:
    - The domain as it is now, or as it will be in check mode; null when it
      is absent.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    name:
      description: Name of the domain.
      returned: when the server tells it, or when it was sent
      type: str
    account:
      description: Name of the account that the domain belongs to.
      returned: when the server tells it, or when it was sent
      type: str
    memo:
      description: Free text about the domain.
      returned: when the server tells it, or when it was sent
      type: str
    context_id:
      description: Number of the context, in which mailboxes share address
        books, calendars and files.
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
dns_record:
  description: The record that the server looks for, ready for a module that
    manages a DNS zone. In the results of a whole document, it stands with
    the domain.
  returned: when the record is missing
  type: dict
  contains:
    name:
      description: Full name of the record, without a dot at its end.
      type: str
      returned: always
    type:
      description: V(TXT).
      type: str
      returned: always
    value:
      description: Text of the record.
      type: str
      returned: always
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg.domains import DOMAIN


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, DOMAIN))


if __name__ == "__main__":
    main()
