"""The risk review in the window: how one is started, the meeting on the whole screen, and reading past ones."""
