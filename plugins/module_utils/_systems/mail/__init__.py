# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Email Management API and, as its second dialect, mailcow's own API (reference: mail_api.md, mailcow_recorded.md).

This package is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from ..system import ConnectionOption, System, common_connection_options
from .api import API
from .calls import CALLS
from .session import RESOURCES, connect, narrow
from .wire import MAILCOW, REST

SYSTEM = System(
    name="mail",
    title="Email Management API",
    prefix="mail",
    environment="MAIL_API",
    path=API,
    connection=(
        *common_connection_options("https://mail.example.com", API),
        ConnectionOption("api_key", "KEY", "Key with read and write access.", required=True, secret=True),
        ConnectionOption(
            "api_dialect",
            "DIALECT",
            "What the server speaks: V(rest) is the Email Management API, V(mailcow) is mailcow's own API.",
            default=REST,
            choices=(REST, MAILCOW),
        ),
        ConnectionOption(
            "quota_unit",
            "QUOTA_UNIT",
            "In which unit a V(rest) server returns quotas. V(auto) takes a number that can be whole megabytes in "
            "bytes for bytes, which is wrong only for quotas of whole tebibytes on a server that returns megabytes.",
            default="auto",
            choices=("auto", "mb", "bytes"),
        ),
        ConnectionOption(
            "api_sync_jobs_path",
            "SYNC_JOBS_PATH",
            "Where a V(rest) server keeps sync jobs, below the path of its API, or V(none) for a server without. The "
            "document of the API names sync jobs and does not tell where they are. When this is omitted, V(syncjobs) "
            "is tried, and a server that has nothing there counts as one without sync jobs.",
        ),
    ),
    declared=RESOURCES,
    connect=connect,
    narrow=narrow,
    calls=CALLS,
)
