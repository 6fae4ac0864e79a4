"""The conversation as pure decisions: standard library only, no clock, no I/O, no await, no platform."""
