import Records
import Testing

@Test(arguments: [
    ("1970-01-01", 0), ("2000-02-29", 11_016), ("2021-03-02T16:52:00Z", 18_688), ("1969-12-31", -1),
    ("2021-03", 18_687),
    ("2021", 18_628),
])
func `an ISO date has its day number`(text: String, number: Int) {
    #expect(CalendarDay.number(iso: text) == number)
}

@Test func `every day of four centuries survives the round trip`() {
    for number in stride(from: -50_000, through: 100_000, by: 7) {
        #expect(CalendarDay.number(iso: CalendarDay.iso(number)) == number)
    }
}

@Test(arguments: ["", "2021-13", "2021-02-29", "20210302", "2021-3-x", "21-03-02", "2021-00-01", "9999-99-99", "２０２１"])
func `what is no date is refused`(text: String) {
    #expect(CalendarDay.number(iso: text) == nil)
}

@Test func `a year and a month name all their days`() {
    #expect(CalendarDay.span(iso: "2020").map { $0.count } == 366)
    #expect(CalendarDay.span(iso: "2021-02").map { $0.count } == 28)
}
