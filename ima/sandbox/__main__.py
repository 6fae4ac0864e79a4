"""`python -m ima.sandbox`: run the stand-in alone, and print one JSON line when it answers."""

import argparse
import asyncio
import sys
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
    parser.add_argument("--no-fetch", action="store_true", help="never fetch an input picture from the web")


def options_from(arguments: Sequence[str] | None = None) -> SandboxOptions:
    """Return the options that a command line asks for; ends the process with 2 where it is wrong."""
    parser = argparse.ArgumentParser(prog="python -m ima.sandbox", description=__doc__)
    add_options(parser)
    try:
        return options_of(parser.parse_args(arguments))
    except ValueError as error:
        parser.error(str(error))


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; return the exit code."""
    return run(options_from(arguments))


def run(options: SandboxOptions) -> int:
    """Serve until SIGTERM or SIGINT; return the exit code."""
    from ima.sandbox.server import RunningSandbox, serve

    def ready(sandbox: RunningSandbox) -> None:
        sys.stdout.write(sandbox.as_json() + "\n")
        sys.stdout.flush()

    try:
        asyncio.run(serve(options, on_ready=ready))
    except OSError as error:
        sys.stderr.write(f"the sandbox cannot start: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
