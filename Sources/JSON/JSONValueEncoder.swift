extension JSONValue {
    /// What a value of ours looks like as JSON.
    ///
    /// By an encoder of our own: the toolchain's asks each value whether it is a date, an address or the like, of which
    /// there are none here, and for an answer took longer than finding it in a small index.
    ///
    /// Whole numbers beyond 2⁵³ are rounded, as readers of JSON do (RFC 8259 section 6).
    ///
    /// - Throws: `EncodingError` for numbers that JSON has no form for.
    package init(encoding value: some Encodable) throws {
        let encoder = JSONValueEncoder()
        try value.encode(to: encoder)
        self = encoder.result
    }
}

/// Makes one value.  Coding paths stay empty: they would be made for every value, and are read only when one fails.
final class JSONValueEncoder: Encoder {
    /// What is being made.
    private enum Kind { case none, single, object, array }
    private var kind = Kind.none
    private var single = JSONValue.null
    private var members: [String: JSONValue] = [:]
    private var items: [JSONValue] = []
    /// Containers within, whose content is known last.
    private var nestedMembers: [(key: String, encoder: JSONValueEncoder)] = []
    private var nestedItems: [(index: Int, encoder: JSONValueEncoder)] = []

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// What was made; an empty object where nothing was.
    var result: JSONValue {
        switch kind {
        case .single: return single
        case .none, .object:
            var all = members
            for (key, encoder) in nestedMembers { all[key] = encoder.result }
            return .object(all)
        case .array:
            var all = items
            for (index, encoder) in nestedItems { all[index] = encoder.result }
            return .array(all)
        }
    }

    func set(_ value: JSONValue) {
        kind = .single
        single = value
    }

    /// Takes a whole value; further members of an object may follow.
    func take(_ value: JSONValue) {
        switch value {
        case .object(let others):
            kind = .object
            members.merge(others) { _, last in last }
        case .array(let others):
            kind = .array
            items += others
        default: set(value)
        }
    }

    func set(_ value: JSONValue, for key: String) { members[key] = value }

    func append(_ value: JSONValue) { items.append(value) }

    var count: Int { items.count }

    func nested(for key: String) -> JSONValueEncoder {
        let encoder = JSONValueEncoder()
        nestedMembers.append((key, encoder))
        return encoder
    }

    func nestedItem() -> JSONValueEncoder {
        let encoder = JSONValueEncoder()
        nestedItems.append((items.count, encoder))
        items.append(.null)
        return encoder
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        kind = .object
        return KeyedEncodingContainer(Members(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        kind = .array
        return Items(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }

    /// By its shortest decimal form, which for a `Float` is another one than for the same number as a `Double`.
    fileprivate static func number(_ value: some BinaryFloatingPoint & LosslessStringConvertible) throws -> JSONValue {
        guard value.isFinite, let number = (value as? Double) ?? Double(value.description) else {
            throw EncodingError.invalidValue(
                value, .init(codingPath: [], debugDescription: "JSON has no form for \(value)"))
        }
        return .number(number)
    }

    fileprivate static func value(_ value: some Encodable) throws -> JSONValue {
        // The commonest within lists and dictionaries.
        if let text = value as? String { return .string(text) }
        return try JSONValue(encoding: value)
    }
}

private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: JSONValueEncoder
    var codingPath: [any CodingKey] { [] }

    private func set(_ value: JSONValue, _ key: Key) { encoder.set(value, for: key.stringValue) }

    func encodeNil(forKey key: Key) { set(.null, key) }
    func encode(_ value: Bool, forKey key: Key) { set(.bool(value), key) }
    func encode(_ value: String, forKey key: Key) { set(.string(value), key) }
    func encode(_ value: Double, forKey key: Key) throws { set(try JSONValueEncoder.number(value), key) }
    func encode(_ value: Float, forKey key: Key) throws { set(try JSONValueEncoder.number(value), key) }
    func encode(_ value: some FixedWidthInteger & Encodable, forKey key: Key) { set(.number(Double(value)), key) }
    func encode(_ value: some Encodable, forKey key: Key) throws { set(try JSONValueEncoder.value(value), key) }

    func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Inner> {
        encoder.nested(for: key.stringValue).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoder.nested(for: key.stringValue).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoder.nested(for: "super") }
    func superEncoder(forKey key: Key) -> any Encoder { encoder.nested(for: key.stringValue) }
}

private struct Items: UnkeyedEncodingContainer {
    let encoder: JSONValueEncoder
    var codingPath: [any CodingKey] { [] }
    var count: Int { encoder.count }

    func encodeNil() { encoder.append(.null) }
    func encode(_ value: some Encodable) throws { encoder.append(try JSONValueEncoder.value(value)) }

    func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type) -> KeyedEncodingContainer<Inner> {
        encoder.nestedItem().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder.nestedItem().unkeyedContainer() }
    func superEncoder() -> any Encoder { encoder.nestedItem() }
}

private struct Single: SingleValueEncodingContainer {
    let encoder: JSONValueEncoder
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { encoder.set(.null) }
    func encode(_ value: Bool) { encoder.set(.bool(value)) }
    func encode(_ value: String) { encoder.set(.string(value)) }
    func encode(_ value: Double) throws { encoder.set(try JSONValueEncoder.number(value)) }
    func encode(_ value: Float) throws { encoder.set(try JSONValueEncoder.number(value)) }
    func encode(_ value: some FixedWidthInteger & Encodable) { encoder.set(.number(Double(value))) }
    func encode(_ value: some Encodable) throws { encoder.set(try JSONValueEncoder.value(value)) }
}
