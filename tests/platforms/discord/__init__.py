"""A local Discord: REST and gateway over real sockets, stricter than the original; `discord_server` is its door."""
