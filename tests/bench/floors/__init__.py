# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The floors: what somebody would write by hand for one purpose, with the fewest calls that the system allows.

Each is a program of its own that reads the document of a run (`python -m tests.bench.floors.mailcow document.json`). It
knows nothing of the collection, checks no input, forgives nothing and tells nothing: less work than that is none.
"""
