internal import Text

/// How values of a type are written as JSON and read again: strictly, with a pointer to what is wrong and a word on
/// what may have been meant.
package struct JSONCodec<Value>: Sendable {
    package let shape: JSONShape
    package let write: @Sendable (Value) -> JSONValue
    /// Reads a value; the text is the JSON pointer to where it stands.
    package let read: @Sendable (JSONValue, String) throws(JSONFault) -> Value

    package init(
        _ shape: JSONShape, write: @escaping @Sendable (Value) -> JSONValue,
        read: @escaping @Sendable (JSONValue, String) throws(JSONFault) -> Value
    ) {
        self.shape = shape
        self.write = write
        self.read = read
    }
}

extension JSONCodec<String> {
    package static func text(longest: Int? = nil) -> JSONCodec {
        JSONCodec(.text(longest: longest), write: { .string($0) }) { (json, place) throws(JSONFault) in
            guard case .string(let text) = json else { throw .expected("a text", not: json, at: place) }
            if let longest, text.utf8.count > longest {
                throw JSONFault(.tooLong, at: place, "at most \(longest) bytes are read")
            }
            guard !text.unicodeScalars.contains(where: { $0.value == 0 }) else {
                throw JSONFault(.invalid, at: place, "a text holds a NUL character")
            }
            return text
        }
    }
}

extension JSONCodec<Int> {
    package static func whole(from first: Int = 0, to last: Int? = nil) -> JSONCodec {
        JSONCodec(.whole(from: first, to: last), write: { .int($0) }) { (json, place) throws(JSONFault) in
            guard let number = json.number.flatMap(JSONValue.wholeNumber), number >= first, number <= last ?? .max
            else {
                throw JSONFault(
                    .invalid, at: place,
                    "a whole number from \(first)\(last.map { " to \($0)" } ?? "") was expected")
            }
            return number
        }
    }
}

extension JSONCodec<Double> {
    package static var number: JSONCodec {
        JSONCodec(.number, write: { .number($0) }) { (json, place) throws(JSONFault) in
            guard case .number(let number) = json else { throw .expected("a number", not: json, at: place) }
            return number
        }
    }
}

extension JSONCodec<Bool> {
    package static var flag: JSONCodec {
        JSONCodec(.flag, write: { .bool($0) }) { (json, place) throws(JSONFault) in
            guard case .bool(let flag) = json else { throw .expected("true or false", not: json, at: place) }
            return flag
        }
    }
}

extension JSONCodec where Value: RawRepresentable<String> & CaseIterable & Sendable {
    /// One of the names of an enumeration.
    package static var choice: JSONCodec {
        let values = Dictionary(uniqueKeysWithValues: Value.allCases.map { ($0.rawValue, $0) })
        let names = Value.allCases.map(\.rawValue)
        return JSONCodec(.choice(names), write: { .string($0.rawValue) }) { (json, place) throws(JSONFault) in
            let name = try JSONCodec<String>.text(longest: 512).read(json, place)
            guard let value = values[name] else {
                let near = closest(to: name, among: names)
                throw JSONFault(
                    .unknownValue, at: place, "'\(name.prefix(64))' is none of: \(names.joined(separator: ", "))",
                    suggestions: near.isEmpty ? names : near)
            }
            return value
        }
    }
}

extension JSONCodec {
    package static func list<Item>(
        of item: JSONCodec<Item>, _ count: ClosedRange<Int> = 0...(.max)
    ) -> JSONCodec where Value == [Item] {
        JSONCodec(.list(item.shape, count), write: { .array($0.map(item.write)) }) { (json, place) throws(JSONFault) in
            guard case .array(let items) = json else { throw .expected("a list", not: json, at: place) }
            guard count.contains(items.count) else {
                throw JSONFault(
                    .invalid, at: place,
                    items.count < count.lowerBound
                        ? "a list of at least \(count.lowerBound) was expected" : "at most \(count.upperBound) are read"
                )
            }
            var values: [Item] = []
            for (index, value) in items.enumerated() { values.append(try item.read(value, "\(place)/\(index)")) }
            return values
        }
    }
}

extension JSONFault {
    static func expected(_ what: String, not json: JSONValue, at place: String) -> JSONFault {
        JSONFault(.invalid, at: place, "\(what) was expected, not \(json.kind)")
    }
}
