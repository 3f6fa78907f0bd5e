# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connection options of mailbox.org. Generated (python -m tests.tools.module_docs)."""

from __future__ import annotations


class ModuleDocFragment:
    """Connection options of mailbox.org."""

    DOCUMENTATION = r"""
---
requirements:
  - requests >= 2.28 on the host that runs the module
options:
  api_url:
    description:
      - Address of the server, for instance V(https://api.mailbox.org). The
        path C(/v1/) is added when it is missing.
      - The environment variable E(MAILBOXORG_URL) stands in when this is
        omitted.
    type: str
    default: https://api.mailbox.org
  validate_certs:
    description:
      - Whether to check the certificate of the server. Prefer O(ca_path)
        to switching this off.
      - The environment variable E(MAILBOXORG_VALIDATE_CERTS) stands in when
        this is omitted.
    type: bool
    default: true
  ca_path:
    description:
      - File or directory with the certificates of the authorities to trust,
        for a server whose certificate is not signed by a public one.
      - The environment variable E(MAILBOXORG_CA_PATH) stands in when this
        is omitted.
    type: path
  timeout:
    description:
      - Seconds to wait for an answer. Long lists of a busy server may need
        more.
      - The environment variable E(MAILBOXORG_TIMEOUT) stands in when this
        is omitted.
    type: int
    default: 30
  api_username:
    description:
      - Name of an account or of a domain, or address of a mailbox. It decides
        about what the task may do.
      - The environment variable E(MAILBOXORG_USERNAME) stands in when this
        is omitted.
    type: str
    required: true
  api_password:
    description:
      - Password of the account.
      - The environment variable E(MAILBOXORG_PASSWORD) stands in when this
        is omitted.
    type: str
    required: true
"""
