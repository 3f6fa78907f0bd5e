# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What identifies objects of a domain: their name, and the domain.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from ..._core.addresses import domain_name
from ..._core.fields import Field, Reference, Text
from ..._core.resource import Values


def owner(what: str) -> Field:
    """The domain of something, as a field of its key."""
    return Text(
        "domain",
        f"Name of the domain that the {what} belongs to.",
        form=domain_name,
        immutable=True,
        reference=Reference("domain", assumable=True),
    )


def domain_of_object(values: Values) -> str:
    return str(values["domain"])
