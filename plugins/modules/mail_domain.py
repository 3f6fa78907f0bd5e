#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage domains of an Email Management API or mailcow server.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: mail_domain
short_description: Manage domains of an Email Management API or mailcow server
description:
  - Creates, changes and deletes domains, either through the Email Management
    API or through mailcow's own API.
  - Options that are left out stay as they are on the server.
  - A domain that still holds mailboxes or aliases is not deleted. Delete
    these first, or in the same document.
  - Other names of a domain (mailcow's alias domains) go with it, and its
    DKIM key stays.
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
      - Whether the domain is to exist.
    type: str
    default: present
    choices:
      - present
      - absent
  name:
    description:
      - Name of the domain. One with other letters than ASCII is kept in its
        ASCII form (punycode).
    type: str
    required: true
  description:
    description:
      - Text about the domain. mailcow shows the name of a domain without
        one; this is returned as an empty text.
    type: str
  active:
    description:
      - Whether the domain is in use. A new object gets V(true) unless this
        is given.
    type: bool
  max_aliases:
    description:
      - Number of aliases that the domain may have. mailcow ignores V(0) for
        a domain that exists, so this is refused there. A new object gets
        V(400) unless this is given.
    type: int
    aliases:
      - aliases
  max_mailboxes:
    description:
      - Number of mailboxes that the domain may have. A new object gets V(10)
        unless this is given.
    type: int
    aliases:
      - mailboxes
  default_quota:
    description:
      - Size that a mailbox gets when nobody asks for another one, for instance
        V(512M). A whole number of megabytes, and at most O(max_quota), which
        also holds for what a new domain gets by itself. A new object gets
        V(3G) unless this is given.
    type: str
    aliases:
      - defquota
  max_quota:
    description:
      - Size that a single mailbox may have, for instance V(10G). A whole
        number of megabytes, and at most O(quota). What a new domain gets
        by itself lies between O(default_quota) and O(quota). A new object
        gets V(10G) unless this is given.
    type: str
    aliases:
      - maxquota
  quota:
    description:
      - Size that all mailboxes of the domain may have together, for instance
        V(100G). A whole number of megabytes. What a new domain gets by itself
        is at least O(max_quota). A new object gets V(10G) unless this is
        given.
    type: str
  backup_mx:
    description:
      - Whether the server only relays mail for the domain, as its backup
        MX.
    type: bool
    aliases:
      - backupmx
  relay_all_recipients:
    description:
      - Whether mail to all addresses of the domain is relayed, also to those
        without a mailbox here. Implies O(backup_mx=true). Known to O(api_dialect=mailcow)
        only.
    type: bool
  relay_unknown_only:
    description:
      - Whether only mail to addresses without a mailbox here is relayed.
        Implies O(relay_all_recipients=true). Known to O(api_dialect=mailcow)
        only.
    type: bool
  relay_host:
    description:
      - Number of the sender-dependent transport that mail of the domain leaves
        by, V(0) for none. Known to O(api_dialect=mailcow) only.
    type: int
  gal:
    description:
      - Whether the users of the domain see each other in the groupware's
        global address list. Known to O(api_dialect=mailcow) only.
    type: bool
  rate_limit:
    description:
      - Number of messages that a user of the domain may send in a second,
        minute, hour or day, for instance V(10/s), V(100/m), V(500/h) or V(2000/d),
        or V(unlimited). Known to O(api_dialect=mailcow) only.
    type: str
  tags:
    description:
      - All tags of the domain. Known to O(api_dialect=mailcow) only.
    type: list
    elements: str
  dkim_key_size:
    description:
      - Bits of the DKIM key that is made together with the domain. mailcow
        keeps the key of a domain that is deleted, and takes it again. Known
        to O(api_dialect=mailcow) only.
    type: int
  dkim_selector:
    description:
      - Selector of the DKIM key that is made together with the domain. Known
        to O(api_dialect=mailcow) only.
    type: str
  template:
    description:
      - 'Number of the template that supplies what neither an option nor this
        module gives to a new domain: its flags, tags, rate limit and DKIM
        key. Known to O(api_dialect=mailcow) only.'
    type: int
  restart_sogo:
    description:
      - Whether the groupware is restarted after the creation of the domain,
        without which its users cannot log in there. Known to O(api_dialect=mailcow)
        only.
    type: bool
seealso:
  - module: postmaster.comms.mail_mailbox
  - module: postmaster.comms.mail_alias
  - module: postmaster.comms.mail_sync_job
  - module: postmaster.comms.mail_config
  - module: postmaster.comms.mail_info
notes:
  - 'Not proven on a real server: what the Email Management API ignores or
    refuses for a domain that exists; mailcow was seen.'
  - 'Not proven on a real server: options gal, relay_host, template, restart_sogo,
    dkim_*, and tags taken away; read in mailcow''s code.'
"""

EXAMPLES = r"""
---
- name: Create a domain; the connection is given with the task
  postmaster.comms.mail_domain:
    api_url: "{{ mail_url }}"
    api_key: "{{ vault_mail_key }}"
    name: branch.example.com
    description: Branch office
    max_mailboxes: 25
    default_quota: 1G
    max_quota: 5G
    quota: 50G

# What several tasks share is given once: for a block as here, or for a play. Some options are known to mailcow only.
- name: Domains of a mailcow server
  module_defaults:
    group/postmaster.comms.mail:
      api_url: "{{ mailcow_url }}"
      api_key: "{{ vault_mailcow_key }}"
      api_dialect: mailcow
  block:
    - name: Create a domain with tags and a limit for each sender; its groupware needs a restart
      postmaster.comms.mail_domain:
        name: shop.example.com
        tags: [customers, online]
        rate_limit: 500/h
        gal: false
        dkim_selector: mail
        restart_sogo: true

    - name: Take mail for addresses that have no mailbox here to the server that has them
      postmaster.comms.mail_domain:
        name: partner.example.net
        relay_unknown_only: true

# Where options of the connection are not given at all, the environment variables MAIL_API_URL, MAIL_API_KEY,
# MAIL_API_DIALECT … count, as in the following tasks.
- name: Change several options of a domain; everything else stays as it is
  postmaster.comms.mail_domain:
    name: example.com
    max_mailboxes: 250
    max_aliases: 1000
    quota: 500G
  register: company

- name: Use what the server holds now
  ansible.builtin.debug:
    msg: "{{ company.domain.max_mailboxes }} mailboxes; changed: {{ company.changes | join(', ') }}"

- name: Make sure that the domain has no description and no backup server; false and an empty text are wishes too
  postmaster.comms.mail_domain:
    name: example.com
    description: ""
    backup_mx: false

- name: Delete a domain that holds nothing any more
  postmaster.comms.mail_domain:
    name: example.org
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
    description:
      description: Text about the domain.
      returned: when the server tells it, or when it was sent
      type: str
    active:
      description: Whether the domain is in use.
      returned: when the server tells it, or when it was sent
      type: bool
    max_aliases:
      description: Number of aliases that the domain may have.
      returned: when the server tells it, or when it was sent
      type: int
    max_mailboxes:
      description: Number of mailboxes that the domain may have.
      returned: when the server tells it, or when it was sent
      type: int
    default_quota:
      description: Size that a mailbox gets when nobody asks for another one,
        for instance V(512M).
      returned: when the server tells it, or when it was sent
      type: str
    max_quota:
      description: Size that a single mailbox may have, for instance V(10G).
      returned: when the server tells it, or when it was sent
      type: str
    quota:
      description: Size that all mailboxes of the domain may have together,
        for instance V(100G).
      returned: when the server tells it, or when it was sent
      type: str
    backup_mx:
      description: Whether the server only relays mail for the domain, as
        its backup MX.
      returned: when the server tells it, or when it was sent
      type: bool
    relay_all_recipients:
      description: Whether mail to all addresses of the domain is relayed,
        also to those without a mailbox here.
      returned: when the server tells it, or when it was sent
      type: bool
    relay_unknown_only:
      description: Whether only mail to addresses without a mailbox here is
        relayed.
      returned: when the server tells it, or when it was sent
      type: bool
    relay_host:
      description: Number of the sender-dependent transport that mail of the
        domain leaves by, V(0) for none.
      returned: when the server tells it, or when it was sent
      type: int
    gal:
      description: Whether the users of the domain see each other in the groupware's
        global address list.
      returned: when the server tells it, or when it was sent
      type: bool
    rate_limit:
      description: Number of messages that a user of the domain may send in
        a second, minute, hour or day, for instance V(10/s), V(100/m), V(500/h)
        or V(2000/d), or V(unlimited).
      returned: when the server tells it, or when it was sent
      type: str
    tags:
      description: All tags of the domain.
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mail import SYSTEM
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mail.domains import DOMAIN


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, DOMAIN))


if __name__ == "__main__":
    main()
