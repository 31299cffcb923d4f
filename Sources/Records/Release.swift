/// Which program this is.
package enum Release {
    /// As `--version` prints it and `User-Agent` sends it to portals (semver.org).
    package static let version = "0.2.0"
}
