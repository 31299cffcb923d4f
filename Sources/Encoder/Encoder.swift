/// Encoder: text in, unit vector out.
///
/// A ``SentenceEncoder`` reads the folder of a BERT-type sentence model as it is published (`config.json`, `vocab.txt`,
/// `model.safetensors`, pooling) and computes what the model computes, on BLAS.  Weights stay in the file, which is
/// mapped.  ``ModelCache`` finds the folder.

/// Why a model cannot be used.
package struct EncoderError: Error, CustomStringConvertible, Sendable {
    package enum Kind: String, Sendable {
        /// No such model on this machine.
        case missing
        /// A file of the model is truncated, or is something else.
        case corrupt
        /// A model of a kind that is not computed here.
        case unsupported
    }
    package let kind: Kind
    package let detail: String
    package var description: String { "model \(kind.rawValue): \(detail)" }

    package init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }
}
