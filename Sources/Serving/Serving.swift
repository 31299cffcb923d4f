/// Serving: the search of ``Searcher`` as HTTP, section 6 of docs/contract.md.
///
/// The way of one request: ``HTTPServer`` (libmicrohttpd) collects it; ``Service`` reads it strictly, finds its
/// ``Route``, counts it against the client's rate and answers 304, problems and health at once; everything else waits
/// in the bounded ``WorkQueue`` for one of as many workers as there are processors.  A request takes one
/// ``Snapshot`` from the ``ServedGenerations`` and keeps it to the end; a ``Watcher`` puts new generations on the
/// served.
///
/// To add a route: one ``Route`` value in `Endpoints/`, listed in `Endpoints/Route+All.swift`.  Its parameters feed the
/// parser, the OpenAPI document and `docs/http.md`.
