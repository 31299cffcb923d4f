import Records
import Vocabulary

/// "Neuropixels 1.0, not 2.0": a bare version behind a device means the same family's other model.
struct VersionReader {
    let question: Question
    let findings: [Finding]
    let vocabulary: Vocabulary

    func read() -> Reading {
        var reading = Reading()
        for index in question.tokens.indices where !question.isUsed[index] && question.word(index).contains(".") {
            guard let device = findings.last(where: { $0.facet == .device && $0.tokens.upperBound <= index }) else {
                continue
            }
            let joint = device.tokens.upperBound..<index
            guard joint.count <= 2, joint.allSatisfy({ question.has(.versionJoint, at: $0) }) else { continue }
            let family = question.written(device.tokens).split(separator: " ").first.map(String.init) ?? ""
            let name = "\(family) \(question.written(index..<(index + 1)))"
            guard let match = vocabulary.terms(named: name, facet: .device).first else { continue }
            reading.used.append(joint.lowerBound..<(index + 1))
            reading.findings.append(
                Finding(
                    tokens: index..<(index + 1), facet: .device, value: vocabulary.value(of: match.number),
                    term: match.number, via: .synonym, confidence: 0.9,
                    isNegated: question.words[joint].contains("not")))
        }
        return reading
    }
}
