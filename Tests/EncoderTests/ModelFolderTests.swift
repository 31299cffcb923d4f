import Encoder
import Foundation
import LinearAlgebra
import Testing

/// A BERT of one layer and eight numbers, written as models are published, for what a real one is too large for.
struct TinyModel {
    var config: [String: Any] = [
        "model_type": "bert", "hidden_act": "gelu", "num_hidden_layers": 1, "num_attention_heads": 2,
        "hidden_size": 8, "intermediate_size": 12, "max_position_embeddings": 16, "vocab_size": 7,
        "type_vocab_size": 2, "layer_norm_eps": 1e-12,
    ]
    var type = "F32"
    /// Bytes before the numbers are a multiple of four only where this is.
    var padding = 0
    var vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nmouse\nrat\n##s\n"
    var pooling: String? = #"{"pooling_mode_cls_token": false, "pooling_mode_mean_tokens": true}"#

    private static let shapes: [(String, [Int])] = [
        ("embeddings.word_embeddings.weight", [7, 8]), ("embeddings.position_embeddings.weight", [16, 8]),
        ("embeddings.token_type_embeddings.weight", [2, 8]), ("embeddings.LayerNorm.weight", [8]),
        ("embeddings.LayerNorm.bias", [8]),
        ("encoder.layer.0.attention.self.query.weight", [8, 8]), ("encoder.layer.0.attention.self.query.bias", [8]),
        ("encoder.layer.0.attention.self.key.weight", [8, 8]), ("encoder.layer.0.attention.self.key.bias", [8]),
        ("encoder.layer.0.attention.self.value.weight", [8, 8]), ("encoder.layer.0.attention.self.value.bias", [8]),
        ("encoder.layer.0.attention.output.dense.weight", [8, 8]),
        ("encoder.layer.0.attention.output.dense.bias", [8]),
        ("encoder.layer.0.attention.output.LayerNorm.weight", [8]),
        ("encoder.layer.0.attention.output.LayerNorm.bias", [8]),
        ("encoder.layer.0.intermediate.dense.weight", [12, 8]), ("encoder.layer.0.intermediate.dense.bias", [12]),
        ("encoder.layer.0.output.dense.weight", [8, 12]), ("encoder.layer.0.output.dense.bias", [8]),
        ("encoder.layer.0.output.LayerNorm.weight", [8]), ("encoder.layer.0.output.LayerNorm.bias", [8]),
    ]

    /// The weights file.  All numbers are multiples of 1/64 below 2, which halves and bfloat16 hold exactly.
    func weights() throws -> Data {
        var header: [String: Any] = ["__metadata__": ["format": "pt"]]
        var payload = Data()
        var next = 0
        for (name, shape) in Self.shapes {
            let start = payload.count
            for _ in 0..<shape.reduce(1, *) {
                next = (next * 37 + 11) % 127
                let value = Float(next - 63) / 64
                switch type {
                case "F16":
                    withUnsafeBytes(of: Float16(value).bitPattern.littleEndian) { payload.append(contentsOf: $0) }
                case "BF16":
                    withUnsafeBytes(of: UInt16(value.bitPattern >> 16).littleEndian) { payload.append(contentsOf: $0) }
                default: withUnsafeBytes(of: value.bitPattern.littleEndian) { payload.append(contentsOf: $0) }
                }
            }
            header[name] = ["dtype": type, "shape": shape, "data_offsets": [start, payload.count]]
        }
        var json = try JSONSerialization.data(withJSONObject: header, options: .sortedKeys)
        while json.count % 8 != padding { json.append(UInt8(ascii: " ")) }
        return withUnsafeBytes(of: UInt64(json.count).littleEndian) { Data($0) } + json + payload
    }

    func write(to folder: URL) throws {
        try JSONSerialization.data(withJSONObject: config).write(to: folder.appending(path: "config.json"))
        try Data(vocabulary.utf8).write(to: folder.appending(path: "vocab.txt"))
        try weights().write(to: folder.appending(path: "model.safetensors"))
        if let pooling {
            let path = folder.appending(path: "1_Pooling")
            try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
            try Data(pooling.utf8).write(to: path.appending(path: "config.json"))
        }
    }

    func open() throws -> SentenceEncoder {
        try withTemporaryFolder { folder in
            try write(to: folder)
            return try SentenceEncoder(folder: folder.path)
        }
    }
}

@Suite struct ModelFolderTests {
    @Test(arguments: ["F16", "BF16"])
    func `weights in half precision give the vectors of the same numbers in single`(type: String) throws {
        var model = TinyModel()
        let expected = try model.open().encode("mouse rats")
        model.type = type
        #expect(try model.open().encode("mouse rats") == expected)
    }

    @Test func `weights at an odd address give the same vectors`() throws {
        var model = TinyModel()
        let expected = try model.open().encode("mouse rats")
        model.padding = 1
        #expect(try model.open().encode("mouse rats") == expected)
    }

    @Test func `pooling by the first piece differs from the mean, and no pooling file means the mean`() throws {
        var model = TinyModel()
        let mean = try model.open().encode("mouse rats")
        model.pooling = #"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}"#
        #expect(try model.open().encode("mouse rats") != mean)
        model.pooling = nil
        #expect(try model.open().encode("mouse rats") == mean)
    }

    @Test func `a model whose pieces are only in tokenizer json cuts the same`() throws {
        let expected = try TinyModel().open().encode("mouse rats")
        let vector = try withTemporaryFolder { folder in
            try TinyModel().write(to: folder)
            try FileManager.default.removeItem(at: folder.appending(path: "vocab.txt"))
            let vocab = ###"{"[PAD]":0,"[UNK]":1,"[CLS]":2,"[SEP]":3,"mouse":4,"rat":5,"##s":6}"###
            try Data(#"{"model":{"type":"WordPiece","vocab":\#(vocab)}}"#.utf8)
                .write(to: folder.appending(path: "tokenizer.json"))
            return try SentenceEncoder(folder: folder.path).encode("mouse rats")
        }
        #expect(vector == expected)
    }

    @Test func `words put before texts by purpose are those of the model`() throws {
        try withTemporaryFolder { folder in
            try TinyModel().write(to: folder)
            try Data(#"{"prompts":{"query":"rat ","passage":"mouse "}}"#.utf8)
                .write(to: folder.appending(path: "config_sentence_transformers.json"))
            let prompted = try SentenceEncoder(folder: folder.path)
            let plain = try TinyModel().open()
            #expect(prompted.encode("rats", as: .query) == plain.encode("rat rats"))
            #expect(prompted.encode(batch: ["rats"]).row(0) == plain.encode("mouse rats"))
        }
    }

    @Test func `identity follows the weights`() throws {
        try withTemporaryFolder { folder in
            try TinyModel().write(to: folder)
            let first = try SentenceEncoder(folder: folder.path).identity
            #expect(try SentenceEncoder(folder: folder.path + "/").identity == first)
            var weights = try TinyModel().weights()
            weights[weights.count - 1] ^= 0x40
            try weights.write(to: folder.appending(path: "model.safetensors"))
            #expect(try SentenceEncoder(folder: folder.path).identity != first)
        }
    }

    @Test(arguments: [
        ("model_type", "roberta", EncoderError.Kind.unsupported), ("hidden_act", "relu", .unsupported),
        ("position_embedding_type", "relative_key", .unsupported),
    ])
    func `a model of another kind is refused`(key: String, value: String, kind: EncoderError.Kind) throws {
        var model = TinyModel()
        model.config[key] = value
        let error = try #require(throws: EncoderError.self) { try model.open() }
        #expect(error.kind == kind)
        #expect(error.detail.contains(value) || error.detail.contains("positions"))
    }

    @Test(arguments: ["num_attention_heads", "hidden_size", "num_hidden_layers", "vocab_size", "intermediate_size"])
    func `a configuration that does not fit the weights is refused`(key: String) throws {
        var model = TinyModel()
        for value in [0, -1, 3, 1 << 40] {
            model.config[key] = value
            #expect(throws: EncoderError.self, "\(value)") { try model.open() }
        }
    }

    @Test func `a vocabulary without the closing piece is refused`() throws {
        var model = TinyModel()
        model.vocabulary = "[PAD]\n[UNK]\n[CLS]\nmouse\n"
        #expect(try #require(throws: EncoderError.self) { try model.open() }.detail.contains("[SEP]"))
    }

    @Test func `a folder that is not there is missing`() throws {
        let error = try #require(throws: EncoderError.self) { try SentenceEncoder(folder: "/nowhere/at/all") }
        #expect(error.kind == .missing)
    }

    @Test func `a model that is not on the shelf is missing, with what to do about it`() throws {
        #expect(ModelShelf.find(named: "no-such-model") == nil)
        let error = try #require(throws: EncoderError.self) { try ModelShelf.folder(named: "no-such-model") }
        #expect(error.kind == .missing)
        #expect(error.detail.contains("make model"))
    }
}
