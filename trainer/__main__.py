"""`python -m trainer`: the same as the `trainer` command."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (said here because an older Python can read this file, and not the rest)
    sys.exit("The trainer needs Python 3.11 or later; this is " + sys.version.split()[0] + ", in " + sys.executable)

from trainer.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
