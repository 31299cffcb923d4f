import LinearAlgebra

/// All layers' weights as integers, quantised when the first text is encoded, in about the time of two more texts: half
/// the memory of the floats, and half of what every later text reads.
final class FixedLayers: Sendable {
    struct Layer: Sendable {
        /// Queries, keys and values side by side.
        let attention: FixedMatrix
        let attentionBias: Matrix
        let output, inner, outer: FixedMatrix
    }

    let layers: [Layer]

    /// Rows that go through the wide inner layer together: few enough for the second cache.
    static let innerRows = 96

    /// Nil if integers are not faster or not possible: on processors without a kernel of ours, and with odd widths.
    init?(_ transformer: Transformer) {
        guard FixedMatrix.isFast else { return nil }
        var layers: [Layer] = []
        for layer in transformer.layers {
            let width = layer.query.rows
            let bias = Matrix(rows: 1, columns: 3 * width) { target in
                target.update(from: layer.queryBias.base, count: width)
                (target + 2 * width).update(from: layer.valueBias.base, count: width)
            }
            guard let attention = FixedMatrix([layer.query, layer.key, layer.value]),
                let output = FixedMatrix([layer.output]), let inner = FixedMatrix([layer.inner]),
                let outer = FixedMatrix([layer.outer])
            else { return nil }
            layers.append(
                Layer(attention: attention, attentionBias: bias, output: output, inner: inner, outer: outer))
        }
        self.layers = layers
    }
}

/// One layer in integers.  Everything between the products stays in floats.
extension Transformer {
    func run(
        _ layer: Layer, _ fixed: FixedLayers.Layer, rows: Int, _ lengths: [Int], _ workspace: Workspace
    ) {
        let width = shape.width
        let states = workspace.states.base
        let input = workspace.fixed
        let queries = workspace.attention.base
        input.round(states, count: rows, for: fixed.attention)
        fixed.attention.multiply(input, bias: fixed.attentionBias.base, into: queries)
        attend(queries, queries + width, queries + 2 * width, stride: 3 * width, lengths, workspace)
        // Both products below are added to the states: the residual connections.
        input.round(workspace.context.base, count: rows, for: fixed.output)
        fixed.output.multiply(input, bias: nil, keep: true, into: states)
        RowFunctions.addBiasAndNormalize(
            states, rows: rows, width: width, bias: layer.outputBias.base, scale: layer.attentionScale.base,
            shift: layer.attentionShift.base, epsilon: shape.epsilon)

        let inner = workspace.inner.base
        for start in stride(from: 0, to: rows, by: FixedLayers.innerRows) {
            let some = min(FixedLayers.innerRows, rows - start)
            let block = states + start * width
            input.round(block, count: some, for: fixed.inner)
            fixed.inner.multiply(input, bias: nil, into: inner)
            activate(inner, rows: some, bias: layer.innerBias)
            input.round(inner, count: some, for: fixed.outer)
            fixed.outer.multiply(input, bias: nil, keep: true, into: block)
            RowFunctions.addBiasAndNormalize(
                block, rows: some, width: width, bias: layer.outerBias.base, scale: layer.outerScale.base,
                shift: layer.outerShift.base, epsilon: shape.epsilon)
        }
    }
}
