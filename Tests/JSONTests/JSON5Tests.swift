import JSON
import Testing

/// JSON5 as people write it into settings files.
struct JSON5Tests {
    private enum Key: String, CaseIterable { case name, names, weight, count, isOn }

    private func object(_ text: String) throws -> ConfigurationObject<Key> {
        try ConfigurationObject(JSON5Reader.value(text), of: "the settings")
    }

    @Test func `everything that JSON5 adds is read`() throws {
        let settings = try object(
            """
            \u{FEFF}/* of several
            lines */ { // a note
              name: 'it\\'s \\x41\\u00e9\\
             here', "names": ['a', "b",], weight: +.5e1, count: 0x10, isOn: true,
            }
            """)
        #expect(try settings.text(.name) == "it's Aé here")
        #expect(try settings.texts(.names) == ["a", "b"])
        #expect(try settings.number(.weight, in: 0...10) == 5)
        #expect(try settings.whole(.count, in: 0...16) == 16)
        #expect(try settings.flag(.isOn) == true)
    }

    @Test func `null and nothing are the same`() throws {
        let settings = try object("{ name: null }")
        #expect(try settings.text(.name) == nil && settings.texts(.names) == [] && settings.flag(.isOn) == nil)
        #expect(try settings.number(.weight, in: 0...1) == nil && settings.whole(.count, in: 0...1) == nil)
    }

    @Test(
        arguments: [
            ("{\n  nmae: 1 }", 2, 3, "there is no setting 'nmae' in the settings", ["name", "names"]),
            ("{ \"isOm\": true }", 1, 3, "there is no setting 'isOm'", ["isOn"]),
            ("{ quite: 1 }", 1, 3, "there is no setting 'quite'", []),
            ("[1]", 1, 1, "must be an object, not a list", []),
            ("{ name: 'a' name: 'b' }", 1, 13, "a comma or } is missing", []),
            ("{ name: 'a\nb' }", 1, 9, "no closing quote", []), ("{ name: '\\x4' }", 1, 11, "hexadecimal digits", []),
            ("{ weight: 1.2.3 }", 1, 11, "'1.2.3' is no value", []),
            ("{ weight: NaN }", 1, 11, "'NaN' is no value", []),
        ] as [(String, Int, Int, String, [String])])
    func `what is wrong is told with line, column and what may have been meant`(
        text: String, line: Int, column: Int, says: String, suggestions: [String]
    ) throws {
        let error = try #require(throws: ConfigurationError.self) { try object(text) }
        #expect(error.line == line && error.column == column && error.detail.contains(says), "\(error)")
        #expect(error.suggestions == suggestions)
    }

    @Test(
        arguments: [
            ("{ name: 3 }", "'name' takes a text"), ("{ name: '' }", "'name' takes a text"),
            ("{ names: 'a' }", "'names' takes a list of texts"), ("{ names: [1] }", "'names' takes a list of texts"),
            ("{ weight: 2 }", "'weight' takes a number from 0 to 1"), ("{ weight: true }", "'weight' takes a number"),
            ("{ count: 0.5 }", "'count' takes a whole number from 0 to 9"),
            ("{ isOn: 1 }", "'isOn' takes true or false"),
        ])
    func `a value of another kind or out of bounds is an error where it stands`(text: String, says: String) throws {
        let settings = try object(text)
        let error = try #require(throws: ConfigurationError.self) {
            _ = try settings.text(.name)
            _ = try settings.texts(.names)
            _ = try settings.number(.weight, in: 0...1)
            _ = try settings.whole(.count, in: 0...9)
            _ = try settings.flag(.isOn)
        }
        #expect(error.detail.hasPrefix(says) && error.column > 3, "\(error)")
    }
}
