"""`python -m ima.sandbox`: run the stand-in alone, and print one JSON line when it answers."""

import argparse
import asyncio
import os
import signal
import sys
import threading
from collections.abc import Sequence

from ima.sandbox.options import SandboxOptions, pace_named


def add_options(parser: argparse.ArgumentParser) -> None:
    """Teach a parser every option of the sandbox."""
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--pace", choices=("real", "fast"), default="real", help="how long pictures take")
    parser.add_argument("--api-key", help="the only key that is accepted; drawn where not given")
    parser.add_argument("--balance", type=int, default=1000, help="points to begin with")
    parser.add_argument("--seed", type=int, help="makes ids, times and names repeatable")
    parser.add_argument("--port", type=int, default=0, help="of the API; 0 takes a free one, like the others")
    parser.add_argument("--im-port", type=int, default=0)
    parser.add_argument("--storage-port", type=int, default=0)
    parser.add_argument("--control-port", type=int, default=0)
    parser.add_argument("--no-post-upload-token", action="store_true", help="serve the upload token by GET only")
    parser.add_argument(
        "--until-stdin-ends", action="store_true", help="end when stdin is closed: with the program that started it"
    )
    parser.add_argument("--no-fetch", action="store_true", help="never fetch an input picture from the web")


def options_of(given: argparse.Namespace) -> SandboxOptions:
    """Return the options that were given.

    Raises:
        ValueError: a number is out of range, or the host is not on loopback.
    """
    return SandboxOptions(
        host=given.host,
        pace=pace_named(given.pace),
        api_key=given.api_key,
        balance=given.balance,
        seed=given.seed,
        api_port=given.port,
        im_port=given.im_port,
        storage_port=given.storage_port,
        control_port=given.control_port,
        post_upload_token=not given.no_post_upload_token,
        fetch_public_pictures=not given.no_fetch,
    )


def options_from(arguments: Sequence[str] | None = None) -> SandboxOptions:
    """Return the options that a command line asks for; ends the process with 2 where it is wrong."""
    return _parsed(arguments)[0]


def _parsed(arguments: Sequence[str] | None) -> tuple[SandboxOptions, bool]:
    parser = argparse.ArgumentParser(prog="python -m ima.sandbox", description=__doc__)
    add_options(parser)
    given = parser.parse_args(arguments)
    try:
        return options_of(given), given.until_stdin_ends
    except ValueError as error:
        parser.error(str(error))


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; return the exit code."""
    options, until_stdin_ends = _parsed(arguments)
    return run(options, until_stdin_ends=until_stdin_ends)


def run(options: SandboxOptions, *, until_stdin_ends: bool = False) -> int:
    """Serve until SIGTERM or SIGINT, or until stdin is closed where that is asked for; return the exit code."""
    from ima.sandbox.server import RunningSandbox, serve

    if until_stdin_ends:
        threading.Thread(target=_end_with_stdin, name="stdin", daemon=True).start()

    def ready(sandbox: RunningSandbox) -> None:
        sys.stdout.write(sandbox.as_json() + "\n")
        sys.stdout.flush()

    try:
        asyncio.run(serve(options, on_ready=ready))
    except OSError as error:
        sys.stderr.write(f"the sandbox cannot start: {error}\n")
        return 1
    return 0


def _end_with_stdin() -> None:
    """Whoever started us has gone, however it went."""
    # The descriptor itself: a reader object in the hands of a daemon thread would be in the way at exit.
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
