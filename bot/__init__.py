"""The service: settings, wiring, inbox, durable jobs, store, media, HTTP, commands."""
