internal import Text

/// An object of a settings file, read key by key: what is there must be known, of the right kind and within bounds.
package struct ConfigurationObject<Key: RawRepresentable & CaseIterable> where Key.RawValue == String {
    package let position: JSON5Value.Position
    private let members: [JSON5Value.Member]

    /// Refuses what is no object, and keys that nobody knows.
    package init(_ value: JSON5Value, of what: String) throws(ConfigurationError) {
        guard case .object(let members) = value.content else {
            throw ConfigurationError(value.position, "\(what) must be an object, not \(value.kind)")
        }
        let known = Key.allCases.map(\.rawValue)
        for member in members where !known.contains(member.key) {
            throw ConfigurationError(
                member.position, "there is no setting '\(member.key)' in \(what)",
                suggestions: closest(to: member.key, among: known))
        }
        self.members = members
        position = value.position
    }

    /// The value of a key; nil when it is absent or null.
    package func value(_ key: Key) -> JSON5Value? {
        guard let value = members.first(where: { $0.key == key.rawValue })?.value else { return nil }
        if case .null = value.content { return nil }
        return value
    }

    package func text(_ key: Key) throws(ConfigurationError) -> String? {
        guard let value = value(key) else { return nil }
        guard case .string(let text) = value.content, !text.isEmpty else { throw wrong(key, value, "a text") }
        return text
    }

    package func texts(_ key: Key) throws(ConfigurationError) -> [String] {
        guard let value = value(key) else { return [] }
        guard case .array(let items) = value.content else { throw wrong(key, value, "a list of texts") }
        var texts: [String] = []
        for item in items {
            guard case .string(let text) = item.content, !text.isEmpty else {
                throw wrong(key, item, "a list of texts")
            }
            texts.append(text)
        }
        return texts
    }

    package func flag(_ key: Key) throws(ConfigurationError) -> Bool? {
        guard let value = value(key) else { return nil }
        guard case .bool(let flag) = value.content else { throw wrong(key, value, "true or false") }
        return flag
    }

    package func number(_ key: Key, in bounds: ClosedRange<Double>) throws(ConfigurationError) -> Double? {
        guard let value = value(key) else { return nil }
        guard case .number(let number) = value.content, bounds.contains(number) else {
            throw wrong(
                key, value, "a number from \(Self.plain(bounds.lowerBound)) to \(Self.plain(bounds.upperBound))")
        }
        return number
    }

    package func whole(_ key: Key, in bounds: ClosedRange<Int>) throws(ConfigurationError) -> Int? {
        guard let value = value(key) else { return nil }
        guard case .number(let number) = value.content, let whole = Int(exactly: number), bounds.contains(whole) else {
            throw wrong(key, value, "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)")
        }
        return whole
    }

    package func wrong(_ key: Key, _ value: JSON5Value, _ expected: String) -> ConfigurationError {
        ConfigurationError(value.position, "'\(key.rawValue)' takes \(expected)")
    }

    private static func plain(_ number: Double) -> String {
        Int(exactly: number).map { "\($0)" } ?? "\(number)"
    }
}
