"""Rows and sums shown alike on screen and in a pack; pure, unaware of Qt and of files."""
