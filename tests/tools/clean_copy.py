# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A clean copy of the checkout for tools that walk trees: what git tracks or would track, in a repository of its own.

Such tools insist on a directory ``ansible_collections/<namespace>/<name>`` that is a git repository, and do not follow
the link that serves the others. The copy is updated, not made anew, so that their caches stay good. Each tool has one
of its own, since they run at the same time.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
from pathlib import Path

from tests.tools.collection import CACHE, NAME, ROOT

# What the tools leave in the copy and find again.
KEPT = {".git", ".ansible", "tests/output"}


def sync_copy(root: Path) -> Path:
    """Bring the copy below ``root`` up to date; return its directory (``…/ansible_collections/postmaster/comms``)."""
    copy = root / NAME
    wanted = listed_files()
    for name in wanted:
        source, target = ROOT / name, copy / name
        if not (target.exists() and filecmp.cmp(source, target)):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    remove_others(copy, wanted)
    if not (copy / ".git").is_dir():
        subprocess.run(["git", "init", "--quiet", "--initial-branch=main"], cwd=copy, check=True)
    subprocess.run(["git", "add", "--all"], cwd=copy, check=True)
    return copy


def copies_of(tool: str) -> Path:
    """Below which directory a tool's copy lies."""
    return CACHE / "copies" / tool


def run_on_copy(
    tool: str, command: list[str], folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in the tool's copy, or elsewhere; Ansible finds the copy and nothing else. What it says is kept."""
    copy = sync_copy(copies_of(tool))
    return subprocess.run(
        command,
        cwd=folder or copy,
        env={**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(copies_of(tool)), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def listed_files() -> set[str]:
    """Relative paths of the files that are tracked, or untracked and not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.split("\0")
    return {name for name in names if name and (ROOT / name).is_file()}


def remove_others(copy: Path, wanted: set[str]) -> None:
    """Delete what the checkout no longer has, and directories that this leaves empty."""
    for folder, folders, files in os.walk(copy):
        here = Path(folder).relative_to(copy)
        folders[:] = [name for name in folders if (here / name).as_posix() not in KEPT]
        for name in files:
            if (here / name).as_posix() not in wanted:
                (copy / here / name).unlink()
    for folder, folders, files in os.walk(copy, topdown=False):
        if not folders and not files and ".git" not in Path(folder).parts and Path(folder) != copy:
            os.rmdir(folder)
