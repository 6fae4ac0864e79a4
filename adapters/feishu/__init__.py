"""Feishu and Lark behind the port of all platforms. Imported only where it is configured: its SDK is heavy."""

from .adapter import FeishuAdapter

__all__ = ["FeishuAdapter"]
