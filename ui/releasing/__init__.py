"""Releasing a version: a sheet of four steps, from what stands in the way to the sealed baseline and its PDF."""
