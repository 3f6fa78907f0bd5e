#!/usr/bin/python
# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Manage accounts of mailbox.org.

Generated from the definitions by ``python -m tests.tools.module_docs``; only EXAMPLES are written by hand.
"""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: mailboxorg_account
short_description: Manage accounts of mailbox.org
description:
  - Changes one's own account, or as a reseller creates, changes and deletes
    the accounts of customers.
  - Options that are left out stay as they are on the server.
  - An account changes itself; everything else needs a login of level C(reseller)
    or above.
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
      - Whether the account is to exist.
    type: str
    default: present
    choices:
      - present
      - absent
  name:
    description:
      - Name of the account, which is the login name of the customer.
    type: str
    required: true
  password:
    description:
      - Password of the account. The server never returns it, so it is sent
        at creation only, unless O(update_password=always). Required to create
        the object.
    type: str
  telephone_password:
    description:
      - Password by which the customer is known on the telephone. Sent when
        O(password) would be.
    type: str
  plan:
    description:
      - 'What the account pays for: V(basic), V(profi) (Professional), V(profixl)
        (Professional XL) or V(reseller). Required to create the object.'
    type: str
    choices:
      - basic
      - profi
      - profixl
      - reseller
  memo:
    description:
      - Free text about the account. The server was seen to confirm an empty
        text and to keep the old one, which is reported as a failure.
    type: str
  company:
    description:
      - Name of the company.
    type: str
  vat_id:
    description:
      - VAT identification number.
    type: str
    aliases:
      - ustid
  language:
    description:
      - Language of the account as a locale, for instance V(de_DE).
    type: str
  salutation:
    description:
      - Salutation of the contact person. V(herr) and V(frau) are known.
    type: str
  address_main:
    description:
      - Contact person and postal address.
    type: dict
    suboptions:
      first_name:
        description:
          - First name.
        type: str
      last_name:
        description:
          - Last name.
        type: str
      street:
        description:
          - Street and number.
        type: str
      zipcode:
        description:
          - Postal code.
        type: str
      town:
        description:
          - Town.
        type: str
      country:
        description:
          - Country.
        type: str
  address_payment:
    description:
      - Address for invoices.
    type: dict
    suboptions:
      same_as_main:
        description:
          - Whether invoices go to O(address_main).
        type: bool
      first_name:
        description:
          - First name.
        type: str
      last_name:
        description:
          - Last name.
        type: str
      company:
        description:
          - Name of the company.
        type: str
      street:
        description:
          - Street and number.
        type: str
      zipcode:
        description:
          - Postal code.
        type: str
      town:
        description:
          - Town.
        type: str
      country:
        description:
          - Country.
        type: str
  contact:
    description:
      - Ways to reach the customer. How the server tells them is not proven
        on a real server.
    type: dict
    suboptions:
      mail:
        description:
          - E-mail address.
        type: str
      mail_payment:
        description:
          - E-mail address for invoices.
        type: str
      phone:
        description:
          - Telephone number.
        type: str
      fax:
        description:
          - Fax number.
        type: str
      mobile:
        description:
          - Number of the mobile telephone.
        type: str
  bank:
    description:
      - Bank account. How the server tells it is not proven on a real server.
    type: dict
    suboptions:
      iban:
        description:
          - IBAN.
        type: str
      bic:
        description:
          - BIC.
        type: str
      account_owner:
        description:
          - Owner of the bank account.
        type: str
  payment_type:
    description:
      - How the account pays; V(invoice) is one of the words that the server
        knows.
    type: str
  max_mailinglist:
    description:
      - Number of mailing lists that the account may have.
    type: int
  tariff_limits:
    description:
      - Limits by plan; what the server limits by them is not documented,
        and not proven on a real server.
    type: dict
    aliases:
      - tarifflimits
    suboptions:
      basic:
        description:
          - Limit for the plan V(basic), or V(unlimited) for none.
        type: raw
      profi:
        description:
          - Limit for the plan V(profi), or V(unlimited) for none.
        type: raw
      profixl:
        description:
          - Limit for the plan V(profixl), or V(unlimited) for none.
        type: raw
      reseller:
        description:
          - Limit for the plan V(reseller), or V(unlimited) for none.
        type: raw
  mail_forwarding:
    description:
      - Sent as it is; its meaning is not documented, and no known call returns
        it.
    type: str
  av_contract_accept_name:
    description:
      - Name of the person who accepts the contract about data processing.
        No known call returns it.
    type: str
  av_contract_professional_secrecy:
    description:
      - Whether that contract covers professional secrecy. No known call returns
        it.
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
      - Consent to the loss of all domains and mailboxes of the account with
        all their mail, without which it is not deleted.
    type: bool
    default: false
  force:
    description:
      - Whether to carry out a change that deletes, disables or demotes the
        very account that the task is logged in with.
    type: bool
    default: false
seealso:
  - module: postmaster.comms.mailboxorg_domain
  - module: postmaster.comms.mailboxorg_mailbox
  - module: postmaster.comms.mailboxorg_vacation
  - module: postmaster.comms.mailboxorg_spam_protection
  - module: postmaster.comms.mailboxorg_blacklist
  - module: postmaster.comms.mailboxorg_mailing_list
  - module: postmaster.comms.mailboxorg_group
  - module: postmaster.comms.mailboxorg_config
  - module: postmaster.comms.mailboxorg_info
notes:
  - 'Not proven on a real server: what account.set makes of settings that
    account.add takes as well, and of those that are never told.'
"""

EXAMPLES = r"""
---
- name: Change some data of one's own account; the connection is given with the task
  postmaster.comms.mailboxorg_account:
    api_username: "{{ mailboxorg_username }}"
    api_password: "{{ vault_mailboxorg_password }}"
    name: example
    company: Example GmbH
    address_main:
      street: High Street 2
      town: Berlin
    contact:
      mail: post@example.com
      mail_payment: invoices@example.com

# What several tasks share is given once: for a block as here, or for a play. Where an option is not given at all,
# the environment variables MAILBOXORG_USERNAME, MAILBOXORG_PASSWORD … count.
- name: What a reseller does
  module_defaults:
    group/postmaster.comms.mailboxorg:
      api_username: "{{ mailboxorg_reseller }}"
      api_password: "{{ vault_reseller_password }}"
  block:
    - name: Create the account of a customer
      postmaster.comms.mailboxorg_account:
        name: bakery
        plan: basic
        company: Bakery Ltd
        language: en_US
        password: "{{ vault_bakery_password }}"
        telephone_password: "{{ vault_telephone_password }}"
        payment_type: invoice

    - name: Move a customer to another plan
      postmaster.comms.mailboxorg_account:
        name: other
        plan: profixl

    - name: Delete the account of a customer with all domains and all mail, which needs consent
      postmaster.comms.mailboxorg_account:
        name: former
        state: absent
        allow_mail_loss: true
"""

RETURN = r"""
---
account:
  description:
    - The account as it is now, or as it will be in check mode; null when
      it is absent.
    - After a creation it holds what was sent. What only the server decides
      is null in check mode.
  returned: success
  type: dict
  contains:
    name:
      description: Name of the account, which is the login name of the customer.
      returned: when the server tells it, or when it was sent
      type: str
    plan:
      description: 'What the account pays for: V(basic), V(profi) (Professional),
        V(profixl) (Professional XL) or V(reseller).'
      returned: when the server tells it, or when it was sent
      type: str
    memo:
      description: Free text about the account.
      returned: when the server tells it, or when it was sent
      type: str
    company:
      description: Name of the company.
      returned: when the server tells it, or when it was sent
      type: str
    vat_id:
      description: VAT identification number.
      returned: when the server tells it, or when it was sent
      type: str
    language:
      description: Language of the account as a locale, for instance V(de_DE).
      returned: when the server tells it, or when it was sent
      type: str
    salutation:
      description: Salutation of the contact person.
      returned: when the server tells it, or when it was sent
      type: str
    address_main:
      description: Contact person and postal address.
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
        first_name:
          description: First name.
          returned: when the server tells it, or when it was sent
          type: str
        last_name:
          description: Last name.
          returned: when the server tells it, or when it was sent
          type: str
        street:
          description: Street and number.
          returned: when the server tells it, or when it was sent
          type: str
        zipcode:
          description: Postal code.
          returned: when the server tells it, or when it was sent
          type: str
        town:
          description: Town.
          returned: when the server tells it, or when it was sent
          type: str
        country:
          description: Country.
          returned: when the server tells it, or when it was sent
          type: str
    address_payment:
      description: Address for invoices.
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
        same_as_main:
          description: Whether invoices go to O(address_main).
          returned: when the server tells it, or when it was sent
          type: bool
        first_name:
          description: First name.
          returned: when the server tells it, or when it was sent
          type: str
        last_name:
          description: Last name.
          returned: when the server tells it, or when it was sent
          type: str
        company:
          description: Name of the company.
          returned: when the server tells it, or when it was sent
          type: str
        street:
          description: Street and number.
          returned: when the server tells it, or when it was sent
          type: str
        zipcode:
          description: Postal code.
          returned: when the server tells it, or when it was sent
          type: str
        town:
          description: Town.
          returned: when the server tells it, or when it was sent
          type: str
        country:
          description: Country.
          returned: when the server tells it, or when it was sent
          type: str
    contact:
      description: Ways to reach the customer.
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
        mail:
          description: E-mail address.
          returned: when the server tells it, or when it was sent
          type: str
        mail_payment:
          description: E-mail address for invoices.
          returned: when the server tells it, or when it was sent
          type: str
        phone:
          description: Telephone number.
          returned: when the server tells it, or when it was sent
          type: str
        fax:
          description: Fax number.
          returned: when the server tells it, or when it was sent
          type: str
        mobile:
          description: Number of the mobile telephone.
          returned: when the server tells it, or when it was sent
          type: str
    bank:
      description: Bank account.
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
        iban:
          description: IBAN.
          returned: when the server tells it, or when it was sent
          type: str
        bic:
          description: BIC.
          returned: when the server tells it, or when it was sent
          type: str
        account_owner:
          description: Owner of the bank account.
          returned: when the server tells it, or when it was sent
          type: str
    payment_type:
      description: How the account pays; V(invoice) is one of the words that
        the server knows.
      returned: when the server tells it, or when it was sent
      type: str
    max_mailinglist:
      description: Number of mailing lists that the account may have.
      returned: when the server tells it, or when it was sent
      type: int
    tariff_limits:
      description: Limits by plan; what the server limits by them is not documented,
        and not proven on a real server.
      returned: when the server tells it, or when it was sent
      type: dict
      contains:
        basic:
          description: Limit for the plan V(basic), or V(unlimited) for none.
          returned: when the server tells it, or when it was sent
          type: raw
        profi:
          description: Limit for the plan V(profi), or V(unlimited) for none.
          returned: when the server tells it, or when it was sent
          type: raw
        profixl:
          description: Limit for the plan V(profixl), or V(unlimited) for
            none.
          returned: when the server tells it, or when it was sent
          type: raw
        reseller:
          description: Limit for the plan V(reseller), or V(unlimited) for
            none.
          returned: when the server tells it, or when it was sent
          type: raw
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
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg.accounts import ACCOUNT


def main() -> None:
    """Run the module."""
    run_module(object_definition(SYSTEM, ACCOUNT))


if __name__ == "__main__":
    main()
