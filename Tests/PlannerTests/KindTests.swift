import Planner
import Records
import TestSupport
import Testing

private func plan(_ query: String) throws -> Plan { try planner.get().plan(query) }

/// The kind of record that is asked for, and questions for all of a kind.
struct KindTests {
    @Test(arguments: [
        ("public data sets, some from patients with depression", RecordType.dataset), ("data-sets of mice", .dataset),
        ("computational models of the cerebellum", .model), ("full-scale rat CA1 microcircuit model", .model),
        ("Purkinje cell model", .model), ("spiking network models of epilepsy", .model),
        ("EBRAINS software for spike sorting", .software), ("a toolbox for EEG", .software),
        ("behavioural protocols for fear conditioning", .protocol), ("setups with two-photon microscopes", .setup),
        ("cohorts of aged mice", .cohort), ("collections of zebrafish data", .collection),
        ("Human Brain Project deliverables", .document), ("several recordings in V1", .session),
        ("How to get ONE sessions with clusters?", .session), ("help me with recordings from V1", .session),
        ("sessions with recordings in CA1", .session), ("mice trained with CA1 recordings", .subject),
        ("male, healthy subjects with EEG", .subject), ("what projects use tetrodes?", .dataset),
    ])
    func `the head noun is the kind`(query: String, kind: RecordType) throws {
        #expect(try plan(query).target == kind)
    }

    @Test(arguments: [
        "test data with multiple sessions", "tetrodes, several sessions, several animals", "MEG, multiple subjects",
        "EEG, participants listened to stories", "data from a permanent cohort", "V1 cells that project to SC",
        "mouse models of epilepsy", "an Alzheimer's disease model", "epilepsy models", "Human Connectome Project data",
        "neurons projecting to SC", "data and code for decoding", "EEG sorted with this software", "model organism EEG",
        "spike data with simultaneous recordings", "we model CA1",
    ])
    func `what is counted, done, had or named is no kind`(query: String) throws {
        #expect(try plan(query).target == nil)
    }

    @Test(arguments: [
        ("list all datasets", RecordType.dataset), ("data sets", .dataset), ("type:session", .session),
        ("all sessions please", .session), ("show me all the data sets that you have", .dataset),
        ("how many subjects are there?", .subject), ("software", .software), ("records", nil), ("list everything", nil),
        ("show me all records", nil), ("all data", nil),
    ])
    func `a kind alone asks for all of it and leaves no words`(query: String, kind: RecordType?) throws {
        let plan = try plan(query)
        #expect(plan.target == kind && plan.text.isEmpty && plan.filters.isEmpty)
    }

    @Test(arguments: [("recordings of dragons", "dragons"), ("list all datasets of dragons", "dragons")])
    func `beside words that rank the kind is none of them`(query: String, text: String) throws {
        #expect(try plan(query).text == text)
    }

    @Test func `beside filters the noun ranks`() throws {
        #expect(try plan("sleep recordings in mice").text == "recordings")
    }
}
