"""`imabot sandbox`: the stand-in for IMA alone."""

from __future__ import annotations

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options, which are the stand-in's own."""
    from ima.sandbox.__main__ import add_options

    add_options(parser)


def main(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from ima.sandbox.__main__ import options_of, run

    try:
        options = options_of(arguments)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return run(options, until_stdin_ends=arguments.until_stdin_ends)
