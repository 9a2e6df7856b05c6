"""Measurements: what dmdesk costs in time and memory, beside what the machine charges for nothing."""
