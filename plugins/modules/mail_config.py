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
  - 'Brings the domains, mailboxes, aliases and sync jobs of a server to what
    one document describes: one plan, one login, each list read once.'
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
      domains:
        description:
          - The domains to manage, each once.
        type: list
        elements: dict
        suboptions:
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
              - Name of the domain. One with other letters than ASCII is kept
                in its ASCII form (punycode).
            type: str
            required: true
          description:
            description:
              - Text about the domain. mailcow shows the name of a domain
                without one; this is returned as an empty text.
            type: str
          active:
            description:
              - Whether the domain is in use. A new object gets V(true) unless
                this is given.
            type: bool
          max_aliases:
            description:
              - Number of aliases that the domain may have. mailcow ignores
                V(0) for a domain that exists, so this is refused there. A
                new object gets V(400) unless this is given.
            type: int
            aliases:
              - aliases
          max_mailboxes:
            description:
              - Number of mailboxes that the domain may have. A new object
                gets V(10) unless this is given.
            type: int
            aliases:
              - mailboxes
          default_quota:
            description:
              - Size that a mailbox gets when nobody asks for another one,
                for instance V(512M). A whole number of megabytes, and at
                most O(config.domains[].max_quota), which also holds for what
                a new domain gets by itself. A new object gets V(3G) unless
                this is given.
            type: str
            aliases:
              - defquota
          max_quota:
            description:
              - Size that a single mailbox may have, for instance V(10G).
                A whole number of megabytes, and at most O(config.domains[].quota).
                What a new domain gets by itself lies between O(config.domains[].default_quota)
                and O(config.domains[].quota). A new object gets V(10G) unless
                this is given.
            type: str
            aliases:
              - maxquota
          quota:
            description:
              - Size that all mailboxes of the domain may have together, for
                instance V(100G). A whole number of megabytes. What a new
                domain gets by itself is at least O(config.domains[].max_quota).
                A new object gets V(10G) unless this is given.
            type: str
          backup_mx:
            description:
              - Whether the server only relays mail for the domain, as its
                backup MX.
            type: bool
            aliases:
              - backupmx
          relay_all_recipients:
            description:
              - Whether mail to all addresses of the domain is relayed, also
                to those without a mailbox here. Implies O(config.domains[].backup_mx=true).
                Known to O(api_dialect=mailcow) only.
            type: bool
          relay_unknown_only:
            description:
              - Whether only mail to addresses without a mailbox here is relayed.
                Implies O(config.domains[].relay_all_recipients=true). Known
                to O(api_dialect=mailcow) only.
            type: bool
          relay_host:
            description:
              - Number of the sender-dependent transport that mail of the
                domain leaves by, V(0) for none. Known to O(api_dialect=mailcow)
                only.
            type: int
          gal:
            description:
              - Whether the users of the domain see each other in the groupware's
                global address list. Known to O(api_dialect=mailcow) only.
            type: bool
          rate_limit:
            description:
              - Number of messages that a user of the domain may send in a
                second, minute, hour or day, for instance V(10/s), V(100/m),
                V(500/h) or V(2000/d), or V(unlimited). Known to O(api_dialect=mailcow)
                only.
            type: str
          tags:
            description:
              - All tags of the domain. Known to O(api_dialect=mailcow) only.
            type: list
            elements: str
          dkim_key_size:
            description:
              - Bits of the DKIM key that is made together with the domain.
                mailcow keeps the key of a domain that is deleted, and takes
                it again. Known to O(api_dialect=mailcow) only.
            type: int
          dkim_selector:
            description:
              - Selector of the DKIM key that is made together with the domain.
                Known to O(api_dialect=mailcow) only.
            type: str
          template:
            description:
              - 'Number of the template that supplies what neither an option
                nor this module gives to a new domain: its flags, tags, rate
                limit and DKIM key. Known to O(api_dialect=mailcow) only.'
            type: int
          restart_sogo:
            description:
              - Whether the groupware is restarted after the creation of the
                domain, without which its users cannot log in there. Known
                to O(api_dialect=mailcow) only.
            type: bool
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
      sync_jobs:
        description:
          - The sync jobs to manage, each once.
        type: list
        elements: dict
        suboptions:
          state:
            description:
              - Whether the sync job is to exist.
            type: str
            default: present
            choices:
              - present
              - absent
          mailbox:
            description:
              - Address of the mailbox here that receives the mail.
            type: str
            required: true
            aliases:
              - user2
          remote_host:
            description:
              - Name of the other server.
            type: str
            required: true
            aliases:
              - host1
          remote_user:
            description:
              - Name by which the job logs in to the other server.
            type: str
            required: true
            aliases:
              - user1
          remote_password:
            description:
              - Password by which the job logs in to the other server. It
                is never read back, so it is sent at creation only, unless
                O(config.sync_jobs[].update_password=always). Required to
                create the object.
            type: str
            aliases:
              - password1
          encryption:
            description:
              - 'How the connection to the other server is encrypted: V(ssl)
                from its start, V(tls) by STARTTLS, V(plain) not at all. A
                new object gets V(ssl) unless this is given.'
            type: str
            choices:
              - tls
              - ssl
              - plain
            aliases:
              - enc1
          port:
            description:
              - Port of the other server. Unless this is given, a new job
                gets V(993) with O(config.sync_jobs[].encryption=ssl), and
                V(143) otherwise.
            type: int
            aliases:
              - port1
          interval:
            description:
              - Minutes between two runs of the job. A new object gets V(20)
                unless this is given.
            type: int
            aliases:
              - mins_interval
          active:
            description:
              - Whether the job runs. A new object gets V(true) unless this
                is given.
            type: bool
          subfolder:
            description:
              - Folder of the mailbox here that receives the mail. An empty
                text is the mailbox itself.
            type: str
            aliases:
              - subfolder2
          max_age:
            description:
              - Days after which mail is too old to be fetched, or V(unlimited).
            type: raw
            aliases:
              - maxage
          bandwidth:
            description:
              - Size that may be fetched in a second, for instance V(500K),
                or V(unlimited).
            type: str
            aliases:
              - maxbytespersecond
          remote_timeout:
            description:
              - Seconds to wait for the other server.
            type: int
            aliases:
              - timeout1
          local_timeout:
            description:
              - Seconds to wait for the server here.
            type: int
            aliases:
              - timeout2
          exclude:
            description:
              - Regular expression (PCRE) for names of folders that are not
                fetched, for instance V(Junk|Trash). A slash needs a backslash
                before it. An empty text excludes none. A new object gets
                an empty text unless this is given.
            type: str
          custom_params:
            description:
              - Further long options of imapsync, for instance V(--maxsize=20000000).
                The server knows a list of those that it takes, and takes
                no hyphen in a value.
            type: str
          delete_source:
            description:
              - Whether mail is deleted on the other server once it was fetched.
                Needs O(config.sync_jobs[].allow_mail_loss=true). A new object
                gets V(false) unless this is given.
            type: bool
            aliases:
              - delete1
          delete_target:
            description:
              - Whether mail is deleted here that the other server does not
                have. That is also mail that came in here in another way.
                Needs O(config.sync_jobs[].allow_mail_loss=true). A new object
                gets V(false) unless this is given.
            type: bool
            aliases:
              - delete2
          delete_duplicates:
            description:
              - Whether messages that are here twice are deleted but for one.
                A new object gets V(false) unless this is given.
            type: bool
            aliases:
              - delete2duplicates
          automap:
            description:
              - Whether folders such as sent mail and drafts are matched by
                their purpose, whatever they are called. A new object gets
                V(true) unless this is given.
            type: bool
          skip_cross_duplicates:
            description:
              - Whether a message that was fetched into one folder is skipped
                in others.
            type: bool
            aliases:
              - skipcrossduplicates
          subscribe_all:
            description:
              - Whether the user is subscribed to all folders that are fetched.
                A new object gets V(true) unless this is given.
            type: bool
            aliases:
              - subscribeall
          dry_run:
            description:
              - Whether the job only tells what it would do.
            type: bool
            aliases:
              - dry
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
              - 'Consent to a job that destroys mail: without it, no sync
                job is created or changed that is active and has O(config.sync_jobs[].delete_source)
                or O(config.sync_jobs[].delete_target) switched on. The option
                O(allow_mail_loss) of the task applies when this is left out.'
            type: bool
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
        What other objects still name is not deleted, and the task fails before
        any change.
    type: list
    elements: str
    default: []
    choices:
      - domains
      - mailboxes
      - aliases
      - sync_jobs
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
  allow_empty:
    description:
      - Whether a resource may be pruned although O(config) describes none
        of its objects, which deletes all of them.
    type: bool
    default: false
  allow_mail_loss:
    description:
      - Consent to deletions, by pruning or by entries, that destroy mail,
        and to changes of sync jobs that do so.
    type: bool
    default: false
  on_error:
    description:
      - 'What to do when a change fails: V(stop) leaves what comes after it
        as it is, V(continue) goes on with the changes that do not hang on
        the failed one. Changes that go to the server together, at most a
        hundred of one kind, are tried together. The task fails either way,
        and says what was done. A lost connection or a refused login always
        ends it.'
    type: str
    default: stop
    choices:
      - stop
      - continue
seealso:
  - module: postmaster.comms.mail_domain
  - module: postmaster.comms.mail_mailbox
  - module: postmaster.comms.mail_alias
  - module: postmaster.comms.mail_sync_job
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

- name: A whole new site, whatever depends on what; the mail of a former provider is fetched by a sync job
  postmaster.comms.mail_config:
    config:
      domains:
        - name: shop.example.com
          description: Shop
          max_mailboxes: 5
          default_quota: 1G
          max_quota: 2G
          quota: 10G
      mailboxes:
        - email: till@shop.example.com
          password: "{{ vault_shop_password }}"
          quota: 2G
      aliases:
        - address: orders@shop.example.com
          goto: [till@shop.example.com]
      sync_jobs:
        - mailbox: till@shop.example.com
          remote_host: imap.provider.example.net
          remote_user: till.shop
          remote_password: "{{ vault_domain_password }}"
          interval: 60

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
  description: 'What the run cost: calls, the writes and logins among them,
    pages of lists, and a line for each call without secrets. Items of a loop
    share a session, whose end is not among them.'
  returned: with a verbosity of 3 or more
  type: dict
"""

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.module import run_module
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_config import config_definition
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mail import SYSTEM


def main() -> None:
    """Run the module."""
    run_module(config_definition(SYSTEM))


if __name__ == "__main__":
    main()
