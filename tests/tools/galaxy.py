# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Build the archive, check it as Ansible Galaxy would, and read the requirements an execution environment would get."""

from __future__ import annotations

import re
import shutil
import sys

from tests.tools.clean_copy import copies_of, run_on_copy
from tests.tools.collection import CACHE

BUILD = CACHE / "galaxy"
# ansible-lint is a step of its own; flake8 would repeat ruff with other opinions.
IMPORTER = {
    "GALAXY_IMPORTER_CHECK_REQUIRED_TAGS": "true",
    "GALAXY_IMPORTER_REQUIRE_V1_OR_GREATER": "true",
    "GALAXY_IMPORTER_RUN_ANSIBLE_LINT": "false",
}


def main() -> int:
    """Build and check; the exit code is 0 when there was neither error nor warning."""
    shutil.rmtree(BUILD, ignore_errors=True)
    built = run_on_copy("galaxy", ["ansible-galaxy", "collection", "build", "--output-path", str(BUILD)])
    print(built.stdout, flush=True)
    return 0 if built.returncode == 0 and importer_is_content() and requirements_are_found() else 1


def importer_is_content() -> bool:
    """Run galaxy-importer; what it only warns of would show on the collection's page, so that counts too."""
    (archive,) = BUILD.glob("*.tar.gz")
    done = run_on_copy("galaxy", [sys.executable, "-m", "galaxy_importer.main", archive.name], folder=BUILD, **IMPORTER)
    print(done.stdout, flush=True)
    return done.returncode == 0 and not re.search(r"^(WARNING|ERROR|CRITICAL)", done.stdout, re.MULTILINE)


def requirements_are_found() -> bool:
    """Whether ansible-builder finds, through meta/execution-environment.yml, that requests is needed."""
    done = run_on_copy("galaxy", ["ansible-builder", "introspect", str(copies_of("galaxy"))])
    found = done.returncode == 0 and re.search(r"requests>=\S+ .*postmaster\.comms", done.stdout) is not None
    print(
        done.stdout if not found else "ansible-builder finds what an execution environment has to install", flush=True
    )
    return found


if __name__ == "__main__":
    sys.exit(main())
