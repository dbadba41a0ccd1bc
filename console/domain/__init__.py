"""Frozen values that all layers speak in, and the Snapshot protocol; imports only base."""
