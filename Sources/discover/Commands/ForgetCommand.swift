import Indexing
import Records
import Store

extension Command {
    static let forget = Command(
        name: "forget", summary: "Take a record down now, and keep it out of every later run.", forms: ["ID"],
        details: [
            "The live index is published without the record at once; older generations, raw answers and reports that hold "
                + "it are removed. It stays out until --withdraw, although its source may still show it. The list of such "
                + "records holds digests, not ids.",
            "With --with-children what is part of it goes, too, unless it is part of something else as well; with "
                + "--project-wide the whole of the datasets it belongs to.",
        ],
        operands: .text, flags: [.withChildren, .projectWide, .withdraw, .config, .json],
        examples: [
            Example("discover forget dandi:dataset:000003", "one record"),
            Example("discover forget brainstem:session:3cd0 --project-wide", "its project with all that is in it"),
            Example("discover forget dandi:dataset:000003 --withdraw", "let it in again with the next run"),
        ],
        run: { session throws in
            try session.requireOperands(1...1, named: "an ID")
            let arguments = session.arguments
            guard let id = RecordID(arguments.operands[0]) else {
                throw Failure(
                    .usage, "'\(printable(arguments.operands[0]))' is no record id",
                    advice: ["for example dandi:dataset:000003; 'discover show' prints it"])
            }
            let chosen = [Flag.withChildren, .projectWide, .withdraw].filter(arguments.has)
            guard chosen.count <= 1 else {
                throw Failure(.usage, "choose one of \(chosen.map { "--\($0.name)" }.joined(separator: " and "))")
            }
            let folder = session.indexFolder
            guard folder.exists else { throw Failure(.index, "there is no index at \(printable(folder.path))") }
            // Raw answers and reports may be elsewhere, as the configuration says.
            let configuration = session.configurationPath == nil ? nil : try session.reindexConfiguration()
            let folders =
                (configuration?.sources.compactMap(\.cache) ?? []) + [configuration?.reportFolder].compactMap { $0 }
            let forgetting = Forgetting(
                takedown: Takedown(
                    index: folder, vocabulary: try session.vocabulary(),
                    embedding: session.modelFolder == nil ? nil : try session.textEmbedding()),
                folders: folders.filter { !$0.isEmpty }, kept: configuration?.generations ?? GenerationWriter.kept)
            if arguments.has(.withdraw) {
                guard try forgetting.withdraw(id) else {
                    throw Failure(.failed, "\(id) was not taken down, so there is nothing to withdraw")
                }
                session.terminal.print("\(id) may come back with the next run that reads its source")
                return .done
            }
            let report = try forgetting.forget(
                id, extent: arguments.has(.projectWide) ? .project : arguments.has(.withChildren) ? .children : .record)
            if arguments.has(.json) {
                try session.printJSON(report)
            } else {
                session.terminal.print(
                    report.generation.map { "published generation \($0) without \(report.records) records" }
                        ?? "the index held no such record; it stays out of later runs")
                session.terminal.print(
                    "  removed with it: \(report.generationsRemoved) older generations, \(report.filesRemoved) files of raw "
                        + "answers and reports")
            }
            return .done
        })
}

extension Flag {
    static let withChildren = Flag(
        "with-children", help: "Take down what is part of the record, too, now and later.")
    static let projectWide = Flag(
        "project-wide", help: "Take down the datasets that the record is part of, and all that is in them.")
    static let withdraw = Flag("withdraw", help: "End it: let the record in again.")
}
