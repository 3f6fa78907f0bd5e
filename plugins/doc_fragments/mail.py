# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connection options of Email Management API. Generated (python -m tests.tools.module_docs)."""

from __future__ import annotations


class ModuleDocFragment:
    """Connection options of Email Management API."""

    DOCUMENTATION = r"""
---
requirements:
  - requests >= 2.28 on the host that runs the module
options:
  api_url:
    description:
      - Address of the server, for instance V(https://mail.example.com). The
        path C(/api/v1) is added when it is missing.
      - The environment variable E(MAIL_API_URL) stands in when this is omitted.
    type: str
    required: true
  validate_certs:
    description:
      - Whether to check the certificate of the server. Prefer O(ca_path)
        to switching this off.
      - The environment variable E(MAIL_API_VALIDATE_CERTS) stands in when
        this is omitted.
    type: bool
    default: true
  ca_path:
    description:
      - File or directory with the certificates of the authorities to trust,
        for a server whose certificate is not signed by a public one.
      - The environment variable E(MAIL_API_CA_PATH) stands in when this is
        omitted.
    type: path
  timeout:
    description:
      - Seconds to wait for an answer. Long lists of a busy server may need
        more.
      - The environment variable E(MAIL_API_TIMEOUT) stands in when this is
        omitted.
    type: int
    default: 30
  api_key:
    description:
      - Key with read and write access.
      - The environment variable E(MAIL_API_KEY) stands in when this is omitted.
    type: str
    required: true
  api_dialect:
    description:
      - 'What the server speaks: V(rest) is the Email Management API, V(mailcow)
        is mailcow''s own API.'
      - The environment variable E(MAIL_API_DIALECT) stands in when this is
        omitted.
    type: str
    default: rest
    choices:
      - rest
      - mailcow
  quota_unit:
    description:
      - In which unit a V(rest) server returns quotas. V(auto) takes a number
        that can be whole megabytes in bytes for bytes, which is wrong only
        for quotas of whole tebibytes on a server that returns megabytes.
      - The environment variable E(MAIL_API_QUOTA_UNIT) stands in when this
        is omitted.
    type: str
    default: auto
    choices:
      - auto
      - mb
      - bytes
  api_sync_jobs_path:
    description:
      - Where a V(rest) server keeps sync jobs, below the path of its API,
        or V(none) for a server without. The document of the API names sync
        jobs and does not tell where they are. When this is omitted, V(syncjobs)
        is tried, and a server that has nothing there counts as one without
        sync jobs.
      - The environment variable E(MAIL_API_SYNC_JOBS_PATH) stands in when
        this is omitted.
    type: str
"""
