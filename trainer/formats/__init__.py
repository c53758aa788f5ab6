"""Import: one format a file, behind one small interface."""
