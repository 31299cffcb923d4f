package import Records

/// Draws values of all kinds, each field of each left out at times where it may be; or, when it is full, none.
package struct Draw {
    private static let words = [
        "visual cortex", "\"quoted\" \\ and / slashed", "tab\t, line\n, bell\u{7}", "Purkinje-Zelle µm ½ 𝄞", "null",
        "[{\"facet\":\"region\"}]", "",
    ]

    package var random: SplitMix
    private let isFull: Bool

    package init(random: SplitMix, isFull: Bool = false) {
        self.random = random
        self.isFull = isFull
    }

    package mutating func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
    package mutating func text() -> String { Draw.words[below(Draw.words.count - (isFull ? 1 : 0))] }
    package mutating func maybe<Value>(_ make: (inout Draw) -> Value) -> Value? {
        isFull || below(2) == 0 ? make(&self) : nil
    }
    package mutating func list<Value>(_ make: (inout Draw) -> Value) -> [Value] {
        (0..<below(5) + (isFull ? 1 : 0)).map { _ in make(&self) }
    }
    package mutating func one<Value: CaseIterable>(of type: Value.Type) -> Value where Value.AllCases == [Value] {
        Value.allCases[below(Value.allCases.count)]
    }
    package mutating func texts() -> [String] { list { $0.text() } }
    package mutating func part() -> Int? { maybe { $0.below(4_000) } }
    package mutating func number() -> Double {
        [0, -1, 0.1, 1e-9, 6.02e23, 18_262, 1 / 3][below(7)]
    }

    package mutating func tag() -> Records.Tag {
        Records.Tag(
            facet: one(of: Facet.self), term: text(), label: text(), part: part(),
            evidence: Evidence(
                one(of: Evidence.Kind.self), provenance: text(), rule: maybe { $0.text() }, words: maybe { $0.text() },
                start: part(), end: part()))
    }

    package mutating func quantity() -> Quantity {
        let (one, other) = (number(), number())
        return Quantity(
            self.one(of: RangeField.self), min(one, other)...max(one, other), part: part(), provenance: text())
    }

    package mutating func record() -> Record {
        Record(
            id: RecordID(one(of: Source.self), one(of: RecordType.self), "a:\(below(99))\""), title: text(),
            description: text(), url: maybe { $0.text() }, doi: maybe { $0.text() }, citation: maybe { $0.text() },
            access: one(of: Access.self), accessNote: maybe { $0.text() }, embargoedUntil: part(),
            contributors: texts(), labs: texts(), keywords: texts(),
            parts: list { draw in
                Part(
                    role: draw.one(of: Part.Role.self), type: draw.text(), label: draw.text(),
                    native: draw.maybe { $0.text() })
            },
            statements: list { draw in
                Records.Statement(
                    draw.one(of: Facet.self), draw.text(), identifiers: draw.texts(),
                    scheme: draw.maybe { $0.text() },
                    part: draw.part(), provenance: draw.text(), grade: draw.maybe { $0.text() })
            },
            quantities: list { $0.quantity() },
            passages: list { Passage($0.text(), $0.text(), part: $0.part(), isEvidence: $0.below(2) == 0) },
            links: list { draw in Link(.hasPart, draw.text(), label: draw.maybe { $0.text() }) }, notes: texts())
    }
}

/// Where a value leaves something out: the paths of its stored properties that are nil or empty, at any depth.  A
/// test that draws full values asks for none, so that a new property which the drawing forgets is noticed.
package func omissions(of value: Any, at path: String = "") -> [String] {
    let mirror = Mirror(reflecting: value)
    if let text = value as? String { return text.isEmpty ? [path] : [] }
    switch mirror.displayStyle {
    case .optional:
        guard let child = mirror.children.first else { return [path] }
        return omissions(of: child.value, at: path)
    case .collection, .dictionary, .set:
        if mirror.children.isEmpty { return [path] }
        return mirror.children.flatMap { omissions(of: $0.value, at: path) }
    case .struct, .tuple:
        return mirror.children.flatMap { omissions(of: $0.value, at: "\(path).\($0.label ?? "")") }
    default: return []
    }
}
