# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Make a virtual environment: ``python -m tests.tools.venvs main|oldest|newest REQUIREMENTS``.

``main`` holds the tools and the newest ansible-core for the interpreter that runs this; ``oldest`` and ``newest`` hold
the two ends of the range of ansible-core that this machine's interpreters can install. Standard library only.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.tools.collection import ROOT, ensure_link

Version = tuple[int, int]

# The Python versions that ansible-core controllers run on, from the oldest release we support to the newest.
CONTROLLERS: tuple[Version, ...] = ((3, 11), (3, 12), (3, 13), (3, 14))
# Not sys.executable: make may have been started from inside .venv, which is about to be replaced.
RUNNING: str = getattr(sys, "_base_executable", sys.executable)
# An interpreter is of use when it can make environments and speak TLS; a pyenv shim of an inactive version fails here.
PROBE = "import ensurepip, ssl, sys, venv; print('%d.%d' % sys.version_info[:2])"


def main() -> None:
    """Make the environment that the command line names."""
    parser = argparse.ArgumentParser(description="Make one of the virtual environments of this project.")
    parser.add_argument("name", choices=["main", "oldest", "newest"])
    parser.add_argument("requirements", type=Path)
    arguments = parser.parse_args()
    ensure_link()
    if arguments.name == "main":
        check_running_interpreter()
        install(ROOT / ".venv", RUNNING, ["-r", str(arguments.requirements)])
    else:
        python, core = choose_core(arguments.name, find_interpreters())
        install(ROOT / f".venv-{arguments.name}", python, [core, "-r", str(arguments.requirements)])


def check_running_interpreter() -> None:
    """Stop with one sentence where the interpreter is too old or incomplete."""
    if sys.version_info < CONTROLLERS[0]:
        sys.exit(f"Python 3.11 or later is needed, this is {sys.version.split()[0]}: say make PYTHON=python3.12")
    if probe(RUNNING) is None:
        sys.exit(f"{RUNNING} lacks ensurepip or ssl: install its venv package (Debian: python3-venv)")


def choose_core(end: str, interpreters: dict[Version, str]) -> tuple[str, str]:
    """The interpreter and the requirement for the oldest or newest ansible-core.

    ansible-core 2.18 runs on Python 3.11 to 3.13; where only 3.14 exists, the oldest that runs is 2.20.
    """
    usable = sorted(version for version in interpreters if version in CONTROLLERS)
    if not usable:
        sys.exit("no complete Python between 3.11 and 3.14 was found: one with ensurepip and ssl is needed")
    if end == "newest":
        return interpreters[usable[-1]], "ansible-core"
    oldest = "2.18.0" if usable[0] <= (3, 13) else "2.20.0"
    return interpreters[usable[0]], f"ansible-core~={oldest}"


def find_interpreters() -> dict[Version, str]:
    """Every complete Python 3 on PATH or under pyenv, by version; the running one wins for its own version."""
    found: dict[Version, str] = {}
    for candidate in candidates():
        version = probe(candidate)
        if version is not None:
            found.setdefault(version, candidate)
    return found


def candidates() -> Iterator[str]:
    """Paths worth a try: the running interpreter, then PATH, then pyenv (whose versions need not be active)."""
    yield RUNNING
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    folders += sorted(pyenv.glob("versions/3.*/bin"), reverse=True)
    for folder in folders:
        for path in sorted(folder.glob("python3.*")):
            if re.fullmatch(r"python3\.\d+", path.name):
                yield str(path)


def probe(python: str) -> Version | None:
    """The interpreter's version, or None where it does not run or is not complete."""
    try:
        done = subprocess.run([python, "-c", PROBE], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode != 0:
        return None
    major, minor = done.stdout.strip().split(".")
    return int(major), int(minor)


def install(venv: Path, python: str, arguments: list[str]) -> None:
    """Make the environment if it is missing or broken and install into it; say what was done and how long it took."""
    started = time.monotonic()
    if probe(str(venv / "bin" / "python")) is None:
        shutil.rmtree(venv, ignore_errors=True)
        subprocess.run([python, "-m", "venv", str(venv)], check=True)
    pip = [str(venv / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    done = subprocess.run([*pip, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{done.stdout}\ncould not install {' '.join(arguments)} into {venv.name}: see above")
    print(f"{venv.name}: ready after {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
