/// Planner: a question becomes a ``Plan``, a plan becomes each source's own query.  Pure: no I/O, no clock but the
/// day it is given.
