import FoundationEssentials
import Records
import Testing

@testable import Store

/// A disk that fails at every write once, in each of the ways disks fail.
struct WriteFaultTests {
    @discardableResult
    private func publish(_ count: Int, on temporary: TemporaryIndex) throws -> Generation {
        try temporary.publish(
            (0..<count).map { (record("\($0)", title: "theta \($0)"), [tag(.species, "NCBITaxon:10090")]) })
    }

    @Test(arguments: DiskFault.allCases)
    func `whichever write fails, the index stays whole and the next run succeeds`(fault: DiskFault) throws {
        let temporary = try TemporaryIndex()
        try publish(20, on: temporary)
        let counted = DiskFault.inject(nil, at: 0) { try publish(21, on: temporary) }
        _ = try counted.result.get()
        #expect(counted.writes > 10, "SQLite's pages, the facet file, the manifest and the pointer are written")
        var failures = 0
        for number in 1...counted.writes {
            let before = try temporary.index.currentName()
            let broken = DiskFault.inject(fault, at: number) { try publish(22, on: temporary) }
            if case .failure(let error) = broken.result {
                failures += 1
                #expect(error is StoreError, "\(error)")
            }
            let live = try temporary.index.current()
            // When the last synchronisation fails, the pointer may already name the new one, which is whole.
            #expect(live.manifest.generation == before || live.manifest.records == 22)
            #expect(try live.verify() == [])
        }
        #expect(failures >= counted.writes - 2)
        let next = try publish(23, on: temporary)
        #expect(next.manifest.records == 23)
        #expect(Disk.names(in: temporary.index.generationsPath).allSatisfy { !$0.hasSuffix(".tmp") })
    }

    @Test(arguments: DiskFault.allCases)
    func `a list of forgotten records is the old or the new one, whichever write fails`(fault: DiskFault) throws {
        let temporary = try TemporaryIndex()
        let lock = try temporary.index.lock()
        var list = ForgottenList()
        list.add(RecordID(.dandi, .dataset, "1"), reach: .record, cause: RecordID(.dandi, .dataset, "1"))
        try list.write(to: temporary.index, lock: lock)
        var longer = list
        longer.add(RecordID(.dandi, .dataset, "2"), reach: .record, cause: RecordID(.dandi, .dataset, "2"))
        for number in 1...4 {
            _ = DiskFault.inject(fault, at: number) { try longer.write(to: temporary.index, lock: lock) }
            let read = try ForgottenList(of: temporary.index)
            #expect(read == list || read == longer)
        }
        withExtendedLifetime(lock) {}
    }
}

/// One bit that turns, anywhere.
struct FlippedByteTests {
    @Test func `verify finds one flipped byte in any file, and a server falls back`() throws {
        let temporary = try TemporaryIndex()
        let entries = (0..<30).map { (record("\($0)", title: "sleep \($0)"), [tag(.region, "UBERON:0001897")]) }
        try temporary.publish(entries)
        let whole = try temporary.publish(entries)
        let name = whole.manifest.generation
        let folder = "\(temporary.index.generationsPath)/\(name)"
        var generator = Numbers(seed: 11)
        for file in Disk.names(in: folder) {
            let bytes = try Disk.contents(of: "\(folder)/\(file)")
            let places = Set(
                (0..<40).map { _ in Int.random(in: 0..<bytes.count, using: &generator) } + [0, bytes.count - 1])
            for position in places.sorted() {
                var damaged = bytes
                damaged[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                try Disk.write(damaged, to: "\(folder)/\(file)")
                let found: [String]
                do throws(StoreError) { found = try temporary.index.current().verify() } catch {
                    found = [error.detail]
                }
                #expect(!found.isEmpty, "\(file) byte \(position)")
                let (generation, problems) = try temporary.index.whole()
                #expect(generation.manifest.generation != name && !problems.isEmpty, "\(file) byte \(position)")
            }
            try Disk.write(bytes, to: "\(folder)/\(file)")
        }
        #expect(try temporary.index.whole().generation.manifest.generation == name)
        #expect(try temporary.index.whole().problems.isEmpty)
    }

    @Test func `a flipped byte of the pointer leads to the newest whole generation`() throws {
        let temporary = try TemporaryIndex()
        try temporary.publish([(record("1"), [])])
        let newest = try temporary.publish([(record("2"), [])])
        let path = "\(temporary.index.path)/CURRENT"
        let bytes = try Disk.contents(of: path)
        for position in bytes.indices {
            var damaged = bytes
            damaged[position] ^= 4
            try Disk.write(damaged, to: path)
            let answer: StoreError.Kind?
            do throws(StoreError) {
                _ = try temporary.index.current()
                answer = nil
            } catch { answer = error.kind }
            #expect(answer != nil, "byte \(position)")
            let found = try temporary.index.whole().generation
            #expect(found.manifest.generation == newest.manifest.generation, "byte \(position)")
        }
    }

    @Test func `a flipped byte of the list of forgotten records stops everything`() throws {
        let temporary = try TemporaryIndex()
        let lock = try temporary.index.lock()
        var list = ForgottenList()
        list.add(RecordID(.dandi, .dataset, "000003"), reach: .record, cause: RecordID(.dandi, .dataset, "000003"))
        try list.write(to: temporary.index, lock: lock)
        let path = "\(temporary.index.path)/forgotten.json"
        let bytes = try Disk.contents(of: path)
        #expect(!String(decoding: bytes, as: UTF8.self).contains("000003"))
        for position in bytes.indices {
            var damaged = bytes
            damaged[position] ^= 1
            try Disk.write(damaged, to: path)
            // White space may turn into other white space, which says the same.
            if let read = try? ForgottenList(of: temporary.index) { #expect(read == list, "byte \(position)") }
        }
        withExtendedLifetime(lock) {}
    }
}
