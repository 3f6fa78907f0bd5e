#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage a whole Email Management API server from one document.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: mail_config
short_description: Manage a whole Email Management API server from one document
description:
  - 'Brings the mailboxes and aliases of a server to what one document describes:
    one plan, one login, each list read once.'
  - Entries of the document take the options of the modules about one object.
  - What an entry leaves out stays as it is.
  - Objects that the document does not name stay, unless O(prune) asks for
    their deletion.
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
  config:
    description:
      - What the server is to hold. A list that is left out stays as it is,
        and so does every object that no entry names, unless O(prune) says
        otherwise.
    type: dict
    required: true
    suboptions:
      mailboxes:
        description:
          - The mailboxes to manage, each once.
        type: list
        elements: dict
        suboptions:
          state:
            description:
              - Whether the mailbox is to exist.
            type: str
            default: present
            choices:
              - present
              - absent
          email:
            description:
              - Address of the mailbox.
            type: str
            required: true
          name:
            description:
              - Name of the person, as others see it. A new object gets an
                empty text unless this is given.
            type: str
          password:
            description:
              - Password. The server never returns it, so it is sent at creation
                only, unless O(config.mailboxes[].update_password=always).
                Required to create the object.
            type: str
          quota:
            description:
              - Size that the mailbox may have, for instance V(512M) or V(3G),
                or V(unlimited). A whole number of megabytes. Required to
                create the object.
            type: str
          active:
            description:
              - 'Whether the mailbox may be used: V(true), V(false), or V(receive_only),
                where mail is accepted and logging in is refused. A new object
                gets V(true) unless this is given.'
            type: raw
          force_pw_update:
            description:
              - Whether the user has to choose a new password at the next
                login. The server clears it once that has happened, so leave
                it out of what is applied every night. A new object gets V(false)
                unless this is given.
            type: bool
          tls_enforce_in:
            description:
              - Whether incoming connections have to be encrypted. A new object
                gets V(false) unless this is given.
            type: bool
          tls_enforce_out:
            description:
              - Whether outgoing connections have to be encrypted. A new object
                gets V(false) unless this is given.
            type: bool
          auth_source:
            description:
              - Who checks the password. Known to O(api_dialect=mailcow) only.
            type: str
            choices:
              - mailcow
              - keycloak
              - generic-oidc
              - ldap
          force_tfa:
            description:
              - Whether the user has to set up a second factor. Known to O(api_dialect=mailcow)
                only.
            type: bool
          sogo_access:
            description:
              - Whether the user may log in to the groupware. Known to O(api_dialect=mailcow)
                only.
            type: bool
          protocol_access:
            description:
              - All protocols that the mailbox may be used with. Known to
                O(api_dialect=mailcow) only.
            type: list
            elements: str
            choices:
              - imap
              - pop3
              - smtp
              - sieve
              - eas
              - dav
          quarantine_notification:
            description:
              - How often the user is told about mail in quarantine. Known
                to O(api_dialect=mailcow) only.
            type: str
            choices:
              - never
              - hourly
              - daily
              - weekly
          quarantine_category:
            description:
              - Which mail in quarantine the user is told about. Known to
                O(api_dialect=mailcow) only.
            type: str
            choices:
              - add_header
              - reject
              - all
          relay_host:
            description:
              - Number of the sender-dependent transport that mail of this
                mailbox leaves by, V(0) for none. Known to O(api_dialect=mailcow)
                only.
            type: int
          update_password:
            description:
              - When to send the password. V(on_create) sends it for a new
                object only, V(always) in every run, which reports a change
                each time, since the server never returns the password to
                compare it with. The option O(update_password) of the task
                applies when this is left out.
            type: str
            choices:
              - on_create
              - always
          allow_mail_loss:
            description:
              - Consent to the loss of all mail in the mailbox, without which
                it is not deleted. Deleting a mailbox also removes the aliases
                that lead nowhere else, and its sync jobs.
            type: bool
      aliases:
        description:
          - The aliases to manage, each once.
        type: list
        elements: dict
        suboptions:
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
              - Address of the alias, or V(@example.com) to catch all mail
                to addresses of a domain that do not exist.
            type: str
            required: true
          goto:
            description:
              - All addresses that the alias delivers to.
            type: list
            elements: str
          action:
            description:
              - 'What happens to mail: V(deliver) to O(config.aliases[].goto),
                V(discard), or V(learn_spam) and V(learn_ham), which train
                the spam filter. Implied to be V(deliver) when O(config.aliases[].goto)
                is given.'
            type: str
            choices:
              - deliver
              - discard
              - learn_spam
              - learn_ham
          active:
            description:
              - Whether the alias is in use. A new object gets V(true) unless
                this is given.
            type: bool
          sogo_visible:
            description:
              - Whether the groupware offers the alias as a sender address.
                A new object gets V(true) unless this is given.
            type: bool
          internal:
            description:
              - Whether only local senders may write to the alias.
            type: bool
          sender_allowed:
            description:
              - Whether the target mailboxes may send as the alias. A new
                object gets V(true) unless this is given.
            type: bool
          public_comment:
            description:
              - Comment that users can see.
            type: str
          private_comment:
            description:
              - Comment that only administrators can see.
            type: str
  update_password:
    description:
      - 'What O(config) entries without an own setting do with passwords:
        V(on_create) sends them for new objects only, V(always) sends them
        in every run, which reports a change each time.'
    type: str
    default: on_create
    choices:
      - on_create
      - always
  prune:
    description:
      - Resources whose objects are deleted when O(config) does not name them.
    type: list
    elements: str
    default: []
    choices:
      - mailboxes
      - aliases
  scope:
    description:
      - The part of the server that O(config) describes. Nothing outside is
        pruned, and an entry outside is an error.
    type: dict
    suboptions:
      domains:
        description:
          - Names of the domains.
        type: list
        elements: str
  protect:
    description:
      - Objects that pruning leaves alone, by name or shell pattern, for instance
        V(postmaster@*).
    type: list
    elements: str
    default: []
  max_deletions:
    description:
      - Number of objects that pruning may delete; if it were more, the task
        fails and nothing is changed.
    type: int
    default: 10
  allow_mail_loss:
    description:
      - Consent to deletions, by pruning or by entries, that destroy mail.
    type: bool
    default: false
  allow_empty:
    description:
      - Whether a resource may be pruned although O(config) describes none
        of its objects, which deletes all of them.
    type: bool
    default: false
seealso:
  - module: postmaster.comms.mail_mailbox
  - module: postmaster.comms.mail_alias
  - module: postmaster.comms.mail_info
"""

EXAMPLES = r"""
---
- name: Mailboxes and aliases of a second site, in one run; the connection is given with the task
  postmaster.comms.mail_config:
    api_url: "{{ mail_url }}"
    api_key: "{{ vault_mail_key }}"
    config:
      mailboxes:
        - email: erin@example.org
          name: Erin Example
          password: "{{ vault_erin_password }}"
          quota: 3G
        - email: frank@example.org
          password: "{{ vault_frank_password }}"
          quota: 512M
          active: receive_only
      aliases:
        - address: office@example.org
          goto: [erin@example.org, frank@example.org]
        - address: former@example.org
          state: absent

# The environment or module_defaults give the connection to the following tasks:
#
#   module_defaults:
#     group/postmaster.comms.mail:
#       api_url: "{{ mail_url }}"
#       api_key: "{{ vault_mail_key }}"
#       api_dialect: mailcow        # left out for the Email Management API

- name: See what would change; the document is a variable, its passwords come from a vault
  postmaster.comms.mail_config:
    config: "{{ mail_document }}"
  check_mode: true
  diff: true
  register: plan

- name: Show it in short
  ansible.builtin.debug:
    msg: "{{ plan.summary.created }} to create, {{ plan.summary.updated }} to update"

- name: Bring a domain to exactly these aliases, and delete all others but one
  postmaster.comms.mail_config:
    config:
      aliases:
        - address: sales@example.com
          goto: [alice@example.com, carol@partner.example.net]
        - address: postmaster@example.com
          goto: [alice@example.com]
    prune: [aliases]
    scope:
      domains: [example.com]
    protect: ["info@*"]
    max_deletions: 3
  register: outcome

- name: List what was done
  ansible.builtin.debug:
    msg: "{{ item.action }} {{ item.object }}: {{ item.status }}"
  loop: "{{ outcome.results }}"
  loop_control:
    label: "{{ item.object }}"

- name: Delete a mailbox with all its mail, which needs consent
  postmaster.comms.mail_config:
    config:
      mailboxes:
        - email: bob@example.com
          state: absent
    allow_mail_loss: true
"""

RETURN = r"""
---
summary:
  description: How many objects were created, updated, deleted, found unchanged,
    and failed. In check mode, what a run would do.
  returned: success and failure after planning
  type: dict
  sample:
    created: 1
    updated: 2
    deleted: 0
    unchanged: 40
    failed: 0
results:
  description: The objects that change, one by one. Unchanged ones are only
    counted.
  returned: success and failure after planning
  type: list
  elements: dict
  contains:
    object:
      description: Kind and name.
      type: str
      returned: always
    action:
      description: V(create), V(update) or V(delete).
      type: str
      returned: always
    status:
      description: V(done), V(pending) where the server finishes later or
        wants something first, V(failed), V(unfinished) and V(not_done) after
        a failure, or V(planned) in check mode.
      type: str
      returned: always
    changes:
      description: Names of the options whose values change.
      returned: for an update
      type: list
      elements: str
    unverified:
      description: Options that cannot be compared with the server, since
        it does not return them, passwords that were sent among them.
      returned: when there are any
      type: list
      elements: str
    error:
      description: What went wrong.
      type: str
      returned: when the object failed
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
  description: 'What the run cost: calls, writes, logins, and a line for each
    call without secrets.'
  returned: with a verbosity of 3 or more
  type: dict
"""

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.module import config_module
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mail import SYSTEM


def main() -> None:
    """Run the module."""
    config_module(SYSTEM)


if __name__ == "__main__":
    main()
