"""Durable jobs: saved states, the effects they ask for, and the loop that joins them."""
