/// Sums over the tails of many normal distributions.
package enum Tails {
    /// `Σ weight · P(X > threshold)`, each X normal with its own mean and inverse standard deviation.
    ///
    /// `P(X > μ + zσ) ≈ exp(-0.717 z - 0.416 z²) / 2` for z ≥ 0 (Lin 1989, doi:10.2307/2348373): never too small far
    /// out.
    package static func sum(
        beyond threshold: Float, means: UnsafePointer<Float>, inverses: UnsafePointer<Float>,
        weights: UnsafePointer<Float>, count: Int
    ) -> Float {
        let mean = UnsafeRawPointer(means)
        let inverse = UnsafeRawPointer(inverses)
        let weight = UnsafeRawPointer(weights)
        let thresholds = SIMD8<Float>(repeating: threshold)
        var sums = SIMD8<Float>()
        var index = 0
        while index &+ 8 <= count {
            let at = index &* 4
            sums += load8(weight, at) * tail((thresholds - load8(mean, at)) * load8(inverse, at))
            index &+= 8
        }
        var sum = sums.sum()
        while index < count {
            sum += weights[index] * tail(SIMD8(repeating: (threshold - means[index]) * inverses[index]))[0]
            index &+= 1
        }
        return sum
    }

    @inline(__always)
    private static func tail(_ z: SIMD8<Float>) -> SIMD8<Float> {
        var size = z
        size.replace(with: -z, where: z .< 0)
        let half = exponential(-(size * 0.717 + size * size * 0.416)) * 0.5
        var result = half
        result.replace(with: 1 - half, where: z .< 0)
        return result
    }
}
