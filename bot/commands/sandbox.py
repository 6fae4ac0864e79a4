"""`imabot sandbox`: the stand-in for IMA alone."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options, which are the stand-in's own."""
    from ima.sandbox.__main__ import add_options  # noqa: PLC0415

    add_options(parser)


def main(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from ima.sandbox.__main__ import run  # noqa: PLC0415

    return run(arguments)
