import LinearAlgebra

/// The encoder stack of BERT (Devlin et al. 2019, arXiv:1810.04805), without its training-time parts.
///
/// Texts are packed: the pieces of several texts follow one another without padding.  Linear layers run over all rows
/// at once; attention runs text by text, so that no work is spent on what is not there.
///
/// Linear layers use weights quantised to 13-bit integers, see ``FixedLayers``; if the processor has no kernel for
/// that, floats straight from the mapped file.
struct Transformer: Sendable {
    /// One layer's weights; matrices are output by input.
    struct Layer: Sendable {
        let query, key, value, output, inner, outer: Matrix
        let queryBias, valueBias, outputBias, innerBias, outerBias: Matrix
        let attentionScale, attentionShift, outerScale, outerShift: Matrix

        var matrices: [Matrix] {
            [
                query, key, value, output, inner, outer, queryBias, valueBias, outputBias, innerBias, outerBias,
                attentionScale, attentionShift, outerScale, outerShift,
            ]
        }
    }

    let shape: ModelFolder.Shape
    private let words, positions, segments, scale, shift: Matrix
    let layers: [Layer]

    init(_ weights: Weights, shape: ModelFolder.Shape) throws(EncoderError) {
        self.shape = shape
        let root = weights.has("bert.embeddings.word_embeddings.weight") ? "bert." : ""
        let width = shape.width
        func matrix(_ name: String, _ sides: Int...) throws(EncoderError) -> Matrix {
            try weights.matrix(root + name, shape: sides)
        }
        words = try matrix("embeddings.word_embeddings.weight", shape.pieces, width)
        positions = try matrix("embeddings.position_embeddings.weight", shape.positions, width)
        segments = try matrix("embeddings.token_type_embeddings.weight", shape.segments, width)
        scale = try matrix("embeddings.LayerNorm.weight", width)
        shift = try matrix("embeddings.LayerNorm.bias", width)
        var layers: [Layer] = []
        for index in 0..<shape.layers {
            let name = "encoder.layer.\(index)."
            // The bias of the keys adds the same to all scores of a piece, which softmax cancels.
            layers.append(
                Layer(
                    query: try matrix(name + "attention.self.query.weight", width, width),
                    key: try matrix(name + "attention.self.key.weight", width, width),
                    value: try matrix(name + "attention.self.value.weight", width, width),
                    output: try matrix(name + "attention.output.dense.weight", width, width),
                    inner: try matrix(name + "intermediate.dense.weight", shape.inner, width),
                    outer: try matrix(name + "output.dense.weight", width, shape.inner),
                    queryBias: try matrix(name + "attention.self.query.bias", width),
                    valueBias: try matrix(name + "attention.self.value.bias", width),
                    outputBias: try matrix(name + "attention.output.dense.bias", width),
                    innerBias: try matrix(name + "intermediate.dense.bias", shape.inner),
                    outerBias: try matrix(name + "output.dense.bias", width),
                    attentionScale: try matrix(name + "attention.output.LayerNorm.weight", width),
                    attentionShift: try matrix(name + "attention.output.LayerNorm.bias", width),
                    outerScale: try matrix(name + "output.LayerNorm.weight", width),
                    outerShift: try matrix(name + "output.LayerNorm.bias", width)))
        }
        self.layers = layers
    }

    /// Refuses weights that are NaN or infinite: one corrupts the vector of every text, or of every text with its word.
    /// Reads all of them.
    func checkNumbers() throws(EncoderError) {
        func check(_ matrix: Matrix, _ name: String) throws(EncoderError) {
            guard Product.isFinite(matrix.base, count: matrix.rows * matrix.columns) else {
                throw EncoderError(.corrupt, "the weights hold numbers that are not finite, among the \(name)")
            }
        }
        try check(words, "word embeddings")
        try check(positions, "position embeddings")
        try check(segments, "type embeddings")
        try check(scale, "embeddings' scale")
        try check(shift, "embeddings' shift")
        for (index, layer) in layers.enumerated() {
            for matrix in layer.matrices { try check(matrix, "weights of layer \(index)") }
        }
    }

    /// Memory of one pass; grows to what the largest pack needs and is then reused.  Belongs to one thread.
    final class Workspace {
        /// One row per piece, from layer to layer.
        var states = AlignedBlock(count: 0)
        /// Queries, keys and values: side by side as integers, one below the other as floats.
        var attention = AlignedBlock(count: 0)
        var context = AlignedBlock(count: 0)
        var inner = AlignedBlock(count: 0)
        var scratch = AlignedBlock(count: 0)
        let fixed = FixedRows()

        func reserve(pieces: Int, longest: Int, innerRows: Int, shape: ModelFolder.Shape) {
            func grow(_ block: inout AlignedBlock, _ count: Int) {
                if block.count < count { block = AlignedBlock(count: count) }
            }
            grow(&states, pieces * shape.width)
            grow(&attention, 3 * pieces * shape.width)
            grow(&context, pieces * shape.width)
            grow(&inner, innerRows * shape.inner)
            grow(&scratch, RowFunctions.attentionScratch(length: longest, depth: shape.width / shape.heads))
        }
    }

    /// Runs packed texts through all layers, in integers if such layers are given.  `lengths` are the numbers of pieces
    /// of each text, none above the model's positions, together `pieces.count`; every piece is below the vocabulary's
    /// size.  The result, one row per piece, is valid until the workspace is used again.
    func states(
        of pieces: [Int32], lengths: [Int], with fixed: FixedLayers? = nil, in workspace: Workspace
    ) -> UnsafePointer<Float> {
        let innerRows = fixed == nil ? pieces.count : min(pieces.count, FixedLayers.innerRows)
        workspace.reserve(pieces: pieces.count, longest: lengths.max() ?? 0, innerRows: innerRows, shape: shape)
        embed(pieces, lengths, into: workspace.states.base)
        for (index, layer) in layers.enumerated() {
            if let fixed {
                run(layer, fixed.layers[index], rows: pieces.count, lengths, workspace)
            } else {
                run(layer, rows: pieces.count, lengths, workspace)
            }
        }
        return UnsafePointer(workspace.states.base)
    }

    private func embed(_ pieces: [Int32], _ lengths: [Int], into states: UnsafeMutablePointer<Float>) {
        let width = shape.width
        var row = 0
        for length in lengths {
            for position in 0..<length {
                let target = states + row * width
                target.update(from: words.start(of: Int(pieces[row])), count: width)
                RowFunctions.add(positions.start(of: position), to: target, count: width)
                row += 1
            }
        }
        RowFunctions.addBiasAndNormalize(
            states, rows: row, width: width, bias: segments.base, scale: scale.base, shift: shift.base,
            epsilon: shape.epsilon)
    }

    func activate(_ inner: UnsafeMutablePointer<Float>, rows: Int, bias: Matrix) {
        switch shape.activation {
        case .gelu: RowFunctions.addBiasAndGELU(inner, rows: rows, width: shape.inner, bias: bias.base)
        case .geluByTanh: RowFunctions.addBiasAndGELUByTanh(inner, rows: rows, width: shape.inner, bias: bias.base)
        case .relu: RowFunctions.addBiasAndReLU(inner, rows: rows, width: shape.inner, bias: bias.base)
        }
    }

    /// Attention text by text and head by head; heads are column ranges of the same rows.
    func attend(
        _ queries: UnsafePointer<Float>, _ keys: UnsafePointer<Float>, _ values: UnsafePointer<Float>, stride: Int,
        _ lengths: [Int], _ workspace: Workspace
    ) {
        let width = shape.width
        let depth = width / shape.heads
        let factor = 1 / Float(depth).squareRoot()
        var row = 0
        for length in lengths {
            for head in 0..<shape.heads {
                let at = row * stride + head * depth
                RowFunctions.attend(
                    queries + at, keys + at, values + at, stride: stride, length: length, depth: depth, scale: factor,
                    into: workspace.context.base + row * width + head * depth, stride: width,
                    scratch: workspace.scratch.base)
            }
            row += length
        }
    }
}
