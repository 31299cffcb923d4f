/// The methods the service knows (RFC 9110).  HEAD is answered wherever GET is, OPTIONS everywhere.
package enum Method: String, Sendable, Hashable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case delete = "DELETE"
    case options = "OPTIONS"
}
