import Connectors
import Foundation
import Records
import TestSupport
import Testing

/// Every record of a harvest beside what the portal itself answers for it.
struct PortalComparisonTests {
    /// What a portal says of a record, in the words of a record's fields.
    private struct Expected: Equatable {
        var title: String
        var doi: String?
        var published: Double?
        var people: [String]
        var licenses: [String]
        var subjects: Double?
    }

    private func found(_ record: Record) -> Expected {
        func first(_ field: RangeField) -> Double? { record.quantities.first { $0.field == field }?.min }
        return Expected(
            title: record.title, doi: record.doi, published: first(.published), people: record.contributors,
            licenses: record.statements.filter { $0.facet == .license }.map(\.value), subjects: first(.subjects))
    }

    private func value(_ document: Any?, _ path: String...) -> Any? {
        path.reduce(document) { ($0 as? [String: Any])?[$1] }
    }

    private func texts(_ value: Any?, _ key: String) -> [String] {
        let items = value as? [[String: Any]] ?? (value as? [String: Any]).map { [$0] } ?? []
        return items.compactMap { $0[key] as? String }
    }

    private func day(_ text: Any?) -> Double? {
        (text as? String).flatMap { CalendarDay.number(iso: $0) }.map(Double.init)
    }

    private func compare(_ source: String, _ path: String, with expected: [String: Expected]) throws {
        let portal = try Portals()
        let harvested = try Harvested(source, "\(portal.base)/\(path)")
        #expect(harvested.report.isComplete)
        #expect(expected.count > 50)
        #expect(Set(harvested.records.map(\.id.native)) == Set(expected.keys))
        for record in harvested.records {
            let expected = try #require(expected[record.id.native])
            #expect(found(record) == expected, "\(record.id)")
        }
    }

    @Test func `every document of the Knowledge Graph is a record that says the same`() throws {
        var expected: [String: Expected] = [:]
        for document in try Portals.documents("kg") {
            let fields = document["fields"]
            var title = try #require(document["title"] as? String)
            // The version at the end of a title is no part of the name.
            if title.hasSuffix(")"), let open = title.lastIndex(of: "(") { title = String(title[..<open].dropLast()) }
            let people = texts(value(fields, "contributors") ?? value(fields, "developers"), "value")
            let subjects = value(fields, "specimenBySubject", "data", "numberOfSubjects", "value") as? String
            expected[try #require(document["id"] as? String)] = Expected(
                title: title, doi: value(fields, "doi", "value") as? String,
                published: day(value(fields, "releasedAt", "value")), people: people,
                licenses: texts(value(fields, "license_info"), "value"), subjects: subjects.flatMap(Double.init))
        }
        try compare("ebrains", "kg", with: expected)
        try compare("ebrains", "kg/api", with: expected)
    }

    @Test func `every dataset of OpenNeuro is a record that says the same`() throws {
        var expected: [String: Expected] = [:]
        for document in try Portals.documents("openneuro") {
            let snapshot = document["latestSnapshot"]
            let subjects = value(snapshot, "summary", "subjects") as? [String]
            let doi = try #require(value(snapshot, "description", "DatasetDOI") as? String)
            expected[try #require(document["id"] as? String)] = Expected(
                title: try #require(value(snapshot, "description", "Name") as? String),
                doi: String(doi.dropFirst("doi:".count)), published: day(document["publishDate"]),
                people: texts(value(snapshot, "contributors"), "name"), licenses: ["CC0"],
                subjects: subjects.map { Double($0.count) })
        }
        try compare("openneuro", "openneuro", with: expected)
    }

    @Test func `every dandiset is a record that says the same`() throws {
        var expected: [String: Expected] = [:]
        for document in try Portals.documents("dandi") {
            let key = try #require(document["identifier"] as? String).dropFirst("DANDI:".count)
            let version = try #require(document["version"] as? String)
            let digits = version.split(separator: ".").dropFirst().first.map(Array.init) ?? []
            let published =
                digits.isEmpty
                ? nil : day("20\(String(digits[0...1]))-\(String(digits[2...3]))-\(String(digits[4...5]))")
            expected[String(key)] = Expected(
                title: try #require(document["name"] as? String), doi: nil, published: published,
                people: texts(document["contributor"], "name"), licenses: ["CC-BY-4.0"],
                subjects: (value(document, "assetsSummary", "numberOfSubjects") as? NSNumber)?.doubleValue)
        }
        try compare("dandi", "dandi", with: expected)
    }

    @Test func `participants of OpenNeuro are records where they are asked for`() throws {
        let portal = try Portals()
        var limits = HarvestLimits.forTests
        limits.listsAssets = true
        let harvested = try Harvested("openneuro", portal.base + "/openneuro", limits)
        var known = 0
        for document in try Portals.documents("openneuro") {
            let people = value(document["latestSnapshot"], "summary", "subjectMetadata") as? [[String: Any]] ?? []
            known += people.count { person in
                ["age", "sex", "group"].contains { !(person[$0] is NSNull) }
            }
        }
        #expect(known > 50)
        #expect(harvested.report.records["subject"] == known)
    }
}
