"""The window: Qt over the core. It knows no SQL, so the core stays usable without it."""
