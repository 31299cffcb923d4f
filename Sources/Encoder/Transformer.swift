import LinearAlgebra

/// The encoder stack of BERT (Devlin et al. 2019, arXiv:1810.04805), without its training-time parts.
///
/// Texts are packed: the pieces of several texts stand below one another without padding.  Linear layers run over all
/// rows at once; attention runs text by text.  The order of sums differs from the reference's, the results do not
/// beyond float rounding.
struct Transformer: Sendable {
    /// One layer's weights; matrices are output by input.
    private struct Layer: Sendable {
        let query, key, value, output, inner, outer: Matrix
        let queryBias, valueBias, outputBias, innerBias, outerBias: Matrix
        let attentionScale, attentionShift, outerScale, outerShift: Matrix
    }

    let shape: ModelFolder.Shape
    private let words, positions, segments, scale, shift: Matrix
    private let layers: [Layer]

    init(_ file: SafeTensors, shape: ModelFolder.Shape) throws(EncoderError) {
        self.shape = shape
        let root = file.tensors["bert.embeddings.word_embeddings.weight"] == nil ? "" : "bert."
        let width = shape.width
        func matrix(_ name: String, _ sides: Int...) throws(EncoderError) -> Matrix {
            try file.matrix(root + name, shape: sides)
        }
        words = try matrix("embeddings.word_embeddings.weight", shape.pieces, width)
        positions = try matrix("embeddings.position_embeddings.weight", shape.positions, width)
        segments = try matrix("embeddings.token_type_embeddings.weight", shape.segments, width)
        scale = try matrix("embeddings.LayerNorm.weight", width)
        shift = try matrix("embeddings.LayerNorm.bias", width)
        var layers: [Layer] = []
        for index in 0..<shape.layers {
            let name = "encoder.layer.\(index)."
            // The bias of the keys adds the same to all scores of a piece, which softmax takes away again.
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

    /// Memory of one pass; grows to what the largest pack needs and is then reused.  Belongs to one thread.
    final class Workspace {
        fileprivate var states = AlignedBlock(count: 0)
        fileprivate var queries = AlignedBlock(count: 0)
        fileprivate var keys = AlignedBlock(count: 0)
        fileprivate var values = AlignedBlock(count: 0)
        fileprivate var inner = AlignedBlock(count: 0)
        fileprivate var scores = AlignedBlock(count: 0)

        fileprivate func reserve(pieces: Int, longest: Int, shape: ModelFolder.Shape) {
            func grow(_ block: inout AlignedBlock, _ count: Int) {
                if block.count < count { block = AlignedBlock(count: count) }
            }
            grow(&states, pieces * shape.width)
            grow(&queries, pieces * shape.width)
            grow(&keys, pieces * shape.width)
            grow(&values, pieces * shape.width)
            grow(&inner, pieces * shape.inner)
            grow(&scores, longest * longest)
        }
    }

    /// Runs packed texts through all layers.  `lengths` are the numbers of pieces of each text, none above the model's
    /// positions, together `pieces.count`; every piece is below the vocabulary's size.  The result, one row a piece,
    /// stays valid until the workspace is used again.
    func states(
        of pieces: [Int32], lengths: [Int], in workspace: Workspace
    ) -> UnsafePointer<Float> {
        workspace.reserve(pieces: pieces.count, longest: lengths.max() ?? 0, shape: shape)
        embed(pieces, lengths, into: workspace.states.base)
        for layer in layers { run(layer, rows: pieces.count, lengths, workspace) }
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

    private func run(_ layer: Layer, rows: Int, _ lengths: [Int], _ workspace: Workspace) {
        let width = shape.width
        let states = workspace.states.base
        linear(states, layer.query, bias: layer.queryBias, into: workspace.queries.base, rows: rows)
        linear(states, layer.key, bias: nil, into: workspace.keys.base, rows: rows)
        linear(states, layer.value, bias: layer.valueBias, into: workspace.values.base, rows: rows)
        attend(lengths, workspace)
        // Both sums below go on top of what the states hold: the residual connections.
        Product.timesTransposed(
            workspace.queries.base, stride: width, layer.output.base, stride: width, into: states, stride: width,
            rows: rows, columns: width, depth: width, keep: 1)
        RowFunctions.addBiasAndNormalize(
            states, rows: rows, width: width, bias: layer.outputBias.base, scale: layer.attentionScale.base,
            shift: layer.attentionShift.base, epsilon: shape.epsilon)

        let inner = workspace.inner.base
        linear(states, layer.inner, bias: nil, into: inner, rows: rows)
        RowFunctions.addBiasAndGELU(inner, rows: rows, width: shape.inner, bias: layer.innerBias.base)
        Product.timesTransposed(
            inner, stride: shape.inner, layer.outer.base, stride: shape.inner, into: states, stride: width, rows: rows,
            columns: width, depth: shape.inner, keep: 1)
        RowFunctions.addBiasAndNormalize(
            states, rows: rows, width: width, bias: layer.outerBias.base, scale: layer.outerScale.base,
            shift: layer.outerShift.base, epsilon: shape.epsilon)
    }

    /// `input · weightsᵀ + bias`.
    private func linear(
        _ input: UnsafePointer<Float>, _ weights: Matrix, bias: Matrix?, into output: UnsafeMutablePointer<Float>,
        rows: Int
    ) {
        if let bias { RowFunctions.fill(output, rows: rows, width: weights.rows, with: bias.base) }
        Product.timesTransposed(
            input, stride: weights.columns, weights.base, stride: weights.columns, into: output, stride: weights.rows,
            rows: rows, columns: weights.rows, depth: weights.columns, keep: bias == nil ? 0 : 1)
    }

    /// Scaled dot-product attention, text by text and head by head.  Heads are column ranges of the same rows; the
    /// result replaces the queries.
    private func attend(_ lengths: [Int], _ workspace: Workspace) {
        let width = shape.width
        let depth = width / shape.heads
        let factor = 1 / Float(depth).squareRoot()
        let scores = workspace.scores.base
        var row = 0
        for length in lengths {
            for head in 0..<shape.heads {
                let at = row * width + head * depth
                Product.timesTransposed(
                    workspace.queries.base + at, stride: width, workspace.keys.base + at, stride: width, into: scores,
                    stride: length, rows: length, columns: length, depth: depth, scale: factor)
                RowFunctions.softmax(scores, rows: length, width: length)
                Product.times(
                    scores, stride: length, workspace.values.base + at, stride: width,
                    into: workspace.queries.base + at, stride: width, rows: length, columns: depth, depth: length)
            }
            row += length
        }
    }
}
