import Records

extension Facet {
    /// What people call the facet.
    var title: String {
        switch self {
        case .species: "Species"
        case .strain: "Strain"
        case .sex: "Sex"
        case .region: "Brain region"
        case .technique: "Technique"
        case .device: "Device"
        case .procedure: "Procedure"
        case .manipulation: "Manipulation"
        case .agent: "Agent"
        case .effect: "Effect"
        case .state: "State"
        case .task: "Task"
        case .celltype: "Cell type"
        case .signal: "Signal"
        case .disease: "Disease"
        case .format: "Format"
        case .license: "Licence"
        case .access: "Access"
        case .source: "Source"
        case .person: "Person"
        case .lab: "Lab"
        }
    }

    /// The same within a sentence.
    var noun: String { title.lowercased() }
}

extension RangeField {
    /// What people call the range, the unit of numbers that have none of their own included.
    var title: String {
        switch self {
        case .ageDays: "Age in days"
        case .date: "Recorded"
        case .published: "Published"
        case .modified: "Modified"
        case .subjects: "Subjects"
        case .sessions: "Sessions"
        case .units: "Units"
        case .channels: "Channels"
        case .durationS: "Duration"
        case .sizeBytes: "Size"
        }
    }
}

extension Source {
    /// The name the source gives itself.
    var title: String {
        switch self {
        case .brainstem: "BrainSTEM"
        case .ebrains: "EBRAINS"
        case .ibl: "IBL"
        case .dandi: "DANDI"
        case .openneuro: "OpenNeuro"
        case .nwb: "NWB files"
        case .bids: "BIDS folders"
        case .beir: "BEIR"
        }
    }
}

/// A number and its noun, `1 match`, `12 matches`.
func counted(_ count: Int, _ one: String, _ many: String) -> String { "\(grouped(count)) \(count == 1 ? one : many)" }

/// A number with thin spaces between groups of three digits (ISO 80000-1 section 7.3.1).
func grouped(_ count: Int) -> String {
    let digits = Array(String(abs(count)))
    guard digits.count > 4 else { return String(count) }
    var result = count < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index).isMultiple(of: 3) { result += "\u{202f}" }
        result.append(digit)
    }
    return result
}
