import FoundationEssentials
import Glibc
import Mapping

/// The small files of a sentence model: what shape it has, how it pools, how text is cut.
struct ModelFolder {
    /// How the vectors of a text's pieces become one.
    enum Pooling { case mean, first }

    /// `config.json`, as much of it as matters.  What may be left out has the value that BERT gives it.
    struct Shape: Sendable {
        let layers: Int
        let heads: Int
        let width: Int
        let inner: Int
        let positions: Int
        let pieces: Int
        let segments: Int
        let epsilon: Float
        let activation: Activation

        /// The function between the two linear layers.
        enum Activation: Sendable { case gelu, geluByTanh, relu }
    }

    let path: String
    let shape: Shape
    let pooling: Pooling
    /// Most pieces of a text that are read, the two at its ends included.
    let limit: Int
    /// Words put before a text by what it is for: `query: `, `passage: `.
    let prompts: [String: String]
    /// The prompt of a text of no named purpose.
    let defaultPrompt: String?
    /// What the folder says of its tokeniser, beside the pieces themselves.
    let tokenizer: TokenizerSettings?
    /// Whether texts are lower-cased before they are tokenised, whatever the tokeniser does.
    let lowercasesFirst: Bool

    init(path: String) throws(EncoderError) {
        self.path = path
        guard let raw = try Self.read("\(path)/config.json", as: RawShape.self) else {
            throw EncoderError(.missing, "\(path) has no config.json")
        }
        shape = try raw.checked(path)
        pooling = try Self.pooling(path)
        tokenizer = try Self.read("\(path)/tokenizer_config.json", as: TokenizerSettings.self)
        let sentences = try Self.read("\(path)/sentence_bert_config.json", as: SentenceSettings.self)
        let stated = sentences?.limit ?? tokenizer?.limit ?? shape.positions
        limit = max(2, min(stated, shape.positions))
        lowercasesFirst = sentences?.lowercases ?? false
        let prompts = try Self.read("\(path)/config_sentence_transformers.json", as: Prompts.self)
        self.prompts = prompts?.prompts ?? [:]
        defaultPrompt = prompts?.name.flatMap { prompts?.prompts?[$0] }
    }

    /// The words before a text of one of these purposes; the first that the model names counts.
    func prompt(_ names: String...) -> String? {
        names.lazy.compactMap { prompts[$0] }.first ?? defaultPrompt
    }

    /// All bytes of a small file, nil when there is none.
    static func bytes(_ path: String) throws(EncoderError) -> [UInt8]? {
        do { return try MappedFile(path: path).contents } catch {
            guard error.kind == .missing else { throw EncoderError(.corrupt, error.detail) }
            return nil
        }
    }

    /// Whether there is such a file, of whatever size.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func read<Value: Decodable>(_ path: String, as type: Value.Type) throws(EncoderError) -> Value? {
        guard let bytes = try bytes(path) else { return nil }
        do { return try JSONDecoder().decode(type, from: Data(bytes)) } catch {
            throw EncoderError(.corrupt, "\(path) is not what such a file holds: \(error)")
        }
    }

    /// Whether a name from a file of the model stays inside of the model's folder.
    static func isPlain(name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix(".") && !name.utf8.contains(UInt8(ascii: "/")) && !name.utf8.contains(0)
    }

    private struct SentenceSettings: Decodable {
        let limit: Int?
        let lowercases: Bool?
        private enum CodingKeys: String, CodingKey {
            case limit = "max_seq_length"
            case lowercases = "do_lower_case"
        }
    }

    private struct Prompts: Decodable {
        let prompts: [String: String]?
        let name: String?
        private enum CodingKeys: String, CodingKey {
            case prompts
            case name = "default_prompt_name"
        }
    }
}

/// `config.json` as it is written.
private struct RawShape: Decodable {
    let layers: Int
    let heads: Int
    let width: Int
    let inner: Int
    let positions: Int
    let pieces: Int
    let segments: Int?
    let epsilon: Float?
    let activation: String?
    let kind: String
    let positioning: String?
    let isDecoder: Bool?

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
        case isDecoder = "is_decoder"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        kind = try values.decode(String.self, forKey: .kind)
        // Models of another kind name their sizes otherwise; they are refused by their kind, not by a missing name.
        let isBERT = kind == "bert"
        func size(_ key: CodingKeys) throws -> Int {
            isBERT ? try values.decode(Int.self, forKey: key) : 1
        }
        layers = try size(.layers)
        heads = try size(.heads)
        width = try size(.width)
        inner = try size(.inner)
        positions = try size(.positions)
        pieces = try size(.pieces)
        segments = try values.decodeIfPresent(Int.self, forKey: .segments)
        epsilon = try values.decodeIfPresent(Float.self, forKey: .epsilon)
        activation = try values.decodeIfPresent(String.self, forKey: .activation)
        positioning = try values.decodeIfPresent(String.self, forKey: .positioning)
        isDecoder = try values.decodeIfPresent(Bool.self, forKey: .isDecoder)
    }

    func checked(_ path: String) throws(EncoderError) -> ModelFolder.Shape {
        guard kind == "bert" else {
            throw EncoderError(.unsupported, "\(path) is a '\(kind)' model; only 'bert' is computed here")
        }
        guard positioning ?? "absolute" == "absolute", !(isDecoder ?? false) else {
            throw EncoderError(.unsupported, "\(path) is no encoder with absolute positions")
        }
        let function: ModelFolder.Shape.Activation
        switch activation ?? "gelu" {
        case "gelu", "gelu_python": function = .gelu
        case "gelu_new", "gelu_pytorch_tanh", "gelu_fast": function = .geluByTanh
        case "relu": function = .relu
        case let name:
            throw EncoderError(
                .unsupported, "\(path) uses the activation '\(name)'; computed here are gelu, gelu_new and relu")
        }
        let sizes = [layers, heads, width, inner, positions, pieces, segments ?? 2]
        guard sizes.allSatisfy({ (1...1 << 24).contains($0) }), width % heads == 0, positions >= 2,
            epsilon ?? 0 >= 0
        else { throw EncoderError(.corrupt, "\(path)/config.json holds impossible sizes") }
        return ModelFolder.Shape(
            layers: layers, heads: heads, width: width, inner: inner, positions: positions, pieces: pieces,
            segments: segments ?? 2, epsilon: epsilon ?? 1e-12, activation: function)
    }
}
