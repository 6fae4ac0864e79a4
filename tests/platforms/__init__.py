"""Strict local servers that speak the platforms' real wire protocols."""
