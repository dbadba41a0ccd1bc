"""What hangs on a thing that is to be deleted: found afresh, put into a plan; one module for each kind of thing."""
