"""Change control: clocks, states, objections, the board and the lock; pure over a plan, "now" always given."""
