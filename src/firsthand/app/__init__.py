"""Use cases. The only place that wires: gathers what a part needs and hands it over."""
