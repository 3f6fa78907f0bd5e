#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Read a whole mailbox.org account as one document.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: mailboxorg_info
short_description: Read a whole mailbox.org account as one document
description:
  - Returns what an account holds as a document that M(postmaster.comms.mailboxorg_config)
    takes.
  - Given back unchanged, the document changes nothing. That is how what exists
    is adopted.
  - Passwords are never part of it, since servers do not return them.
author:
  - postmaster.comms contributors (@postmaster-comms)
extends_documentation_fragment:
  - postmaster.comms.attributes
  - postmaster.comms.attributes.info
  - postmaster.comms.mailboxorg
attributes:
  action_group:
    membership:
      - postmaster.comms.mailboxorg
      - postmaster.comms.all
options:
  resources:
    description:
      - Resources to read; all of them when left out.
    type: list
    elements: str
    choices:
      - accounts
      - domains
      - mailboxes
      - vacations
      - spam_protections
      - blacklists
      - mailing_lists
      - groups
  domains:
    description:
      - Names of the domains to read; all of them when left out.
    type: list
    elements: str
seealso:
  - module: postmaster.comms.mailboxorg_account
  - module: postmaster.comms.mailboxorg_domain
  - module: postmaster.comms.mailboxorg_mailbox
  - module: postmaster.comms.mailboxorg_vacation
  - module: postmaster.comms.mailboxorg_spam_protection
  - module: postmaster.comms.mailboxorg_blacklist
  - module: postmaster.comms.mailboxorg_mailing_list
  - module: postmaster.comms.mailboxorg_group
  - module: postmaster.comms.mailboxorg_config
"""

EXAMPLES = r"""
---
- name: Read everything that the login may see
  postmaster.comms.mailboxorg_info:
    api_username: "{{ mailboxorg_username }}"
    api_password: "{{ vault_mailboxorg_password }}"
  register: everything

# The environment (MAILBOXORG_USERNAME …) or module_defaults give the connection to the following tasks.
- name: Count the mailboxes of each plan
  ansible.builtin.debug:
    msg: "{{ item }}: {{ everything.config.mailboxes | selectattr('plan', 'equalto', item) | length }}"
  loop: [light, standard, premium]

- name: Read the mailboxes of one domain
  postmaster.comms.mailboxorg_info:
    resources: [mailboxes]
    domains: [example.com]
  register: site

- name: Adopt what is there by writing it into a file, to be kept under version control
  ansible.builtin.copy:
    content: "{{ site.config | to_nice_yaml }}"
    dest: "{{ playbook_dir }}/mailboxes.yml"
    mode: "0640"
  check_mode: false

- name: Apply the file; as long as nobody edits it, nothing changes
  postmaster.comms.mailboxorg_config:
    config: "{{ lookup('ansible.builtin.file', 'mailboxes.yml') | from_yaml }}"
"""

RETURN = r"""
---
config:
  description: The document, with one list for each resource, sorted by key.
    It holds every option of M(postmaster.comms.mailboxorg_config) entries
    that can be read.
  returned: success
  type: dict
  contains:
    accounts:
      description: The accounts.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(accounts)
    domains:
      description: The domains.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(domains)
    mailboxes:
      description: The mailboxes.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(mailboxes)
    vacations:
      description: The vacations.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(vacations)
    spam_protections:
      description: The spam protections.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(spam_protections)
    blacklists:
      description: The blacklists.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(blacklists)
    mailing_lists:
      description: The mailing lists.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(mailing_lists)
    groups:
      description: The groups.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(groups)
secrets:
  description: For each list of RV(config), the options that are secret. No
    server returns them, so they are missing there; they are needed only where
    an object has to be created anew.
  returned: success
  type: dict
  sample:
    users:
      - password
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
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_info import info_definition
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg import SYSTEM


def main() -> None:
    """Run the module."""
    run_module(info_definition(SYSTEM))


if __name__ == "__main__":
    main()
