"""One module for each kind of fact; found by folder, independent of each other."""
