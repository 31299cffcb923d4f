internal import Synchronization

/// Where a build does what need not wait: at once, or on a thread that whoever builds provides.
package struct Background: Sendable {
    private let start: @Sendable (_ work: @escaping @Sendable () -> Void) -> @Sendable () -> Void

    /// - Parameter start: begins the work and returns what waits until it is done.
    package init(start: @escaping @Sendable (_ work: @escaping @Sendable () -> Void) -> @Sendable () -> Void) {
        self.start = start
    }

    /// On the thread that asks, before it goes on.
    package static let atOnce = Background { work in
        work()
        return {}
    }

    func begin<Value: Sendable>(_ work: @escaping @Sendable () throws(StoreError) -> Value) -> Begun<Value> {
        let result = Begun<Value>.Place()
        let wait = start {
            let made: Result<Value, StoreError>
            do throws(StoreError) { made = .success(try work()) } catch { made = .failure(error) }
            result.value.withLock { $0 = made }
        }
        return Begun(result: result, wait: wait)
    }

    /// Work that was begun.
    struct Begun<Value: Sendable>: Sendable {
        fileprivate final class Place: Sendable {
            let value = Mutex<Result<Value, StoreError>?>(nil)
        }
        fileprivate let result: Place
        fileprivate let wait: @Sendable () -> Void

        /// What came of it, once it is done.
        func finish() -> Result<Value, StoreError> {
            wait()
            guard let made = result.value.withLock({ $0 }) else {
                preconditionFailure("work that was waited for is done")
            }
            return made
        }
    }
}
