# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One certificate authority per process, made when the first simulator starts."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import ssl
import tempfile
from pathlib import Path

import trustme


@functools.cache
def _authority() -> trustme.CA:
    return trustme.CA(organization_name="Simulated servers")


@functools.cache
def ca_path() -> str:
    """Path of the authority's certificate as PEM, in a temporary directory that is removed at exit."""
    directory = tempfile.mkdtemp(prefix="simulators-ca-")
    atexit.register(_remove, directory, os.getpid())
    path = Path(directory, "ca.pem")
    _authority().cert_pem.write_to_path(str(path))
    return str(path)


def _remove(directory: str, owner: int) -> None:
    # A forked child inherits the exit handlers but must leave the file to its parent.
    if os.getpid() == owner:
        shutil.rmtree(directory, ignore_errors=True)


@functools.cache
def server_context() -> ssl.SSLContext:
    """TLS settings of every simulator; the certificate is valid for localhost and 127.0.0.1."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    _authority().issue_cert("localhost", "127.0.0.1").configure_cert(context)
    return context
