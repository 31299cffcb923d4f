import Search

/// The map as a picture.  Colours are classes of the style sheet and every cell contains its number, so that nothing
/// depends on colour alone; cells without a record are drawn as outlines, because the map is meant to show gaps.
struct HeatMap {
    let grid: CoverageGrid

    private static let rowHeight = 28
    private static let labelWidth = 216
    /// Letters of the longest name of a column.
    private static let longestHead = 34
    /// Mean width of a letter at the map's size of 13 pixels.
    private static let letterWidth = 6.6

    /// Few columns are wide, many are narrow.
    private var columnWidth: Int { min(112, max(56, 760 / max(1, grid.columns.count))) }

    /// Room for the longest name of a column, written at 40 degrees: its height, and what it needs at the right.
    private var headHeight: Int { 24 + Int(longestHead * 0.643) }
    private var rightMargin: Int { Int(longestHead * 0.766) }
    private var longestHead: Double {
        Double(min(Self.longestHead, grid.columns.map(\.label.count).max() ?? 0)) * Self.letterWidth
    }

    var html: HTML {
        let width = Self.labelWidth + grid.columns.count * columnWidth + rightMargin
        let height = headHeight + grid.rows.count * Self.rowHeight + 4
        return """
            <svg class="map" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" aria-hidden="true" \
            focusable="false">
            \(grid.columns.indices.map(head))\(grid.rows.indices.map(row))</svg>

            """
    }

    /// The class of a count, `c0` for none to `c5`.
    static func level(of count: Int) -> Int {
        switch count {
        case 0: 0
        case ..<3: 1
        case ..<10: 2
        case ..<30: 3
        case ..<100: 4
        default: 5
        }
    }

    /// The least count of each level, for the legend.
    static let legend: [(level: Int, label: HTML)] = [
        (0, "no record"), (1, "1–2"), (2, "3–9"), (3, "10–29"), (4, "30–99"), (5, "100 or more"),
    ]

    private func head(_ column: Int) -> HTML {
        let x = Self.labelWidth + column * columnWidth + columnWidth / 2
        let label = Self.shortened(grid.columns[column].label, to: Self.longestHead)
        return """
            <text class="head" transform="translate(\(x) \(headHeight - 8)) rotate(-40)">\(label)</text>

            """
    }

    private func row(_ index: Int) -> HTML {
        let row = grid.rows[index]
        let y = headHeight + index * Self.rowHeight
        let label = Self.shortened(row.value.label, to: 30 - 2 * row.depth)
        let text: HTML = "<text x=\"\(4 + row.depth * 14)\" y=\"\(y + 19)\">\(label)</text>"
        let name: HTML =
            row.parts.map { "<a href=\"\($0)\" tabindex=\"-1\" class=\"label\">\(text)</a>" } ?? text
        return name + "\n" + HTML(grid.columns.indices.map { cell(index, $0, y) })
    }

    private func cell(_ row: Int, _ column: Int, _ y: Int) -> HTML {
        let count = grid.rows[row].counts[column]
        let x = Self.labelWidth + column * columnWidth
        let place: HTML =
            "x=\"\(x + 1)\" y=\"\(y + 1)\" width=\"\(columnWidth - 2)\" height=\"\(Self.rowHeight - 2)\""
        let number: HTML =
            count == 0
            ? ""
            : """
            <text x="\(x + columnWidth / 2)" y="\(y + 19)" class="t\(Self.level(of: count))">\(Self.brief(count))</text>
            """
        return """
            <a href="\(grid.address(row: row, column: column))" tabindex="-1"><rect \(place) rx="3" \
            class="c\(Self.level(of: count))"/>\(number)</a>

            """
    }

    /// `12`, `1.2k`, `34k`.
    static func brief(_ count: Int) -> String {
        switch count {
        case ..<1000: String(count)
        case ..<10_000: "\(count / 1000).\(count % 1000 / 100)k"
        default: "\(count / 1000)k"
        }
    }

    private static func shortened(_ text: String, to length: Int) -> String {
        text.count <= length ? text : text.prefix(max(1, length - 1)) + "…"
    }
}
