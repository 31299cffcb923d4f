/// Text: what happens to words before they are compared: ``Tokens`` with folded keys for the recogniser, and
/// WordPiece for the encoder.  Imports nothing of ours.
