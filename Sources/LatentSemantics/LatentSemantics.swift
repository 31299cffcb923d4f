/// LatentSemantics: vectors without a sentence model, from the records themselves.
///
/// Latent semantic analysis (Deerwester et al. 1990): texts are rows of weighted word counts, and the leading right
/// singular vectors of that matrix are directions of meaning, because words that keep the same company point the same
/// way.  ``WordCounts`` takes the texts one by one and keeps them on disk, ``LatentModelBuilder`` finds the directions
/// and writes the vectors of all texts, and a ``LatentModel`` gives the vector of a question.
///
/// The model is a pure function of the texts and the ``LatentSettings``: it holds no trace of removed texts.

/// What a latent model is made with.  One fixed setting serves all collections; `docs/ranking.md` has the evidence.
package struct LatentSettings: Sendable, Hashable {
    /// Length of a vector, at most; fewer where the texts have no more directions.
    package var dimensions = 384
    /// Texts per direction.  Further directions would rest on so few texts that they describe wording and not content.
    package var textsPerDimension = 8
    /// Directions that even few texts may have.
    package var fewDimensions = 32
    /// Texts a word must be in.  Two: a word of one text alone relates it to nothing, and must be gone with it.
    package var leastTexts = 2
    /// Words of a model, those of the most texts; 0.8 KB each in the file, 5 KB while it is made.
    package var mostWords = 1 << 16
    /// Different words that are counted at a time; beyond, those of the fewest texts so far are forgotten (Manku and
    /// Motwani 2002, lossy counting).  About 50 bytes each.
    package var mostCounted = 1 << 22

    package init() {}

    /// The length of a vector for so many texts, where they have that many directions.
    func dimensions(texts: Int) -> Int { min(dimensions, max(fewDimensions, texts / max(1, textsPerDimension))) }
}
