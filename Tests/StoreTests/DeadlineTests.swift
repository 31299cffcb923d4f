import Records
import Store
import Testing

struct DeadlineTests {
    @Test func `a statement stops when its deadline has passed, and the connection goes on`() throws {
        let index = try TemporaryIndex()
        let generation = try index.publish((0..<3000).map { (record("\($0)", title: "Sleep \($0)"), []) })
        let expression = try #require(MatchExpression(anyOf: ["sleep"]))
        let error = #expect(throws: StoreError.self) {
            try generation.match(expression, until: Deadline(instant: .now))
        }
        #expect(error?.kind == .interrupted)
        #expect(try generation.match(expression).count == 3000)
        #expect(try generation.match(expression, until: Deadline(in: .seconds(600))).count == 3000)
    }
}
