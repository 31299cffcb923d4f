import Planner
import Records
import Testing

/// What is read off the parse: denials, background, alternatives, and what belongs to one part.
struct SentenceTests {
    @Test(arguments: [
        ("rats that must never have been trained in the T-maze", ["species=rat", "-task=T-maze"]),
        ("rats with no hippocampal lesions", ["species=rat", "-procedure=lesion"]),
        ("rats without a lesion in the hippocampus", ["species=rat", "-procedure=lesion"]),
        ("non-spatial working memory", ["task=working memory"]),
        ("mice without an electrode in V1", ["species=mouse", "-region=primary visual cortex"]),
        ("EEG of all species but humans", ["technique=electroencephalography", "-species=human"]),
        (
            "Drop MEG and fMRI; human recordings",
            ["-technique=magnetoencephalography", "-technique=functional magnetic resonance imaging", "species=human"]
        ),
        ("rats, no urethane, quuxamine or isoflurane", ["species=rat", "-agent=urethane", "-agent=isoflurane"]),
        (
            "everything but EEG in children of any species but mice",
            ["-technique=electroencephalography", "-species=mouse"]
        ),
    ])
    func `a denial reaches what hangs on it and no more`(text: String, expected: [String]) throws {
        #expect(try filters(text).sorted() == expected.sorted())
    }

    @Test(arguments: [
        "We work with ferrets. I need mouse V1.", "Every search gives me ferrets. Mouse V1, please.",
        "Ferrets are known to be clever; are there recordings from mouse V1?",
        "In the past it was all ferrets; now I want mouse V1", "A colleague works on ferrets, but I am after mouse V1",
    ])
    func `what is only background is no filter and a warning says so`(text: String) throws {
        let plan = try planner.get().plan(text)
        #expect(plan.filters.map { $0.anyOf[0].label } == ["mouse", "primary visual cortex"])
        #expect(plan.warnings.contains { $0.code == "background" && $0.message.lowercased().contains("ferrets") })
    }

    @Test(arguments: [
        "We use tetrodes in rats", "We have tetrode data of rats; is there anything like this?",
        "I remember tetrode recordings in rats, is that data anywhere?",
        "We study rats with tetrodes. Is there anything?",
    ])
    func `what is taken up again, or stands alone, is asked for`(text: String) throws {
        #expect(try filters(text).sorted() == ["device=tetrode", "species=rat"])
    }

    @Test func `how data are shared is no subject of its own`() throws {
        let found = try filters("We study rats with tetrodes. Is there open data?")
        #expect(found.sorted() == ["access=open access", "device=tetrode", "species=rat"])
    }

    @Test(arguments: [
        ("rats with epilepsy or with hippocampal lesions", [[0], [1, 1]]),
        ("either tetrodes or two-photon in mice", [[0], [1]]),
        ("mice with tetrodes or rats with Neuropixels", [[0, 0], [1, 1]]), ("mouse V1 or rat CA1", [[0, 0], [1, 1]]),
    ])
    func `alternatives of unlike kinds are an alternation`(text: String, choices: [[Int]]) throws {
        let plan = try planner.get().plan(text)
        let found = plan.filters.filter { $0.either == 1 }.compactMap(\.choice)
        #expect(found == choices.flatMap(\.self))
        #expect(Set(plan.filters.compactMap(\.either)).count == 1)
    }

    @Test(arguments: ["rats on quuxamine or ketamine", "rats with ketamine or a receptor blockade"])
    func `an alternative that is unknown leaves the other open`(text: String) throws {
        let plan = try planner.get().plan(text)
        #expect(plan.filters.first { $0.facet == .agent }?.weight == .preferred)
        #expect(plan.filters.first { $0.facet == .species }?.weight == .required)
        #expect(plan.warnings.contains { $0.code == "unknown_alternative" })
    }

    @Test(arguments: [
        "separate probes in striatum and motor cortex", "one probe in striatum and another in motor cortex",
        "striatum with one Neuropixels probe and motor cortex with a different probe",
        "striatum and motor cortex, each with its own probe",
    ])
    func `different parts are apart`(text: String) throws {
        let plan = try planner.get().plan(text)
        let scopes = plan.filters.filter { $0.facet == .region }.compactMap(\.scope)
        #expect(Set(scopes).count == 2)
        #expect(plan.apart.map { $0.sorted() } == [scopes.sorted()])
    }

    @Test(arguments: [
        "one probe that passes through both CA1 and LP", "CA1 and LP with the same probe",
        "a single Neuropixels probe in CA1 and LP",
    ])
    func `the places of one device are of one part`(text: String) throws {
        let scopes = try planner.get().plan(text).filters.map(\.scope)
        #expect(scopes.allSatisfy { $0 == 1 } && scopes.count > 1)
    }

    @Test(arguments: [
        ("muscimol in the BLA", true), ("BLA muscimol", true), ("inactivation of the BLA with muscimol", true),
        ("ketamine effects on the BLA", false), ("systemic CNO in the BLA", false), ("BLA under isoflurane", false),
    ])
    func `a drug has a place only where it was put`(text: String, isBound: Bool) throws {
        let plan = try planner.get().plan(text)
        let agent = try #require(plan.filters.first { $0.facet == .agent || $0.facet == .state })
        #expect((agent.scope != nil) == isBound)
    }

    @Test func `an indicator has the place it is said to be in`() throws {
        let plan = try planner.get().plan("rats with ChR2 in CA3 and dLight in the striatum")
        let scopes = plan.filters.filter { $0.facet != .species }.map { $0.scope ?? 0 }
        #expect(scopes == [1, 1, 2, 2])
    }

    @Test(arguments: [
        ("EEG, including iEEG", ["technique=electroencephalography"]),
        ("EEG, iEEG and sEEG", ["technique=electroencephalography|intracranial EEG|stereoelectroencephalography"]),
    ])
    func `a family beside its members stays`(text: String, expected: [String]) throws {
        #expect(try filters(text) == expected)
    }
}
