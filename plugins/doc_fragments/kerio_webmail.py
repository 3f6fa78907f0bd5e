# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connection options of Kerio Connect client interface. Generated (python -m tests.tools.module_docs)."""

from __future__ import annotations


class ModuleDocFragment:
    """Connection options of Kerio Connect client interface."""

    DOCUMENTATION = r"""
---
requirements:
  - requests >= 2.28 on the host that runs the module
options:
  api_url:
    description:
      - Address of the server, for instance V(https://mail.example.com). The
        path C(/webmail/api/jsonrpc/) is added when it is missing.
      - The environment variable E(KERIO_WEBMAIL_URL) stands in when this
        is omitted.
    type: str
    required: true
  validate_certs:
    description:
      - Whether to check the certificate of the server. Prefer O(ca_path)
        to switching this off.
      - The environment variable E(KERIO_WEBMAIL_VALIDATE_CERTS) stands in
        when this is omitted.
    type: bool
    default: true
  ca_path:
    description:
      - File or directory with the certificates of the authorities to trust,
        for a server whose certificate is not signed by a public one.
      - The environment variable E(KERIO_WEBMAIL_CA_PATH) stands in when this
        is omitted.
    type: path
  timeout:
    description:
      - Seconds to wait for an answer. Long lists of a busy server may need
        more.
      - The environment variable E(KERIO_WEBMAIL_TIMEOUT) stands in when this
        is omitted.
    type: int
    default: 30
  api_username:
    description:
      - Login name of the user whose settings these are; with its domain unless
        that is the primary one.
      - The environment variable E(KERIO_WEBMAIL_USERNAME) stands in when
        this is omitted.
    type: str
    required: true
  api_password:
    description:
      - Password of the account.
      - The environment variable E(KERIO_WEBMAIL_PASSWORD) stands in when
        this is omitted.
    type: str
    required: true
"""
