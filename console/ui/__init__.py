"""The window: the only layer that touches Qt."""
