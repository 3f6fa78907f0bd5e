#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage sync jobs of an Email Management API or mailcow server.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: mail_sync_job
short_description: Manage sync jobs of an Email Management API or mailcow
  server
description:
  - Creates, changes and deletes sync jobs, either through the Email Management
    API or through mailcow's own API.
  - A sync job fetches the mail of an account on another server into a mailbox
    here, again and again.
  - Options that are left out stay as they are on the server.
  - Deleting a job destroys no mail.
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
      - Password by which the job logs in to the other server. It is never
        read back, so it is sent at creation only, unless O(update_password=always).
        Required to create the object.
    type: str
    aliases:
      - password1
  encryption:
    description:
      - 'How the connection to the other server is encrypted: V(ssl) from
        its start, V(tls) by STARTTLS, V(plain) not at all. A new object gets
        V(ssl) unless this is given.'
    type: str
    choices:
      - tls
      - ssl
      - plain
    aliases:
      - enc1
  port:
    description:
      - Port of the other server. Unless this is given, a new job gets V(993)
        with O(encryption=ssl), and V(143) otherwise.
    type: int
    aliases:
      - port1
  interval:
    description:
      - Minutes between two runs of the job. A new object gets V(20) unless
        this is given.
    type: int
    aliases:
      - mins_interval
  active:
    description:
      - Whether the job runs. A new object gets V(true) unless this is given.
    type: bool
  subfolder:
    description:
      - Folder of the mailbox here that receives the mail. An empty text is
        the mailbox itself.
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
      - Size that may be fetched in a second, for instance V(500K), or V(unlimited).
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
      - Regular expression (PCRE) for names of folders that are not fetched,
        for instance V(Junk|Trash). A slash needs a backslash before it. An
        empty text excludes none. A new object gets an empty text unless this
        is given.
    type: str
  custom_params:
    description:
      - Further long options of imapsync, for instance V(--maxsize=20000000).
        The server knows a list of those that it takes, and takes no hyphen
        in a value.
    type: str
  delete_source:
    description:
      - Whether mail is deleted on the other server once it was fetched. Needs
        O(allow_mail_loss=true). A new object gets V(false) unless this is
        given.
    type: bool
    aliases:
      - delete1
  delete_target:
    description:
      - Whether mail is deleted here that the other server does not have.
        That is also mail that came in here in another way. Needs O(allow_mail_loss=true).
        A new object gets V(false) unless this is given.
    type: bool
    aliases:
      - delete2
  delete_duplicates:
    description:
      - Whether messages that are here twice are deleted but for one. A new
        object gets V(false) unless this is given.
    type: bool
    aliases:
      - delete2duplicates
  automap:
    description:
      - Whether folders such as sent mail and drafts are matched by their
        purpose, whatever they are called. A new object gets V(true) unless
        this is given.
    type: bool
  skip_cross_duplicates:
    description:
      - Whether a message that was fetched into one folder is skipped in others.
    type: bool
    aliases:
      - skipcrossduplicates
  subscribe_all:
    description:
      - Whether the user is subscribed to all folders that are fetched. A
        new object gets V(true) unless this is given.
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
      - When to send the password. V(on_create) sends it for a new object
        only, V(always) in every run, which reports a change each time, since
        the server never returns the password to compare it with.
    type: str
    default: on_create
    choices:
      - on_create
      - always
  allow_mail_loss:
    description:
      - 'Consent to a job that destroys mail: without it, no sync job is created
        or changed that is active and has O(delete_source) or O(delete_target)
        switched on.'
    type: bool
    default: false
seealso:
  - module: postmaster.comms.mail_domain
  - module: postmaster.comms.mail_mailbox
  - module: postmaster.comms.mail_alias
  - module: postmaster.comms.mail_config
  - module: postmaster.comms.mail_info
notes:
  - 'Not proven on a real server: path and fields of sync jobs in the Email
    Management API, whose document only names them; mailcow was seen.'
"""

EXAMPLES = r"""
---
# Passwords of accounts elsewhere come from a vault. What Ansible prints of a task does not hold them.
- name: Fetch mail from a former provider every 20 minutes; the connection is given with the task
  postmaster.comms.mail_sync_job:
    api_url: "{{ mail_url }}"
    api_key: "{{ vault_mail_key }}"
    mailbox: alice@example.com
    remote_host: imap.provider.example.net
    remote_user: alice.example
    remote_password: "{{ vault_alice_password }}"

# Where options of the connection are not given at all, the environment variables MAIL_API_URL, MAIL_API_KEY,
# MAIL_API_DIALECT … count, as in the following tasks. A server of the Email Management API may keep sync jobs at
# another place than /api/v1/syncjobs: then MAIL_API_SYNC_JOBS_PATH or api_sync_jobs_path tells where.
- name: Keep an archive beside it, with limits; mailbox, host and user together name a job
  postmaster.comms.mail_sync_job:
    mailbox: alice@example.com
    remote_host: archive.example.net
    remote_user: alice@example.net
    remote_password: "{{ vault_alice_password }}"
    encryption: tls
    interval: 1440
    subfolder: Archive
    max_age: 365
    bandwidth: 500K
    exclude: "(?i)spam|(?i)junk"
  register: archive

- name: Use what the server holds now
  ansible.builtin.debug:
    msg: "Job {{ archive.sync_job.id }} goes to port {{ archive.sync_job.port }}"

- name: Describe a job without limits that does not run; an empty text and unlimited are wishes too
  postmaster.comms.mail_sync_job:
    mailbox: bob@example.com
    remote_host: imap.provider.example.net
    remote_user: bob.example
    remote_password: "{{ vault_carol_password }}"
    active: false
    subfolder: ""
    exclude: ""
    max_age: unlimited
    bandwidth: unlimited

- name: Move mail instead of copying it, which deletes it at the provider and so needs consent
  postmaster.comms.mail_sync_job:
    mailbox: bob@example.com
    remote_host: pop.provider.example.net
    remote_user: bob.example
    remote_password: "{{ vault_carol_password }}"
    delete_source: true
    allow_mail_loss: true

- name: Set a new password; it is sent in every run, since no server tells the one it has
  postmaster.comms.mail_sync_job:
    mailbox: bob@example.com
    remote_host: mail.example.org
    remote_user: bob
    remote_password: "{{ vault_dave_password }}"
    update_password: always

- name: Delete a job, which deletes no mail
  postmaster.comms.mail_sync_job:
    mailbox: alice@example.com
    remote_host: imap.former.example.net
    remote_user: alice
    state: absent
"""

RETURN = r"""
---
sync_job:
  description:
    - The sync job as it is now, or as it will be in check mode; null when
      it is absent.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    mailbox:
      description: Address of the mailbox here that receives the mail.
      returned: when the server tells it, or when it was sent
      type: str
    remote_host:
      description: Name of the other server.
      returned: when the server tells it, or when it was sent
      type: str
    remote_user:
      description: Name by which the job logs in to the other server.
      returned: when the server tells it, or when it was sent
      type: str
    encryption:
      description: 'How the connection to the other server is encrypted: V(ssl)
        from its start, V(tls) by STARTTLS, V(plain) not at all.'
      returned: when the server tells it, or when it was sent
      type: str
    port:
      description: Port of the other server.
      returned: when the server tells it, or when it was sent
      type: int
    interval:
      description: Minutes between two runs of the job.
      returned: when the server tells it, or when it was sent
      type: int
    active:
      description: Whether the job runs.
      returned: when the server tells it, or when it was sent
      type: bool
    subfolder:
      description: Folder of the mailbox here that receives the mail.
      returned: when the server tells it, or when it was sent
      type: str
    max_age:
      description: Days after which mail is too old to be fetched, or V(unlimited).
      returned: when the server tells it, or when it was sent
      type: raw
    bandwidth:
      description: Size that may be fetched in a second, for instance V(500K),
        or V(unlimited).
      returned: when the server tells it, or when it was sent
      type: str
    remote_timeout:
      description: Seconds to wait for the other server.
      returned: when the server tells it, or when it was sent
      type: int
    local_timeout:
      description: Seconds to wait for the server here.
      returned: when the server tells it, or when it was sent
      type: int
    exclude:
      description: Regular expression (PCRE) for names of folders that are
        not fetched, for instance V(Junk|Trash).
      returned: when the server tells it, or when it was sent
      type: str
    custom_params:
      description: Further long options of imapsync, for instance V(--maxsize=20000000).
      returned: when the server tells it, or when it was sent
      type: str
    delete_source:
      description: Whether mail is deleted on the other server once it was
        fetched.
      returned: when the server tells it, or when it was sent
      type: bool
    delete_target:
      description: Whether mail is deleted here that the other server does
        not have.
      returned: when the server tells it, or when it was sent
      type: bool
    delete_duplicates:
      description: Whether messages that are here twice are deleted but for
        one.
      returned: when the server tells it, or when it was sent
      type: bool
    automap:
      description: Whether folders such as sent mail and drafts are matched
        by their purpose, whatever they are called.
      returned: when the server tells it, or when it was sent
      type: bool
    skip_cross_duplicates:
      description: Whether a message that was fetched into one folder is skipped
        in others.
      returned: when the server tells it, or when it was sent
      type: bool
    subscribe_all:
      description: Whether the user is subscribed to all folders that are
        fetched.
      returned: when the server tells it, or when it was sent
      type: bool
    dry_run:
      description: Whether the job only tells what it would do.
      returned: when the server tells it, or when it was sent
      type: bool
    id:
      description: Number that the server gave to the job.
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mail.sync_jobs import SYNC_JOB


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, SYNC_JOB))


if __name__ == "__main__":
    main()
