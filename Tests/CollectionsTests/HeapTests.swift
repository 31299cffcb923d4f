import Collections
import Testing

struct HeapTests {
    /// Numbers that look random and are the same each time, many of them twice.
    private func numbers(_ count: Int) -> [Int] { (0..<count).map { $0 * 7919 % 257 % max(1, count / 2 + 1) } }

    @Test(arguments: [0, 1, 2, 3, 10, 100, 1000])
    func `elements come out in order, however they came in`(count: Int) {
        let numbers = numbers(count)
        var inserted = Heap<Int>()
        for number in numbers { inserted.insert(number) }
        for var heap in [inserted, Heap(numbers)] {
            #expect(heap.count == count)
            #expect(heap.first == numbers.min())
            var taken: [Int] = []
            while let next = heap.popFirst() { taken.append(next) }
            #expect(taken == numbers.sorted())
            #expect(heap.isEmpty)
        }
    }

    @Test(arguments: [1, 2, 7, 100])
    func `the best of many are what is left when the worst is replaced`(limit: Int) {
        let numbers = numbers(500)
        var heap = Heap<Int>()
        for number in numbers {
            if heap.count < limit {
                heap.insert(number)
            } else if let worst = heap.first, number > worst {
                heap.replaceFirst(with: number)
            }
        }
        #expect(heap.elements.sorted() == numbers.sorted().suffix(limit))
    }
}
