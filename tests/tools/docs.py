# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Check the documentation and build the site into ``.cache/docs/html``. A warning is an error."""

from __future__ import annotations

import shutil
import sys

from tests.tools.clean_copy import run_on_copy
from tests.tools.collection import CACHE, ROOT

SITE = CACHE / "docs"
LINT = [
    "antsibull-docs", "lint-collection-docs", "--plugin-docs", "--validate-collection-refs=dependent",
    "--disallow-unknown-collection-refs", "--check-extra-docs-refs", ".",
]  # fmt: skip
GENERATE = [
    "antsibull-docs", "collection", "--use-current", "--fail-on-error", "--squash-hierarchy",
    "--no-add-antsibull-docs-version", "--dest-dir", str(SITE / "rst"), "postmaster.comms",
]  # fmt: skip
BUILD = [
    "sphinx-build", "--quiet", "--fail-on-warning", "--keep-going", "--builder", "html",
    "--conf-dir", str(ROOT / "docs" / "site"), "--doctree-dir", str(SITE / "doctrees"),
    str(SITE / "rst"), str(SITE / "html"),
]  # fmt: skip


def main() -> int:
    """Check, generate, build; the exit code is that of the first that fails."""
    shutil.rmtree(SITE, ignore_errors=True)
    # antsibull-docs refuses a directory that others may write to.
    (SITE / "rst").mkdir(parents=True, mode=0o755)
    for command in (LINT, GENERATE, BUILD):
        done = run_on_copy("docs", command)
        if done.returncode or "WARNING" in done.stdout:
            print(f"{done.stdout}\nfailed: {' '.join(command[:2])}", flush=True)
            return done.returncode or 1
    print(f"the site: {SITE / 'html' / 'index.html'}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
