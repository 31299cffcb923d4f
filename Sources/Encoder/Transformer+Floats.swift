import LinearAlgebra

/// One layer in floats, with the weights of the mapped file.
extension Transformer {
    func run(_ layer: Layer, rows: Int, _ lengths: [Int], _ workspace: Workspace) {
        let width = shape.width
        let states = workspace.states.base
        let queries = workspace.attention.base
        let keys = queries + rows * width
        let values = keys + rows * width
        linear(states, layer.query, bias: layer.queryBias, into: queries, rows: rows)
        linear(states, layer.key, bias: nil, into: keys, rows: rows)
        linear(states, layer.value, bias: layer.valueBias, into: values, rows: rows)
        attend(queries, keys, values, stride: width, lengths, workspace)
        // Both products below are added to the states: the residual connections.
        add(workspace.context.base, times: layer.output, to: states, rows: rows)
        RowFunctions.addBiasAndNormalize(
            states, rows: rows, width: width, bias: layer.outputBias.base, scale: layer.attentionScale.base,
            shift: layer.attentionShift.base, epsilon: shape.epsilon)

        let inner = workspace.inner.base
        linear(states, layer.inner, bias: nil, into: inner, rows: rows)
        activate(inner, rows: rows, bias: layer.innerBias)
        add(inner, times: layer.outer, to: states, rows: rows)
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

    /// `output + input · weightsᵀ`.
    private func add(
        _ input: UnsafePointer<Float>, times weights: Matrix, to output: UnsafeMutablePointer<Float>, rows: Int
    ) {
        Product.timesTransposed(
            input, stride: weights.columns, weights.base, stride: weights.columns, into: output, stride: weights.rows,
            rows: rows, columns: weights.rows, depth: weights.columns, keep: 1)
    }
}
