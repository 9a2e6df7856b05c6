"""One change request: where it stands, what is said of it and what it changes; and what was changed without one."""
