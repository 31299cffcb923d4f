/// Where a source is read from.
package enum Location: Sendable, Hashable, CustomStringConvertible {
    /// The base address of a portal; the documented paths are appended to it.
    case web(WebAddress)
    case file(String)
    case folder(String)

    /// What a person typed: an `http` or `https` address, or the path of something that exists.
    package init(_ text: String) throws(ConnectorError) {
        if text.contains("://") {
            guard let address = WebAddress(text) else {
                throw ConnectorError(
                    .unusableLocation, "'\(text)' is no http or https address; give one, or a file or folder")
            }
            self = .web(address)
            return
        }
        switch FileKind(at: text) {
        case .file: self = .file(text)
        case .folder: self = .folder(text)
        case nil:
            throw ConnectorError(
                .unusableLocation, "there is no file or folder '\(text)'; an address begins with https://")
        }
    }

    package var description: String {
        switch self {
        case .web(let address): address.text
        case .file(let path), .folder(let path): path
        }
    }
}
