"""Risk scales in the window: the page that lists them, the editor with its preview, and the sheet before a change."""
