"""Reviews that were held: reading them, comparing them, printing their minutes, taking back what they changed."""
