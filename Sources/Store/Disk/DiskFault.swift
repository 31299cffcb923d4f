internal import CShims

/// The seam through which tests let writes fail: every write of a build goes through it, SQLite's and the vector
/// writer's included.  Without a test that arms it, it is the system's calls and nothing else.
package enum DiskFault: Sendable, Hashable, CaseIterable {
    /// No space left on the device.
    case full
    /// The medium fails.
    case broken
    /// Half of a write arrives, then the disk is full.
    case short

    /// Runs the body while write number `at` of this thread, and all after it, fail; `nil` only counts.  Returns what
    /// the body did and how many writes it tried.
    package static func inject<Value>(_ fault: DiskFault?, at number: Int, _ body: () throws -> Value)
        -> (result: Result<Value, any Error>, writes: Int)
    {
        let kind: discover_fault =
            switch fault {
            case nil: DISCOVER_FAULT_NONE
            case .full: DISCOVER_FAULT_FULL
            case .broken: DISCOVER_FAULT_BROKEN
            case .short: DISCOVER_FAULT_SHORT
            }
        discover_fault_arm(fault == nil ? 0 : Int32(number), kind)
        let result = Result { try body() }
        return (result, Int(discover_fault_disarm()))
    }
}
