#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Read a whole Email Management API server as one document.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: mail_info
short_description: Read a whole Email Management API server as one document
description:
  - Returns what a server holds as a document that M(postmaster.comms.mail_config)
    takes.
  - Given back unchanged, the document changes nothing. That is how what exists
    is adopted.
  - Passwords are never part of it, since servers do not return them.
author:
  - postmaster.comms contributors (@postmaster-comms)
extends_documentation_fragment:
  - postmaster.comms.attributes
  - postmaster.comms.attributes.info
  - postmaster.comms.mail
attributes:
  action_group:
    membership:
      - postmaster.comms.mail
      - postmaster.comms.all
options:
  resources:
    description:
      - Resources to read; all of them when left out.
    type: list
    elements: str
    choices:
      - domains
      - mailboxes
      - aliases
      - sync_jobs
  domains:
    description:
      - Names of the domains to read; all of them when left out.
    type: list
    elements: str
seealso:
  - module: postmaster.comms.mail_domain
  - module: postmaster.comms.mail_mailbox
  - module: postmaster.comms.mail_alias
  - module: postmaster.comms.mail_sync_job
  - module: postmaster.comms.mail_config
"""

EXAMPLES = r"""
---
- name: Read everything that the collection knows of a server
  postmaster.comms.mail_info:
    api_url: "{{ mail_url }}"
    api_key: "{{ vault_mail_key }}"
  register: server

# The environment (MAIL_API_URL …) or module_defaults give the connection to the following tasks.
- name: Who may not log in
  ansible.builtin.debug:
    msg: "{{ server.config.mailboxes | rejectattr('active', 'true') | map(attribute='email') }}"

- name: Read the aliases of one domain
  postmaster.comms.mail_info:
    resources: [aliases]
    domains: [example.com]
  register: site

- name: Adopt an existing server by writing what it holds into a file, to be kept under version control
  ansible.builtin.copy:
    content: "{{ site.config | to_nice_yaml }}"
    dest: "{{ playbook_dir }}/aliases.yml"
    mode: "0640"
  check_mode: false

- name: Apply the file; as long as nobody edits it, nothing changes
  postmaster.comms.mail_config:
    config: "{{ lookup('ansible.builtin.file', 'aliases.yml') | from_yaml }}"
"""

RETURN = r"""
---
config:
  description: The document, with one list for each resource, sorted by key.
    It holds every option of M(postmaster.comms.mail_config) entries that
    can be read.
  returned: success
  type: dict
  contains:
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
    aliases:
      description: The aliases.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(aliases)
    sync_jobs:
      description: The sync jobs.
      type: list
      elements: dict
      returned: when O(resources) is omitted or has V(sync_jobs)
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mail import SYSTEM


def main() -> None:
    """Run the module."""
    run_module(info_definition(SYSTEM))


if __name__ == "__main__":
    main()
