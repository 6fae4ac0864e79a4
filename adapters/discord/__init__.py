"""Discord behind the port of all platforms: `adapter.DiscordAdapter`.

Nothing is imported here, since the adapter imports its SDK, which is heavy: only where Discord is configured.
"""
