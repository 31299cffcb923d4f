import FoundationEssentials
import Mapping
import Text

/// The small files of a sentence model: what shape it has, how it pools, how text is cut.
struct ModelFolder {
    /// How the vectors of a text's pieces become one.
    enum Pooling { case mean, first }

    /// `config.json`, as much of it as matters.
    struct Shape: Decodable {
        let layers: Int
        let heads: Int
        let width: Int
        let inner: Int
        let positions: Int
        let pieces: Int
        let segments: Int
        let epsilon: Float
        let activation: String
        let kind: String
        let positioning: String?

        private enum CodingKeys: String, CodingKey {
            case layers = "num_hidden_layers"
            case heads = "num_attention_heads"
            case width = "hidden_size"
            case inner = "intermediate_size"
            case positions = "max_position_embeddings"
            case pieces = "vocab_size"
            case segments = "type_vocab_size"
            case epsilon = "layer_norm_eps"
            case activation = "hidden_act"
            case kind = "model_type"
            case positioning = "position_embedding_type"
        }
    }

    let path: String
    let shape: Shape
    let pooling: Pooling
    /// Most pieces of a text that are read, the two at its ends included.
    let limit: Int
    /// Words put before a text by what it is for: `query: `, `passage: `.
    let prompts: [String: String]

    init(path: String) throws(EncoderError) {
        self.path = path
        guard let shape = try Self.read("\(path)/config.json", as: Shape.self) else {
            throw EncoderError(.missing, "\(path) has no config.json")
        }
        try Self.check(shape, path)
        self.shape = shape
        pooling = try Self.pooling(path)
        let limit = try Self.read("\(path)/sentence_bert_config.json", as: Limit.self)?.limit
        self.limit = max(2, min(limit ?? shape.positions, shape.positions))
        prompts = try Self.read("\(path)/config_sentence_transformers.json", as: Prompts.self)?.prompts ?? [:]
    }

    private static func check(_ shape: Shape, _ path: String) throws(EncoderError) {
        guard shape.kind == "bert" else {
            throw EncoderError(.unsupported, "\(path) is a '\(shape.kind)' model; only 'bert' is computed here")
        }
        guard shape.activation == "gelu" else {
            throw EncoderError(.unsupported, "\(path) uses the activation '\(shape.activation)', not 'gelu'")
        }
        guard shape.positioning ?? "absolute" == "absolute" else {
            throw EncoderError(.unsupported, "\(path) does not use absolute positions")
        }
        let sizes = [
            shape.layers, shape.heads, shape.width, shape.inner, shape.positions, shape.pieces, shape.segments,
        ]
        guard sizes.allSatisfy({ (1...1 << 24).contains($0) }), shape.width % shape.heads == 0, shape.positions >= 2,
            shape.epsilon >= 0
        else { throw EncoderError(.corrupt, "\(path)/config.json holds impossible sizes") }
    }

    private static func pooling(_ path: String) throws(EncoderError) -> Pooling {
        for step in try read("\(path)/modules.json", as: [Step].self) ?? [] {
            let name = step.type.split(separator: ".").last.map(String.init) ?? ""
            guard ["Transformer", "Pooling", "Normalize"].contains(name) else {
                throw EncoderError(.unsupported, "\(path) has a step '\(name)' after pooling")
            }
        }
        guard let modes = try read("\(path)/1_Pooling/config.json", as: PoolingModes.self) else { return .mean }
        switch (modes.mean ?? false, modes.first ?? false, modes.max ?? false, modes.root ?? false) {
        case (true, false, false, false): return .mean
        case (false, true, false, false): return .first
        default: throw EncoderError(.unsupported, "\(path) pools neither by mean nor by first piece")
        }
    }

    /// The tokeniser of `vocab.txt`, or of `tokenizer.json` where there is no such file.
    func wordPiece() throws(EncoderError) -> WordPiece {
        let settings = try Self.read("\(path)/tokenizer_config.json", as: TokenizerSettings.self)
        var options = WordPiece.Options()
        options.lowercases = settings?.lowercases ?? true
        options.stripsAccents = settings?.stripsAccents ?? options.lowercases
        options.separatesIdeographs = settings?.separatesIdeographs ?? true
        let vocabulary: WordPieceVocabulary
        if let lines = try Self.bytes("\(path)/vocab.txt") {
            vocabulary = WordPieceVocabulary(lines: lines)
        } else if let tokenizer = try Self.read("\(path)/tokenizer.json", as: TokenizerFile.self) {
            vocabulary = WordPieceVocabulary(pieces: tokenizer.model.vocab.sorted { $0.value < $1.value }.map(\.key))
        } else {
            throw EncoderError(.missing, "\(path) has neither vocab.txt nor tokenizer.json")
        }
        guard vocabulary.count <= shape.pieces else {
            throw EncoderError(.corrupt, "\(path): \(vocabulary.count) pieces, the model knows \(shape.pieces)")
        }
        do { return try WordPiece(vocabulary: vocabulary, options: options) } catch {
            throw EncoderError(.corrupt, "\(path): \(error.description)")
        }
    }

    /// All bytes of a small file, nil when there is none.
    private static func bytes(_ path: String) throws(EncoderError) -> [UInt8]? {
        do { return try MappedFile(path: path).contents } catch {
            guard error.kind == .missing else { throw EncoderError(.corrupt, error.detail) }
            return nil
        }
    }

    private static func read<Value: Decodable>(_ path: String, as type: Value.Type) throws(EncoderError) -> Value? {
        guard let bytes = try bytes(path) else { return nil }
        do { return try JSONDecoder().decode(type, from: Data(bytes)) } catch {
            throw EncoderError(.corrupt, "\(path) is not what such a file holds: \(error)")
        }
    }

    private struct Limit: Decodable {
        let limit: Int?
        private enum CodingKeys: String, CodingKey { case limit = "max_seq_length" }
    }

    private struct Prompts: Decodable { let prompts: [String: String]? }

    private struct Step: Decodable { let type: String }

    private struct PoolingModes: Decodable {
        let mean: Bool?
        let first: Bool?
        let max: Bool?
        let root: Bool?
        private enum CodingKeys: String, CodingKey {
            case mean = "pooling_mode_mean_tokens"
            case first = "pooling_mode_cls_token"
            case max = "pooling_mode_max_tokens"
            case root = "pooling_mode_mean_sqrt_len_tokens"
        }
    }

    private struct TokenizerSettings: Decodable {
        let lowercases: Bool?
        let stripsAccents: Bool?
        let separatesIdeographs: Bool?
        private enum CodingKeys: String, CodingKey {
            case lowercases = "do_lower_case"
            case stripsAccents = "strip_accents"
            case separatesIdeographs = "tokenize_chinese_chars"
        }
    }

    private struct TokenizerFile: Decodable {
        struct Model: Decodable { let vocab: [String: Int] }
        let model: Model
    }
}
