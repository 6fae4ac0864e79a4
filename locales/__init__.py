"""Every word that a user sees."""
