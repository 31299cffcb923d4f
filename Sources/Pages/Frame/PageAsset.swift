import Text

/// A file of the folder Assets, which the build writes into the program.  Its name holds a hash of its content, so that
/// it may be kept for ever.
package struct PageAsset: Sendable, Hashable {
    /// Path it is served at.
    package let path: String
    package let contentType: String
    package let content: String

    private init(_ name: StaticString, _ ending: StaticString, _ contentType: StaticString, _ bytes: [UInt8]) {
        let content = String(decoding: bytes, as: UTF8.self)
        path = "/assets/\(name).\(String(WordHash.of(content), radix: 16)).\(ending)"
        self.contentType = contentType.description
        self.content = content
    }

    /// The style sheet of all pages.
    package static let styleSheet = PageAsset("page", "css", "text/css; charset=utf-8", PackageResources.page_css)
    /// What makes pages better where JavaScript runs.
    package static let script = PageAsset("page", "js", "text/javascript; charset=utf-8", PackageResources.page_js)
    /// The sign of the site.
    package static let icon = PageAsset("icon", "svg", "image/svg+xml", PackageResources.icon_svg)
    /// The element that other sites embed; they link to it as `/widget.js`, a name that stays.
    package static let widget = PageAsset("widget", "js", "text/javascript; charset=utf-8", PackageResources.widget_js)

    /// All of them.
    package static let all = [styleSheet, script, icon, widget]

    /// Changes whenever an asset does, and with it what pages link to.
    package static let fingerprint = String(WordHash.of(all.map(\.path).joined()), radix: 16)

    /// The asset at a path; nil when there is none.
    package static func at(_ path: String) -> PageAsset? { all.first { $0.path == path } }
}
