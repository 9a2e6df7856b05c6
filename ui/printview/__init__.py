"""The preview: the very pages that will be printed, to read, search, click through and find one's way back from."""
