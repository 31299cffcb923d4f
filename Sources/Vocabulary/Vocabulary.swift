/// Vocabulary: the terms of every facet, what they are called, how they hang together, and the recogniser that
/// finds them in text.
///
/// Terms come from the tables in `vocab/` (see `vocab/README.md` for the format).  Loaded once, immutable, shared.
