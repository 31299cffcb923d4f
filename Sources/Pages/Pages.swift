/// Pages: answers as HTML for people.
///
/// Pure: values in, HTML out.  What a page shows is computed by the modules below; what it links to is an address that
/// holds the whole state, so that every page can be kept, shared and reached without JavaScript.  Text of records and
/// of people enters through ``HTML``, which escapes it, and through ``Address``, which never is anything but a path of
/// ours or a web address.

/// What every page needs to know of the service.
package struct PageContext: Sendable {
    /// Scheme, host and port, without a slash at the end, `https://discover.example.org`; for what is copied and
    /// pasted.
    package var origin: String
    /// The generation that answered.
    package var generation: String
    package init(origin: String, generation: String) {
        self.origin = origin
        self.generation = generation
    }
}

/// Header fields that every page is sent with.
package enum PageSecurity {
    /// Nothing runs and nothing loads but our own files (Content Security Policy Level 3).
    package static let contentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    /// All of them, by name.
    package static let fields: [(name: String, value: String)] = [
        ("Content-Security-Policy", contentSecurityPolicy), ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ]
}
