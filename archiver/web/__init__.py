"""The only place that speaks HTTP to the open web."""
