"""Charts of the register: where things stand is worked out as plain numbers, then painted in the theme's colours."""
