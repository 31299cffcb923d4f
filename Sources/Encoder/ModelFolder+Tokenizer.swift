import Text

extension ModelFolder {
    /// The tokeniser of `vocab.txt`, or of `tokenizer.json` where there is no such file.
    func wordPiece() throws(EncoderError) -> WordPiece {
        let lines = try Self.bytes("\(path)/vocab.txt")
        // A large file: opened only for what the small ones do not say.
        let file =
            lines == nil || tokenizer == nil ? try Self.read("\(path)/tokenizer.json", as: TokenizerFile.self) : nil
        var options = WordPiece.Options()
        try file?.apply(to: &options, path)
        tokenizer?.apply(to: &options)
        if lowercasesFirst { options.lowercases = true }
        let vocabulary: WordPieceVocabulary
        if let lines {
            vocabulary = WordPieceVocabulary(lines: lines)
        } else if let file {
            vocabulary = WordPieceVocabulary(pieces: try file.pieces(path))
        } else {
            throw withoutPieces()
        }
        guard vocabulary.count <= shape.pieces else {
            throw EncoderError(.corrupt, "\(path): \(vocabulary.count) pieces, the model knows \(shape.pieces)")
        }
        do { return try WordPiece(vocabulary: vocabulary, options: options) } catch {
            throw EncoderError(.corrupt, "\(path): \(error.description)")
        }
    }

    /// The error for a folder without a readable vocabulary.
    private func withoutPieces() -> EncoderError {
        for name in ["sentencepiece.bpe.model", "spiece.model", "tokenizer.model", "merges.txt"]
        where Self.exists("\(path)/\(name)") {
            return EncoderError(.unsupported, "\(path) cuts text by \(name); only WordPiece is computed here")
        }
        return EncoderError(.missing, "\(path) has neither vocab.txt nor tokenizer.json")
    }

    /// `tokenizer_config.json`.
    struct TokenizerSettings: Decodable {
        let lowercases: Bool?
        let stripsAccents: Bool?
        let separatesIdeographs: Bool?
        /// Nil when it is not stated; some models state 10³⁰.
        let limit: Int?

        private enum CodingKeys: String, CodingKey {
            case lowercases = "do_lower_case"
            case stripsAccents = "strip_accents"
            case separatesIdeographs = "tokenize_chinese_chars"
            case limit = "model_max_length"
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            lowercases = try values.decodeIfPresent(Bool.self, forKey: .lowercases)
            stripsAccents = try values.decodeIfPresent(Bool.self, forKey: .stripsAccents)
            separatesIdeographs = try values.decodeIfPresent(Bool.self, forKey: .separatesIdeographs)
            limit = try values.decodeIfPresent(Double.self, forKey: .limit).flatMap { $0 < 1e9 ? Int($0) : nil }
        }

        func apply(to options: inout WordPiece.Options) {
            if let lowercases {
                options.lowercases = lowercases
                // As in the reference, accents go with case unless something is said of them.
                options.stripsAccents = lowercases
            }
            if let stripsAccents { options.stripsAccents = stripsAccents }
            if let separatesIdeographs { options.separatesIdeographs = separatesIdeographs }
        }
    }

    /// `tokenizer.json`, as the `tokenizers` library writes it.
    struct TokenizerFile: Decodable {
        struct Model: Decodable {
            let type: String?
            let vocab: [String: Int]?
            let prefix: String?
            let longestWord: Int?

            private enum CodingKeys: String, CodingKey {
                case type, vocab
                case prefix = "continuing_subword_prefix"
                case longestWord = "max_input_chars_per_word"
            }

            init(from decoder: any Decoder) throws {
                let values = try decoder.container(keyedBy: CodingKeys.self)
                type = try values.decodeIfPresent(String.self, forKey: .type)
                // Another type stores its pieces in another form.
                let isOurs = type ?? "WordPiece" == "WordPiece"
                vocab = isOurs ? try values.decode([String: Int].self, forKey: .vocab) : nil
                prefix = try values.decodeIfPresent(String.self, forKey: .prefix)
                longestWord = try values.decodeIfPresent(Int.self, forKey: .longestWord)
            }
        }

        struct Normalizer: Decodable {
            let type: String
            let cleans: Bool?
            let separatesIdeographs: Bool?
            let stripsAccents: Bool?
            let lowercases: Bool?

            private enum CodingKeys: String, CodingKey {
                case type
                case cleans = "clean_text"
                case separatesIdeographs = "handle_chinese_chars"
                case stripsAccents = "strip_accents"
                case lowercases = "lowercase"
            }
        }

        let model: Model
        let normalizer: Normalizer?

        func apply(to options: inout WordPiece.Options, _ path: String) throws(EncoderError) {
            if let type = model.type, type != "WordPiece" {
                throw EncoderError(.unsupported, "\(path) cuts text by '\(type)'; only WordPiece is computed here")
            }
            guard model.prefix ?? "##" == "##" else {
                throw EncoderError(.unsupported, "\(path) marks pieces inside of words by something else than ##")
            }
            if let longestWord = model.longestWord { options.longestWord = longestWord }
            guard let normalizer else { return }
            guard normalizer.type == "BertNormalizer" else {
                throw EncoderError(.unsupported, "\(path) folds text by '\(normalizer.type)', not by BertNormalizer")
            }
            options.cleans = normalizer.cleans ?? true
            options.separatesIdeographs = normalizer.separatesIdeographs ?? true
            options.lowercases = normalizer.lowercases ?? true
            options.stripsAccents = normalizer.stripsAccents ?? options.lowercases
        }

        /// All pieces in the order of their numbers, without gaps.
        func pieces(_ path: String) throws(EncoderError) -> [String] {
            let sorted = (model.vocab ?? [:]).sorted { $0.value < $1.value }
            guard sorted.enumerated().allSatisfy({ $0.offset == $0.element.value }) else {
                throw EncoderError(.corrupt, "\(path)/tokenizer.json numbers its pieces with gaps")
            }
            return sorted.map(\.key)
        }
    }
}
