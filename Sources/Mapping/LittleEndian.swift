/// Numbers in the bytes of a file, the lowest byte first, as all formats of an index and of a model have them.
/// For headers; loops over many numbers read them where they stand.
extension UnsafeRawBufferPointer {
    /// The number at a place, aligned or not.  Traps where it does not lie within the bytes.
    package func littleEndian<Number: FixedWidthInteger>(at offset: Int, as type: Number.Type = Number.self) -> Number {
        Number(littleEndian: loadUnaligned(fromByteOffset: offset, as: type))
    }
}

extension Array<UInt8> {
    /// Appends the bytes of a number, the lowest first.
    package mutating func append(littleEndian number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }

    /// Appends the bytes of numbers, one after the other.
    package mutating func append<Number: FixedWidthInteger>(littleEndian numbers: some Sequence<Number>) {
        for number in numbers { append(littleEndian: number) }
    }
}
