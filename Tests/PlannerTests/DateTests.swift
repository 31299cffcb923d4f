import Records
import Testing

@Test(arguments: [
    ("recordings in spring 2023", "date 2023-03-01..2023-05-31"), ("autumn of 2020", "date 2020-09-01..2020-11-30"),
    ("recorded in winter 2020/21", "date 2020-12-01..2021-02-28"), ("winter 2019", "date 2019-12-01..2020-02-29"),
    ("first half of 2021", "date 2021-01-01..2021-06-30"), ("H2 2022", "date 2022-07-01..2022-12-31"),
    ("Q2 2021", "date 2021-04-01..2021-06-30"), ("2021 Q4", "date 2021-10-01..2021-12-31"),
    ("third quarter of 2020", "date 2020-07-01..2020-09-30"), ("datasets since late 2020", "published 2020-09-01.."),
    ("recordings from mid-2020", "date 2020-05-01..2020-08-31"), ("data from the 2010s", "date 2010-01-01..2019-12-31"),
    ("recordings from the nineties", "date 1990-01-01..1999-12-31"),
    ("published between 2019 and early 2021", "published 2019-01-01..2021-04-30"),
    ("recorded in 2019 and 2020", "date 2019-01-01..2020-12-31"), ("sessions, 2018 to present", "date 2018-01-01.."),
    ("up to 2020", "date ..2020-12-31"), ("not before 2019", "date 2019-01-01.."),
    ("not after 2020", "date ..2020-12-31"),
    ("in or after 2019", "date 2019-01-01.."), ("on or before March 2021", "date ..2021-03-31"),
    ("starting in 2019", "date 2019-01-01.."), ("as of 2019", "date 2019-01-01.."),
])
func `parts of years and open stretches are ranges of days`(query: String, expected: String) throws {
    #expect(try ranges(query) == [expected])
}

@Test(arguments: [
    ("last month", "date 2024-04-01..2024-04-30"), ("last year", "date 2023-01-01..2023-12-31"),
    ("in the last year", "date 2023-05-16.."), ("recorded last winter", "date 2023-12-01..2024-02-29"),
    ("last spring", "date 2023-03-01..2023-05-31"), ("this year", "date 2024-01-01.."),
    ("this month", "date 2024-05-01.."),
    ("datasets uploaded less than 2 years ago", "published 2022-05-16.."),
    ("uploaded more than 6 months ago", "published ..2023-11-15"),
    ("recordings 3 years ago", "date 2021-01-01..2021-12-31"),
])
func `relative dates count from the day that is given`(query: String, expected: String) throws {
    let today = try #require(CalendarDay.number(year: 2024, month: 5, day: 15))
    #expect(try ranges(query, today: today) == [expected])
    #expect(try ranges(query).isEmpty)
}

@Test(arguments: [
    ("datasets published since COVID", "published 2020-03-11.."), ("sessions before the pandemic", "date ..2020-03-10"),
    ("pre-COVID datasets", "published ..2020-03-10"), ("data collected during lockdown", "date 2020-03-11..2023-05-05"),
    ("recordings after the start of the pandemic", "date 2020-03-12.."),
])
func `the pandemic is a time behind words of time`(query: String, expected: String) throws {
    #expect(try ranges(query) == [expected])
    #expect(try filters(query) == [])
}

@Test(arguments: ["patients with COVID", "COVID-19 survivors", "post-COVID fatigue"])
func `and a disease elsewhere`(query: String) throws {
    #expect(try ranges(query).isEmpty)
    #expect(try filters(query).contains("disease=COVID-19"))
}

@Test(arguments: [
    "Steinmetz et al. 2019", "the IBL 2021 paper", "fall detection", "CC-BY 4.0 data", "early visual cortex",
])
func `a year of a name and a word that is no time are no dates`(query: String) throws {
    #expect(try ranges(query).isEmpty)
}
