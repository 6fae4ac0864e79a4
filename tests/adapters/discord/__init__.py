"""Discord's adapter: its pure parts, fed with payloads as Discord sends them."""
