internal import Text

/// A member of an object: its name, where it is kept, its shape and what it is for, from which it is written and read.
package struct JSONMember<Root>: Sendable {
    let shape: JSONObjectShape.Member
    /// Nil where it is left out.
    let write: @Sendable (Root) -> JSONValue?
    /// Reads what the document has into the root; nil where the document has nothing or null.
    let read: @Sendable (inout Root, JSONValue?, String) throws(JSONFault) -> Void

    /// A member that readers ask for.  A list that is left out is an empty one.
    package static func needed<Value>(
        _ name: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ codec: JSONCodec<Value>, _ about: String
    ) -> JSONMember {
        JSONMember(
            shape: .init(name: name, shape: codec.shape, presence: .needed, about: about),
            write: { codec.write($0[keyPath: path]) },
            read: { (root, json, place) throws(JSONFault) in
                if let json {
                    root[keyPath: path] = try codec.read(json, place)
                } else if case .list = codec.shape {
                    root[keyPath: path] = try codec.read([], place)
                } else {
                    throw JSONFault(.invalid, at: place, "'\(name)' is missing")
                }
            })
    }

    /// A member that is always written; where a document has none, the root keeps what it has.
    package static func written<Value>(
        _ name: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ codec: JSONCodec<Value>, _ about: String
    ) -> JSONMember {
        JSONMember(
            shape: .init(name: name, shape: codec.shape, presence: .written, about: about),
            write: { codec.write($0[keyPath: path]) },
            read: { (root, json, place) throws(JSONFault) in
                if let json { root[keyPath: path] = try codec.read(json, place) }
            })
    }

    /// The same, with null for nil, so that readers need not guess.
    package static func written<Value>(
        _ name: String, _ path: any WritableKeyPath<Root, Value?> & Sendable, _ codec: JSONCodec<Value>, _ about: String
    ) -> JSONMember {
        JSONMember(
            shape: .init(name: name, shape: .nullable(codec.shape), presence: .written, about: about),
            write: { $0[keyPath: path].map(codec.write) ?? .null },
            read: { (root, json, place) throws(JSONFault) in
                root[keyPath: path] = if let json { try codec.read(json, place) } else { nil }
            })
    }

    /// A member that is left out for nil.
    package static func occasional<Value>(
        _ name: String, _ path: any WritableKeyPath<Root, Value?> & Sendable, _ codec: JSONCodec<Value>, _ about: String
    ) -> JSONMember {
        JSONMember(
            shape: .init(name: name, shape: codec.shape, presence: .occasional, about: about),
            write: { $0[keyPath: path].map(codec.write) },
            read: { (root, json, place) throws(JSONFault) in
                root[keyPath: path] = if let json { try codec.read(json, place) } else { nil }
            })
    }

    /// A member that is left out where it has its usual value.
    package static func occasional<Value: Equatable & Sendable>(
        _ name: String, _ path: any WritableKeyPath<Root, Value> & Sendable, usually usual: Value,
        _ codec: JSONCodec<Value>, _ about: String
    ) -> JSONMember {
        JSONMember(
            shape: .init(name: name, shape: codec.shape, presence: .occasional, about: about),
            write: { $0[keyPath: path] == usual ? nil : codec.write($0[keyPath: path]) },
            read: { (root, json, place) throws(JSONFault) in
                root[keyPath: path] = if let json { try codec.read(json, place) } else { usual }
            })
    }
}

extension JSONCodec {
    /// An object of these members and no others.
    ///
    /// - Parameters:
    ///   - name: what documents call it.
    ///   - blank: what is read into.
    ///   - passedOver: members of answers that may be sent back with it, and say nothing.
    ///   - check: what members must be together; may also settle them.
    package static func object(
        _ name: String, blank: Value, passedOver: [String] = [], _ members: [JSONMember<Value>],
        check: @escaping @Sendable (inout Value, String) throws(JSONFault) -> Void = { (_, _) throws(JSONFault) in }
    ) -> JSONCodec where Value: Sendable {
        let known = members.map(\.shape.name) + passedOver
        return JSONCodec(
            .object(JSONObjectShape(name: name, members: members.map(\.shape), passedOver: passedOver)),
            write: { value in
                var object: [String: JSONValue] = [:]
                for member in members { object[member.shape.name] = member.write(value) }
                return .object(object)
            },
            read: { (json, place) throws(JSONFault) in
                guard case .object(let object) = json else { throw .expected("an object", not: json, at: place) }
                if let unknown = object.keys.sorted().first(where: { !known.contains($0) }) {
                    throw JSONFault(
                        .invalid, at: place, "there is no '\(unknown.prefix(64))' here",
                        suggestions: closest(to: unknown, among: known))
                }
                var value = blank
                for member in members {
                    try member.read(&value, json[member.shape.name], "\(place)/\(member.shape.name)")
                }
                try check(&value, place)
                return value
            })
    }
}
