# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The client: HTTP with TLS, timeouts, safe retries and rate limits; JSON-RPC and REST envelopes; the read-only gate.

It knows no resource. The one import of ``requests`` is in ``http.py``.

This package is private to the collection: it may change without notice between any two releases.
"""
