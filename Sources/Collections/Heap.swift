/// A binary heap: elements of which the least is always at hand (Williams 1964, doi:10.1145/512274.512284).
///
/// Adding and removing take time that grows with the logarithm of the count, building from all elements at once time
/// that grows with the count.  Whoever wants the best of many keeps the worst of the kept ones at hand:
/// ``replaceFirst(with:)``.
///
/// Public and inlinable because generics are not specialised across modules by themselves, and with `package` access
/// not even when they are inlinable (Swift 6.3): keeping the best of two million scores then took 25 times as long.
@frozen
public struct Heap<Element: Comparable> {
    @usableFromInline
    var stored: [Element]

    /// The elements, the least first, the others in no order that means anything.
    @inlinable
    public var elements: [Element] { stored }

    /// No elements.
    @inlinable
    public init() { stored = [] }

    /// A heap of all elements of an array.
    @inlinable
    public init(_ elements: [Element]) {
        stored = elements
        for position in stride(from: stored.count / 2 - 1, through: 0, by: -1) { sink(elements[position], position) }
    }

    /// How many there are.
    @inlinable
    public var count: Int { stored.count }

    /// Whether there is none.
    @inlinable
    public var isEmpty: Bool { stored.isEmpty }

    /// The least element; nil when there is none.
    @inlinable
    public var first: Element? { stored.first }

    /// Takes the memory for so many elements at once.
    @inlinable
    public mutating func reserveCapacity(_ capacity: Int) { stored.reserveCapacity(capacity) }

    /// Adds an element.
    @inlinable
    public mutating func insert(_ element: Element) {
        stored.append(element)
        var hole = stored.count - 1
        while hole > 0 {
            let parent = (hole - 1) / 2
            guard element < stored[parent] else { break }
            stored[hole] = stored[parent]
            hole = parent
        }
        stored[hole] = element
    }

    /// Takes the least element out; nil when there is none.
    @inlinable
    public mutating func popFirst() -> Element? {
        guard let last = stored.popLast() else { return nil }
        guard let first = stored.first else { return last }
        sink(last, 0)
        return first
    }

    /// Puts an element in the place of the least one, of which there must be one.
    @inlinable
    public mutating func replaceFirst(with element: Element) {
        precondition(!stored.isEmpty, "only what is there can be replaced")
        sink(element, 0)
    }

    /// Puts an element where the one at a place was, or below, so that the order holds.
    @inlinable
    mutating func sink(_ element: Element, _ start: Int) {
        stored.withUnsafeMutableBufferPointer { elements in
            var hole = start
            while true {
                var child = 2 * hole + 1
                guard child < elements.count else { break }
                if child + 1 < elements.count, elements[child + 1] < elements[child] { child += 1 }
                guard elements[child] < element else { break }
                elements[hole] = elements[child]
                hole = child
            }
            elements[hole] = element
        }
    }
}

extension Heap: Sendable where Element: Sendable {}
