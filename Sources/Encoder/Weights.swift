import LinearAlgebra

/// The tensors of a model: one `.safetensors` file, or several with an index that says which holds what.
struct Weights: Sendable {
    /// In the order of their names.
    let files: [SafeTensors]
    private let places: [String: Int]

    init(folder: String) throws(EncoderError) {
        let single = "\(folder)/model.safetensors"
        let several = "\(folder)/model.safetensors.index.json"
        do {
            let file = try SafeTensors(path: single)
            files = [file]
            places = file.tensors.mapValues { _ in 0 }
        } catch {
            guard error.kind == .missing else { throw error }
            guard let index = try ModelFolder.read(several, as: Index.self) else {
                let old = ModelFolder.exists("\(folder)/pytorch_model.bin")
                throw old
                    ? EncoderError(.unsupported, "\(folder) holds pytorch_model.bin; save it as safetensors")
                    : error
            }
            let names = Set(index.places.values).sorted()
            var files: [SafeTensors] = []
            for name in names {
                guard ModelFolder.isPlain(name: name) else {
                    throw EncoderError(.corrupt, "\(several) names a file outside of the model")
                }
                files.append(try SafeTensors(path: "\(folder)/\(name)"))
            }
            self.files = files
            places = index.places.mapValues { name in names.firstIndex(of: name) ?? 0 }
        }
    }

    func has(_ name: String) -> Bool { places[name] != nil }

    /// A tensor of the given shape; see ``SafeTensors/matrix(_:shape:)``.
    func matrix(_ name: String, shape: [Int]) throws(EncoderError) -> Matrix {
        try files[places[name] ?? 0].matrix(name, shape: shape)
    }

    private struct Index: Decodable {
        let places: [String: String]
        private enum CodingKeys: String, CodingKey { case places = "weight_map" }
    }
}
