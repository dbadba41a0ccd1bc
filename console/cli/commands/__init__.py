"""One module for each command; found by folder, independent of each other."""
