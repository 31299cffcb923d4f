internal import JSON

/// What is stored as a JSON object: its members are named once, and that one list writes and reads them.
protocol StoredObject: StoredValue {
    /// A value to read into; members that must be there are replaced before anybody sees it.
    static var blank: Self { get }
    /// What it is called where one cannot be read.
    static var noun: String { get }

    /// Shows each member to the visitor, in the order of the names' bytes, which is the order they are written in.
    mutating func members(_ visitor: inout some MemberVisitor) throws(JSONError)

    /// Whether what was read can be.
    var isSound: Bool { get }
}

extension StoredObject {
    var isSound: Bool { true }
}

/// Writes or reads the members of an object one by one.
protocol MemberVisitor {
    /// A member that is always there.
    mutating func member<Value: StoredValue>(_ name: String, _ value: inout Value) throws(JSONError)
    /// A member that is left out for nil.
    mutating func member<Value: StoredValue>(_ name: String, _ value: inout Value?) throws(JSONError)
}

/// What has a form in stored JSON.
protocol StoredValue {
    /// The value that comes next.
    static func read(_ reader: inout JSONReader) throws(JSONError) -> Self
    func write(_ writer: inout JSONWriter)
}

// MARK: Writing

extension JSONWriter: MemberVisitor {
    mutating func member<Value: StoredValue>(_ name: String, _ value: inout Value) {
        key(name)
        value.write(&self)
    }

    mutating func member<Value: StoredValue>(_ name: String, _ value: inout Value?) {
        guard let value else { return }
        key(name)
        value.write(&self)
    }
}

extension StoredObject {
    func write(_ writer: inout JSONWriter) {
        var value = self
        writer.object { writer in
            // A writer refuses nothing.
            try? value.members(&writer)
        }
    }
}

// MARK: Reading

extension StoredObject {
    static func read(_ reader: inout JSONReader) throws(JSONError) -> Self {
        var value = blank
        var members = MemberReader(reader: reader)
        try members.read(&value)
        reader = members.reader
        guard members.isComplete, value.isSound else { throw reader.failure("no \(noun) ends here") }
        return value
    }
}

/// Reads the members of one object.  The visited order is the written one, so that one visit reads them all; where
/// they stand in another order it takes some visits more, and members that nobody asks for are stepped over.
private struct MemberReader: MemberVisitor {
    var reader: JSONReader
    /// Whether a key comes next.
    private var isOpen = false
    /// Whether this visit read anything.
    private var hasRead = false
    /// A bit a member, in the order of the visit: which must be there, and which were.
    private var needed: UInt64 = 0
    private var seen: UInt64 = 0
    private var bit: UInt64 = 1

    init(reader: JSONReader) { self.reader = reader }

    var isComplete: Bool { seen & needed == needed }

    mutating func read(_ value: inout some StoredObject) throws(JSONError) {
        isOpen = try reader.entersObject()
        repeat {
            hasRead = false
            bit = 1
            try value.members(&self)
            if isOpen, !hasRead {
                try reader.skipMember()
                isOpen = try reader.hasNextMember()
            }
        } while isOpen
    }

    mutating func member<Value: StoredValue>(_ name: String, _ value: inout Value) throws(JSONError) {
        needed |= bit
        if try takes(name) { value = try after(Value.read(&reader)) }
        bit <<= 1
    }

    mutating func member<Value: StoredValue>(_ name: String, _ value: inout Value?) throws(JSONError) {
        if try takes(name) { value = try after(Value.read(&reader)) }
        bit <<= 1
    }

    private mutating func takes(_ name: String) throws(JSONError) -> Bool {
        guard isOpen, try reader.takesKey(name) else { return false }
        seen |= bit
        hasRead = true
        return true
    }

    private mutating func after<Value>(_ value: Value) throws(JSONError) -> Value {
        isOpen = try reader.hasNextMember()
        return value
    }
}

// MARK: Values

extension String: StoredValue {
    static func read(_ reader: inout JSONReader) throws(JSONError) -> String { try reader.text() }
    func write(_ writer: inout JSONWriter) { writer.text(self) }
}

extension Int: StoredValue {
    static func read(_ reader: inout JSONReader) throws(JSONError) -> Int { try reader.integer() }
    func write(_ writer: inout JSONWriter) { writer.integer(self) }
}

extension Double: StoredValue {
    static func read(_ reader: inout JSONReader) throws(JSONError) -> Double { try reader.double() }
    func write(_ writer: inout JSONWriter) { writer.number(self) }
}

extension Bool: StoredValue {
    static func read(_ reader: inout JSONReader) throws(JSONError) -> Bool { try reader.bool() }
    func write(_ writer: inout JSONWriter) { writer.bool(self) }
}

extension Array: StoredValue where Element: StoredValue {
    static func read(_ reader: inout JSONReader) throws(JSONError) -> [Element] {
        var values: [Element] = []
        try reader.items { (reader) throws(JSONError) in values.append(try Element.read(&reader)) }
        return values
    }

    func write(_ writer: inout JSONWriter) {
        writer.array { writer in
            for value in self {
                writer.item()
                value.write(&writer)
            }
        }
    }
}

extension StoredValue where Self: RawRepresentable<String> {
    /// Nothing comes of a name that this version does not know.
    static func read(_ reader: inout JSONReader) throws(JSONError) -> Self {
        let name = try reader.text()
        guard let value = Self(rawValue: name) else { throw reader.failure("there is no '\(name.prefix(64))' here") }
        return value
    }

    func write(_ writer: inout JSONWriter) { writer.text(rawValue) }
}
