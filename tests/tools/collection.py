# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the collection lies under its importable name, and the link that puts it there.

Python and Ansible find a collection only below a directory ``ansible_collections/<namespace>/<name>``, whatever the
checkout is called. So ``.cache/collections`` holds that path as a link to the checkout. Standard library only: this
runs before the virtual environment exists.
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache"
COLLECTIONS = CACHE / "collections"
NAME = Path("ansible_collections") / "postmaster" / "comms"


def ensure_link() -> Path:
    """Make the link if it is missing or points elsewhere; return the directory to put on a search path."""
    link = COLLECTIONS / NAME
    if link.resolve() != ROOT:
        link.parent.mkdir(parents=True, exist_ok=True)
        # Put in place in one step: several processes may do this at the same time.
        new = link.with_name(f"{link.name}.{os.getpid()}")
        new.symlink_to(ROOT, target_is_directory=True)
        new.replace(link)
    return COLLECTIONS
