/// Knows which names are close in meaning to a word that no vocabulary has.
///
/// It only ever suggests: `docs/decisions/010-no-filter-from-vectors.md` says why no filter is made of what it finds.
package protocol WordLinking: Sendable {
    /// Labels of terms whose names are close to a word, the closest first; none when nothing is close.
    func names(near word: String) -> [String]
}
