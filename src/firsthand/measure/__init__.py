"""Pure numerics: arrays in, Quantities out; no files, no clock."""
