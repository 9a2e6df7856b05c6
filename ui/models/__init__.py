"""Qt item models over the plan in memory; each knows by itself which rows are to be seen."""
