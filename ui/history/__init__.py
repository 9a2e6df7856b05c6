"""The history in the window: the page of all steps, what each of them changed, taking one back, and compacting."""
