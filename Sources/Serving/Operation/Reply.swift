/// An answer as it goes out: every field decided, the body in its final coding.
package struct Reply: Sendable {
    package let status: Int
    package let fields: [HeaderField]
    package let body: [UInt8]
    /// For metrics and log: name of the route, generation, matches, milliseconds of the stages.
    package var route = "none"
    package var generation = ""
    package var matches: Int?
    package var stages: [String: Double] = [:]
    /// The problem's code, where the answer is one.
    package var problem: Problem.Code?

    /// The value of a field.
    package subscript(name: String) -> String? { fields.first { $0.name == name }?.value }
}
