"""dmdesk's core: a whole project management plan in one file, without a window."""

__version__ = "0.1.0"
