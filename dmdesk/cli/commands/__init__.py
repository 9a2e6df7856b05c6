"""The commands, by family: one function each, whose arguments are those of the command line."""
