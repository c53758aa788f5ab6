"""`python -m trainer`: the same as the `trainer` command."""

from trainer.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
