"""Change control in the window: requests, what is said of them, what they change, and the meetings that decide."""
