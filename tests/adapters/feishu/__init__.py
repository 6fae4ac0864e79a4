"""The adapter of Feishu, piece by piece."""
