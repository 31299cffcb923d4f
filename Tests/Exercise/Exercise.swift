/// Exercise: what makes the planner sweat.  `fuzz` gives it inputs made at random and checks what must always hold;
/// `time` measures loading and planning, one thread.  No part of the product: `make fuzz` and `make bench` run it.
import Encoder
import FoundationEssentials
import Glibc
import TestSupport
import Vocabulary

@main
enum Exercise {
    static func main() {
        var arguments = Array(CommandLine.arguments.dropFirst())
        func option(_ name: String) -> String? {
            guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else { return nil }
            let value = arguments[index + 1]
            arguments.removeSubrange(index...(index + 1))
            return value
        }
        let folder = option("--vocab") ?? Places.vocabularies
        do {
            switch arguments.first {
            case "fuzz":
                let count = option("--count").flatMap { Int($0) } ?? 100_000
                let seed = option("--seed").flatMap { UInt64($0) } ?? 1
                let workers = option("--workers").flatMap { Int($0) } ?? ProcessInfo.processInfo.activeProcessorCount
                let isSound = try Fuzz(folder: folder, count: count, seed: seed, workers: max(1, workers)).run()
                exit(isSound ? 0 : 1)
            case "time":
                let file = option("--questions")
                try Timing(folder: folder, questions: file).run()
            case "calibrate":
                let named = option("--model")
                let model = try named ?? ModelCache.folder()
                try Calibration(folder: folder, model: model, pairs: option("--pairs")).run()
            default:
                print(
                    """
                    exercise fuzz [--count N] [--seed S] [--workers W] [--vocab DIR]
                    exercise calibrate [--model DIR] [--pairs FILE.tsv] [--vocab DIR]
                    exercise time [--questions FILE.jsonl] [--vocab DIR]
                    """)
                exit(2)
            }
        } catch {
            print("exercise: \(error)")
            exit(1)
        }
    }
}
