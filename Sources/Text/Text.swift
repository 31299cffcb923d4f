/// Text: what happens to words before they are compared.  Folding, tokens, stems and WordPiece.  Imports nothing
/// of ours.
