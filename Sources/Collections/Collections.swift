/// Collections: containers that the standard library lacks.  Imports nothing.
