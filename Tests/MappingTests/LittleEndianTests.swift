import Mapping
import Testing

struct LittleEndianTests {
    @Test func `numbers are written with the lowest byte first, and read back wherever they stand`() {
        var bytes: [UInt8] = [7]
        bytes.append(littleEndian: UInt16(0x0102))
        bytes.append(littleEndian: [UInt32(0x0304_0506), .max])
        bytes.append(littleEndian: [UInt64(0x0708_090A_0B0C_0D0E)])
        #expect(
            bytes == [7, 2, 1, 6, 5, 4, 3, 0xFF, 0xFF, 0xFF, 0xFF, 0x0E, 0x0D, 0x0C, 0x0B, 0x0A, 0x09, 0x08, 0x07])
        bytes.withUnsafeBytes { raw in
            #expect(raw.littleEndian(at: 1, as: UInt16.self) == 0x0102)
            #expect(raw.littleEndian(at: 3, as: UInt32.self) == 0x0304_0506)
            #expect(raw.littleEndian(at: 7, as: UInt32.self) == .max)
            #expect(raw.littleEndian(at: 11, as: UInt64.self) == 0x0708_090A_0B0C_0D0E)
        }
    }
}
