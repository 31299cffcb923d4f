/// Which program this is.
package enum Release {
    /// As `--version` prints it and portals are told it (semver.org).
    package static let version = "0.2.0"
}
