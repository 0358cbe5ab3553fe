"""Venues with their coordinates, rooms with their capacity, and the zones a badge opens."""
