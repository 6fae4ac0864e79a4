"""Pictures: fetched within bounds, checked, made to fit, kept for a while.

Import from the modules: `fetch` (needs httpx), `pictures` and `fitting` (pure functions), `workshop` (the same in
threads), `files` (the folder).
"""
