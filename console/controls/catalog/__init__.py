"""One module for each control; found by folder, independent of each other."""
