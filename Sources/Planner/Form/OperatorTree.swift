/// How typed operators are joined: a tree of conjunctions and alternatives, read off the marks that
/// ``OperatorScanner`` finds.  Total: a mark that closes or joins nothing is passed over, and what is left open ends
/// with the question.
indirect enum OperatorTree: Equatable {
    /// An operator, by its place in the list.
    case typed(Int)
    /// All of these; `isGroup` where brackets or braces hold them together.
    case all([OperatorTree], isGroup: Bool)
    /// One of these.
    case any([OperatorTree])

    /// Deepest nesting of brackets that is read; deeper ones are as if they were not there.
    private static let deepest = 16

    init(_ layout: [OperatorMark]) {
        var reader = Reader(marks: layout)
        self = .all(reader.sequence(depth: 0, isBrace: nil), isGroup: false)
    }

    /// Whether there is any operator in it.
    private var isEmpty: Bool {
        switch self {
        case .typed: false
        case .all(let nodes, _), .any(let nodes): nodes.allSatisfy(\.isEmpty)
        }
    }

    private struct Reader {
        let marks: [OperatorMark]
        var next = 0
        /// Brackets and braces that are open.
        var open: [Bool] = []

        /// What stands up to the end of a group, or of the question.
        mutating func sequence(depth: Int, isBrace: Bool?) -> [OperatorTree] {
            // Each item with those that OR joins to it.
            var chains: [[OperatorTree]] = []
            var canJoin = false
            var joins = false
            func add(_ node: OperatorTree) {
                if joins, let last = chains.indices.last { chains[last].append(node) } else { chains.append([node]) }
                (canJoin, joins) = (true, false)
            }
            while next < marks.count {
                let mark = marks[next]
                next += 1
                switch mark {
                case .typed(let place): add(.typed(place))
                case .or: joins = canJoin
                case .words: (canJoin, joins) = (false, false)
                case .open(let kind):
                    guard depth < OperatorTree.deepest else { continue }
                    open.append(kind)
                    let group = OperatorTree.all(sequence(depth: depth + 1, isBrace: kind), isGroup: true)
                    if !group.isEmpty { add(group) }
                case .close(let kind):
                    guard open.contains(kind) else { continue }
                    // A mark of the other kind ends what it stands in as well.
                    if open.last != kind { next -= 1 }
                    open.removeLast()
                    return OperatorTree.joined(chains)
                }
            }
            return OperatorTree.joined(chains)
        }
    }

    private static func joined(_ chains: [[OperatorTree]]) -> [OperatorTree] {
        chains.map { $0.count == 1 ? $0[0] : .any($0) }
    }
}
