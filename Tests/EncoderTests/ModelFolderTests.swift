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

    /// Tensors that are left out, and those that hold another first number.
    var missing: Set<String> = []
    var firstNumbers: [String: Float] = [:]

    static let shapes: [(String, [Int])] = [
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
    func weights(_ isHere: (String) -> Bool = { _ in true }) throws -> Data {
        var header: [String: Any] = ["__metadata__": ["format": "pt"]]
        var payload = Data()
        var next = 0
        for (name, shape) in Self.shapes {
            let start = payload.count
            let isWanted = isHere(name) && !missing.contains(name)
            for index in 0..<shape.reduce(1, *) {
                next = (next * 37 + 11) % 127
                guard isWanted else { continue }
                let value = index == 0 ? firstNumbers[name] ?? Float(next - 63) / 64 : Float(next - 63) / 64
                switch type {
                case "F16":
                    withUnsafeBytes(of: Float16(value).bitPattern.littleEndian) { payload.append(contentsOf: $0) }
                case "BF16":
                    withUnsafeBytes(of: UInt16(value.bitPattern >> 16).littleEndian) { payload.append(contentsOf: $0) }
                default: withUnsafeBytes(of: value.bitPattern.littleEndian) { payload.append(contentsOf: $0) }
                }
            }
            guard isWanted else { continue }
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

    /// The model from a folder to which something was done.
    func open(
        checked: Bool = false, after change: (URL) throws -> Void = { _ in }
    ) throws -> SentenceEncoder {
        try withTemporaryFolder { folder in
            try write(to: folder)
            try change(folder)
            return try SentenceEncoder(folder: folder.path, checked: checked)
        }
    }

    /// Why the model cannot be opened.
    func refusal(checked: Bool = false, after change: (URL) throws -> Void = { _ in }) throws -> EncoderError {
        try #require(throws: EncoderError.self) { try open(checked: checked, after: change) }
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
        ("model_type", "roberta", EncoderError.Kind.unsupported), ("hidden_act", "silu", .unsupported),
        ("position_embedding_type", "relative_key", .unsupported),
    ])
    func `a model of another kind is refused`(key: String, value: String, kind: EncoderError.Kind) throws {
        var model = TinyModel()
        model.config[key] = value
        let error = try #require(throws: EncoderError.self) { try model.open() }
        #expect(error.kind == kind)
        #expect(error.detail.contains(value) || error.detail.contains("positions"))
    }

    @Test(arguments: ["gelu", "gelu_new", "relu"])
    func `every function between the linear layers that is known gives a vector of its own`(name: String) throws {
        var model = TinyModel()
        model.config["hidden_act"] = name
        let vector = try model.open().encode("mouse rats")
        #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
        model.config["hidden_act"] = name == "gelu" ? "relu" : "gelu"
        #expect(try model.open().encode("mouse rats") != vector)
    }

    @Test func `weights in several files give the vectors of the same in one`() throws {
        let model = TinyModel()
        let expected = try model.open().encode("mouse rats")
        let split = try model.open { folder in
            try FileManager.default.removeItem(at: folder.appending(path: "model.safetensors"))
            var places: [String: String] = [:]
            for (index, (name, _)) in TinyModel.shapes.enumerated() { places[name] = "part-\(index % 2).safetensors" }
            for part in Set(places.values) {
                try model.weights { places[$0] == part }.write(to: folder.appending(path: part))
            }
            try JSONSerialization.data(withJSONObject: ["weight_map": places])
                .write(to: folder.appending(path: "model.safetensors.index.json"))
        }
        #expect(split.encode("mouse rats") == expected)
    }

    @Test(arguments: ["../secret.safetensors", "/etc/passwd", "", ".hidden"])
    func `an index of weights cannot name a file outside of the model`(name: String) throws {
        let error = try TinyModel().refusal { folder in
            try FileManager.default.removeItem(at: folder.appending(path: "model.safetensors"))
            try JSONSerialization.data(withJSONObject: ["weight_map": ["a": name]])
                .write(to: folder.appending(path: "model.safetensors.index.json"))
        }
        #expect(error.kind == .corrupt)
    }

    @Test(
        arguments: [
            (#"{"pooling_mode": "mean"}"#, nil), (#"{"pooling_mode": ["cls"]}"#, nil),
            (#"{"pooling_mode_max_tokens": true, "pooling_mode_mean_tokens": false}"#, "max"),
            (#"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true}"#, "cls and mean"),
            (#"{"pooling_mode": "lasttoken"}"#, "lasttoken"),
            (#"{"pooling_mode_mean_tokens": false}"#, "off"),
            (#"{"pooling_mode_mean_tokens": true, "include_prompt": false}"#, "prompt"),
        ] as [(String, String?)])
    func `pooling is what its file says, or refused by its name`(file: String, refusal: String?) throws {
        var model = TinyModel()
        model.pooling = file
        guard let refusal else {
            #expect(try model.open().encode("mouse").count == 8)
            return
        }
        let error = try model.refusal()
        #expect(error.kind == .unsupported)
        #expect(error.detail.contains(refusal))
    }

    @Test(arguments: [
        ("modules.json", #"[{"type": "sentence_transformers.models.Dense", "path": "2_Dense"}]"#, "Dense"),
        ("modules.json", #"[{"type": "x.Transformer", "path": "0_Transformer"}]"#, "folder of its own"),
    ])
    func `steps that are not computed are refused by name`(file: String, text: String, word: String) throws {
        let error = try TinyModel().refusal { try Data(text.utf8).write(to: $0.appending(path: file)) }
        #expect(error.kind == .unsupported)
        #expect(error.detail.contains(word))
    }

    @Test(arguments: [
        (#"{"model":{"type":"Unigram","vocab":[["a",0.0]]}}"#, "Unigram"),
        (#"{"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}"#, "BPE"),
        (#"{"model":{"type":"WordPiece","vocab":{"a":0},"continuing_subword_prefix":"@@"}}"#, "##"),
        (#"{"model":{"type":"WordPiece","vocab":{"a":0}},"normalizer":{"type":"NFKC"}}"#, "NFKC"),
    ])
    func `a tokeniser of another kind is refused by name`(file: String, word: String) throws {
        let error = try TinyModel().refusal { folder in
            try FileManager.default.removeItem(at: folder.appending(path: "vocab.txt"))
            try Data(file.utf8).write(to: folder.appending(path: "tokenizer.json"))
        }
        #expect(error.kind == .unsupported)
        #expect(error.detail.contains(word))
    }

    @Test func `a model that cuts text by SentencePiece is refused by that name`() throws {
        let error = try TinyModel().refusal { folder in
            try FileManager.default.removeItem(at: folder.appending(path: "vocab.txt"))
            try Data([10]).write(to: folder.appending(path: "sentencepiece.bpe.model"))
        }
        #expect(error.kind == .unsupported)
        #expect(error.detail.contains("sentencepiece"))
    }

    @Test func `a model that was saved for PyTorch only is refused with what to do`() throws {
        let error = try TinyModel().refusal { folder in
            try FileManager.default.moveItem(
                at: folder.appending(path: "model.safetensors"), to: folder.appending(path: "pytorch_model.bin"))
        }
        #expect(error.kind == .unsupported)
        #expect(error.detail.contains("safetensors"))
    }

    @Test func `case and accents are as the tokeniser of the folder says, and the limit too`() throws {
        var model = TinyModel()
        model.vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nmouse\nMouse\n##s\n"
        let settings = #"{"do_lower_case": false, "model_max_length": 1000000000000000019884624838656}"#
        let cased = try model.open { try Data(settings.utf8).write(to: $0.appending(path: "tokenizer_config.json")) }
        #expect(cased.pieces(of: "Mouses mouse", as: .query) == [2, 5, 6, 4, 3])
        #expect(cased.limit == 16)
        #expect(try model.open().pieces(of: "Mouses mouse", as: .query) == [2, 4, 6, 4, 3])
        let short = try model.open {
            try Data(#"{"max_seq_length": 4}"#.utf8).write(to: $0.appending(path: "sentence_bert_config.json"))
        }
        #expect(short.pieces(of: "mouse mouse mouse mouse", as: .query) == [2, 4, 4, 3])
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
        #expect(ModelCache.find(named: "no-such-model") == nil)
        let error = try #require(throws: EncoderError.self) { try ModelCache.folder(named: "no-such-model") }
        #expect(error.kind == .missing)
        #expect(error.detail.contains("make model"))
    }
}
