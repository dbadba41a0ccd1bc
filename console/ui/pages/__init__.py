"""One module for each page; found by folder, independent of each other."""
