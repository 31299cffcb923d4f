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
