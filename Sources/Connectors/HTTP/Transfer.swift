internal import CCurl
internal import CShims

/// A complete answer of a server.
struct Answer: Sendable {
    var status: Int
    /// Names in lower case; of repeated ones the last.
    var headers: [String: String]
    /// Inflated.
    var body: [UInt8]
}

/// How one try of one request ended.
enum TransferOutcome: Sendable {
    case answered(Answer)
    /// No byte for too long, or the whole answer took too long.
    case timedOut
    /// The connection could not be made or broke; the answer may be cut short.
    case broken(String)
    /// The body grew past the limit and was abandoned there.
    case tooLarge
}

/// One connection to servers, kept open between requests.  Wraps a libcurl easy handle; one thread's only.
///
/// Redirects are not followed here: whether one may be is ``WebClient``'s decision.
final class Transfer {
    private let handle: OpaquePointer?
    private let limits: HarvestLimits

    /// - Parameter limits: time-outs, size and name for all requests.
    init(limits: HarvestLimits) {
        self.limits = limits
        unsafe handle = unsafe OpaquePointer(curl_easy_init())
    }

    deinit {
        if let handle = unsafe handle { unsafe curl_easy_cleanup(UnsafeMutableRawPointer(handle)) }
    }

    /// What the C callbacks write to.
    private final class Sink {
        var body: [UInt8] = []
        var headers: [String: String] = [:]
        var headerBytes = 0
        var isFull = false
        let limit: Int
        init(limit: Int) { self.limit = limit }
    }

    /// One try of one request: GET, or POST of a JSON text where there is one.
    func send(_ address: WebAddress, headers: [String] = [], posting body: String? = nil) -> TransferOutcome {
        guard let handle = unsafe handle.map({ unsafe UnsafeMutableRawPointer($0) }) else {
            return .broken("libcurl did not start")
        }
        let sink = Sink(limit: limits.maximumAnswerBytes)
        var list: UnsafeMutablePointer<curl_slist>?
        let content = body == nil ? [] : ["Content-Type: application/json"]
        for header in ["Accept: application/json"] + content + headers {
            unsafe list = unsafe curl_slist_append(list, header)
        }
        defer { unsafe curl_slist_free_all(list) }
        unsafe curl_easy_reset(handle)
        unsafe discover_curl_set_text(handle, CURLOPT_URL, address.text)
        unsafe discover_curl_set_text(handle, CURLOPT_USERAGENT, limits.userAgent)
        unsafe discover_curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        unsafe discover_curl_set_text(handle, CURLOPT_ACCEPT_ENCODING, "")
        unsafe discover_curl_set_list(handle, CURLOPT_HTTPHEADER, list)
        if let body { unsafe discover_curl_set_text(handle, CURLOPT_COPYPOSTFIELDS, body) }
        unsafe discover_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
        unsafe discover_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        unsafe discover_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, Int(limits.connectSeconds * 1_000))
        unsafe discover_curl_set_long(handle, CURLOPT_TIMEOUT_MS, Int(limits.answerSeconds * 1_000))
        unsafe discover_curl_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, 1)
        unsafe discover_curl_set_long(handle, CURLOPT_LOW_SPEED_TIME, max(1, Int(limits.stallSeconds)))
        let context = unsafe Unmanaged.passUnretained(sink).toOpaque()
        unsafe discover_curl_set_sinks(handle, Self.takeBody, Self.takeHeader, context)
        let code = withExtendedLifetime(sink) { unsafe curl_easy_perform(handle) }
        if sink.isFull { return .tooLarge }
        switch code {
        case CURLE_OK:
            var status = 0
            unsafe discover_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
            return .answered(Answer(status: status, headers: sink.headers, body: sink.body))
        case CURLE_OPERATION_TIMEDOUT: return .timedOut
        default: return .broken(unsafe String(cString: curl_easy_strerror(code)))
        }
    }

    private static let takeBody: discover_curl_sink = { bytes, size, count, context in
        guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
        let sink = unsafe Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
        let length = size * count
        guard sink.body.count + length <= sink.limit else {
            sink.isFull = true
            return 0
        }
        unsafe sink.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: length))
        return length
    }

    private static let takeHeader: discover_curl_sink = { bytes, size, count, context in
        guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
        let sink = unsafe Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
        let length = size * count
        sink.headerBytes += length
        guard sink.headerBytes <= 1 << 18 else { return 0 }
        let line = unsafe String(decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
        if let colon = line.firstIndex(of: ":") {
            let value = PlainText.trimmed(String(line[line.index(after: colon)...]))
            sink.headers[line[..<colon].lowercased()] = value
        }
        return length
    }
}
