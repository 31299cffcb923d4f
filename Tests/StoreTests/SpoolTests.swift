import Testing

@testable import Store

struct SpoolTests {
    @Test(arguments: [10, 1 << 20, 3 << 20])
    func `what waited is read as it was written, as often as wanted`(size: Int) throws {
        let temporary = try TemporaryIndex()
        let path = "\(temporary.index.path)/spool.tmp"
        var random = Numbers(seed: UInt64(size))
        let numbers = (0..<size / 4).map { _ in UInt32.random(in: 0...UInt32.max, using: &random) }
        for path in [nil, path] {
            let spool = Spool(path: path)
            for number in numbers { spool.append(number) }
            spool.append([7, 8, 9])
            #expect(spool.count == numbers.count * 4 + 3)
            for _ in 0..<2 {
                try spool.rewind()
                var read: [UInt32] = []
                while read.count < numbers.count {
                    let wanted = Int.random(in: 1...min(99_999, numbers.count - read.count), using: &random)
                    read += try spool.readNumbers(wanted)
                }
                #expect(read == numbers)
                #expect(try Array(spool.read(4)) == [7, 8, 9])
                #expect(try spool.read(1).isEmpty)
            }
        }
        #expect(!Disk.exists(path), "nothing is left where it waited")
    }

    @Test(arguments: [0, 1, 7, 8, 9, 1000, 70_001])
    func `entries are read in ascending order, equal ones as often as they were appended`(count: Int) throws {
        let temporary = try TemporaryIndex()
        let path = "\(temporary.index.path)/sorted.tmp"
        var random = Numbers(seed: UInt64(count))
        let entries = (0..<count).map { _ in UInt64.random(in: 0...UInt64(count), using: &random) }
        for (path, capacity) in [(nil, 8), (path, 8), (path, 1000), (path, 100_000)] as [(String?, Int)] {
            let spool = SortedSpool<UInt64>(path: path, capacity: capacity)
            for entry in entries { spool.append(entry) }
            var read: [UInt64] = []
            try spool.forEach { read.append($0) }
            #expect(read == entries.sorted())
        }
        #expect(!Disk.exists(path), "nothing is left where they waited")
    }

    @Test func `a folder that is gone is said when the bytes are asked for`() throws {
        let spool = Spool(path: "/nowhere/at/all/spool.tmp")
        spool.append([UInt8](repeating: 1, count: 2 << 20))
        #expect(throws: StoreError.self) { try spool.rewind() }
        let sorted = SortedSpool<UInt64>(path: "/nowhere/at/all/sorted.tmp", capacity: 2)
        for entry in 0..<5 as Range<UInt64> { sorted.append(entry) }
        #expect(throws: StoreError.self) { try sorted.forEach { _ in } }
    }
}
