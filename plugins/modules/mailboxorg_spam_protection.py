#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage the spam filter of mailboxes of mailbox.org.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: mailboxorg_spam_protection
short_description: Manage the spam filter of mailboxes of mailbox.org
description:
  - Changes the settings of the spam filter of a mailbox.
  - Options that are left out stay as they are on the server.
  - A login with the address of a mailbox may change the settings of that
    one.
  - The documentation of mailbox.org does not name C(reseller) among the levels
    that may do so.
  - M(postmaster.comms.mailboxorg_info) leaves out mailboxes whose settings
    the login may not see.
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
      - Address of the mailbox that the filter works for.
    type: str
    required: true
  greylist:
    description:
      - Whether mail of unknown servers is put off at first (greylisting),
        which few senders of spam wait for.
    type: bool
  smtp_plausibility:
    description:
      - Whether mail is refused whose sender's server does not introduce itself
        plausibly.
    type: bool
  rbl:
    description:
      - Whether mail is refused that comes from servers on public blocklists
        (RBL).
    type: bool
  bypass_banned_checks:
    description:
      - Whether attachments of dangerous types are let through without a check.
    type: bool
  tag_level:
    description:
      - Number of points, with one decimal at most, from which on mail is
        taken for spam, for instance V(5.5).
    type: float
    aliases:
      - tag2level
  kill_level:
    description:
      - 'What becomes of spam: V(reject) refuses it, V(route) puts it into
        O(route_to).'
    type: str
    choices:
      - reject
      - route
    aliases:
      - killevel
  route_to:
    description:
      - Folder that spam is put into with O(kill_level=route), for instance
        V(Spam).
    type: str
seealso:
  - module: postmaster.comms.mailboxorg_account
  - module: postmaster.comms.mailboxorg_domain
  - module: postmaster.comms.mailboxorg_mailbox
  - module: postmaster.comms.mailboxorg_vacation
  - module: postmaster.comms.mailboxorg_blacklist
  - module: postmaster.comms.mailboxorg_mailing_list
  - module: postmaster.comms.mailboxorg_group
  - module: postmaster.comms.mailboxorg_config
  - module: postmaster.comms.mailboxorg_info
notes:
  - 'Not proven on a real server: whether a mailbox needs the capability spam_protection
    before its spam filter can be read and set.'
  - 'Not proven on a real server: whether the server keeps route_to while
    spam is rejected.'
  - 'Not proven on a real server: what the server takes for tag_level, apart
    from numbers with one decimal.'
"""

EXAMPLES = r"""
---
- name: Refuse spam instead of putting it into a folder
  postmaster.comms.mailboxorg_spam_protection:
    api_username: "{{ mailboxorg_username }}"
    api_password: "{{ vault_mailboxorg_password }}"
    mailbox: alice@example.com
    kill_level: reject
    tag_level: 6.5

# What several tasks share is given once, for a block or a play, by module_defaults of the group
# postmaster.comms.mailboxorg. Where an option is not given at all, the environment variables MAILBOXORG_USERNAME and
# MAILBOXORG_PASSWORD count, as in the following tasks.
- name: Change several settings of another mailbox; everything else stays as it is
  postmaster.comms.mailboxorg_spam_protection:
    mailbox: bob@example.com
    greylist: false
    smtp_plausibility: false
    kill_level: route
    route_to: Junk
  register: bob

- name: Use what the server holds now
  ansible.builtin.debug:
    msg: "From {{ bob.spam_protection.tag_level }} points on, mail is taken for spam"

- name: The same settings for several mailboxes
  postmaster.comms.mailboxorg_spam_protection:
    mailbox: "{{ item }}@example.com"
    rbl: true
    bypass_banned_checks: false
  loop: [alice, bob]
"""

RETURN = r"""
---
spam_protection:
  description:
    - The spam protection as it is now, or as it will be in check mode.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    mailbox:
      description: Address of the mailbox that the filter works for.
      returned: when the server tells it, or when it was sent
      type: str
    greylist:
      description: Whether mail of unknown servers is put off at first (greylisting),
        which few senders of spam wait for.
      returned: when the server tells it, or when it was sent
      type: bool
    smtp_plausibility:
      description: Whether mail is refused whose sender's server does not
        introduce itself plausibly.
      returned: when the server tells it, or when it was sent
      type: bool
    rbl:
      description: Whether mail is refused that comes from servers on public
        blocklists (RBL).
      returned: when the server tells it, or when it was sent
      type: bool
    bypass_banned_checks:
      description: Whether attachments of dangerous types are let through
        without a check.
      returned: when the server tells it, or when it was sent
      type: bool
    tag_level:
      description: Number of points, with one decimal at most, from which
        on mail is taken for spam, for instance V(5.5).
      returned: when the server tells it, or when it was sent
      type: float
    kill_level:
      description: 'What becomes of spam: V(reject) refuses it, V(route) puts
        it into O(route_to).'
      returned: when the server tells it, or when it was sent
      type: str
    route_to:
      description: Folder that spam is put into with O(kill_level=route),
        for instance V(Spam).
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg.spam_protections import (
    SPAM_PROTECTION,
)


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, SPAM_PROTECTION))


if __name__ == "__main__":
    main()
