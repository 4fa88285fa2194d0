"""How high smoke stands, from ordinary video: arrays in, Quantities out; no files, no clock."""
