/// Vectors: landing comment to be written with its first type.
