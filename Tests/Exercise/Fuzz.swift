import Glibc
import Planner
import Synchronization
import TestSupport
import Vocabulary

/// Gives the planner inputs made at random, on all cores, and reports what should not be.
struct Fuzz: Sendable {
    let vocabulary: Vocabulary
    let count: Int
    let seed: UInt64
    let workers: Int
    private let maker: InputMaker

    init(folder: String, count: Int, seed: UInt64, workers: Int) throws {
        vocabulary = try Vocabulary.load(folder: folder)
        maker = try InputMaker(vocabulary: vocabulary, seed: seed)
        (self.count, self.seed, self.workers) = (count, seed, workers)
    }

    /// What the workers found so far.
    fileprivate struct Tally {
        var inputs = 0
        var bytes = 0
        var refused: [String: Int] = [:]
        var roundTrips = 0
        var faults: [String: (count: Int, example: String)] = [:]
        var slowest: [(microseconds: Double, input: String)] = []
    }

    /// Inputs that share a seed; a fault names the batch so that it can be had again.
    private static let batch = 1000

    /// Whether everything held.  Crashes end the process; the last lines say where.
    func run() -> Bool {
        let started = ContinuousClock.now
        let next = Atomic<Int>(0)
        let tally = Mutex(Tally())
        let batches = (count + Self.batch - 1) / Self.batch
        Threads.run(count: workers) { _ in
            let planner = Planner(vocabulary: vocabulary)
            var maker = maker
            while true {
                let number = next.add(1, ordering: .relaxed).oldValue
                guard number < batches else { return }
                maker.restart(seed: seed &* 0x9e37_79b9 &+ UInt64(number))
                var own = Tally()
                for _ in 0..<min(Self.batch, count - number * Self.batch) {
                    let input = maker.next()
                    let check = Check(planner: planner, input: input)
                    own.inputs += 1
                    own.bytes += input.utf8.count
                    if let kind = check.refused { own.refused[kind, default: 0] += 1 }
                    if check.isRoundTrip { own.roundTrips += 1 }
                    for fault in check.faults {
                        let known = own.faults[fault.kind]
                        own.faults[fault.kind] = ((known?.count ?? 0) + 1, known?.example ?? fault.detail)
                    }
                    if check.microseconds > (own.slowest.last?.microseconds ?? 0) || own.slowest.count < 3 {
                        own.slowest.append((check.microseconds, input))
                        own.slowest.sort { $0.microseconds > $1.microseconds }
                        own.slowest = Array(own.slowest.prefix(3))
                    }
                }
                tally.withLock { $0.add(own) }
                if (number + 1) % 1000 == 0 {
                    let seconds = (ContinuousClock.now - started) / .seconds(1)
                    print("\((number + 1) * Self.batch) inputs, \(Int(seconds)) s")
                    fflush(nil)
                }
            }
        }
        let seconds = (ContinuousClock.now - started) / .seconds(1)
        return tally.withLock { report($0, seconds: seconds) }
    }

    private func report(_ tally: Tally, seconds: Double) -> Bool {
        print(
            "\(tally.inputs) inputs, \(tally.bytes) bytes, seed \(seed), \(workers) workers, "
                + "\((seconds * 10).rounded() / 10) s; \(tally.roundTrips) plans written as operators and read again")
        for (kind, count) in tally.refused.sorted(by: { $0.key < $1.key }) { print("refused \(kind): \(count)") }
        for slow in tally.slowest.prefix(3) {
            print(
                "slowest \(Int(slow.microseconds)) µs, \(slow.input.utf8.count) bytes: \(slow.input.prefix(120).debugDescription)"
            )
        }
        for (kind, fault) in tally.faults.sorted(by: { $0.key < $1.key }) {
            print("FAULT \(kind), \(fault.count) times, first: \(fault.example)")
        }
        print(tally.faults.isEmpty ? "sound" : "not sound")
        return tally.faults.isEmpty
    }
}

extension Fuzz.Tally {
    fileprivate mutating func add(_ other: Self) {
        inputs += other.inputs
        bytes += other.bytes
        roundTrips += other.roundTrips
        refused.merge(other.refused, uniquingKeysWith: +)
        for (kind, fault) in other.faults {
            let known = faults[kind]
            faults[kind] = ((known?.count ?? 0) + fault.count, known?.example ?? fault.example)
        }
        slowest = Array((slowest + other.slowest).sorted { $0.microseconds > $1.microseconds }.prefix(3))
    }
}
