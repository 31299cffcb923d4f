import Planner
import Records
import Testing
import Vocabulary

/// The ranges of a question in short: `age_days 56..62`, `?` before one that is only preferred.
func ranges(_ query: String, today: Int? = nil) throws -> [String] {
    func text(_ bound: Plan.Bound?) -> String {
        switch bound {
        case .day(let day): CalendarDay.iso(day)
        case .number(let value): value == value.rounded() ? String(Int(value)) : String(value)
        case nil: ""
        }
    }
    return try planner.get().plan(query, today: today).ranges.map {
        ($0.weight == .preferred ? "?" : "") + "\($0.field.rawValue) \(text($0.min))..\(text($0.max))"
    }
}

// MARK: Lengths

@Test(arguments: [
    ("sleep recordings in rats, at least 6 h", "duration_s 21600.."),
    ("recordings lasting longer than 90 min", "duration_s 5400.."),
    ("sessions no longer than 45 minutes", "duration_s ..2700"), ("30+ min recordings", "duration_s 1800.."),
    ("20 min resting state fMRI", "duration_s 1140..1260"), ("half an hour of EEG", "duration_s 1710..1890"),
    ("one and a half hour recordings", "duration_s 5130..5670"), ("hour-long recordings", "duration_s 3420..3780"),
    ("recordings of about 2 hours", "duration_s 6480..7920"), ("LFP recorded for 10 minutes", "duration_s 570..630"),
    ("LFP recorded 2 hours after ketamine for at least 30 min", "duration_s 1800.."),
    ("not longer than 3 hours, ferrets", "duration_s ..10800"),
    ("recordings which last more than an hour", "duration_s 3600.."),
    ("fMRI with a TR of 2 s and at least 10 min long", "duration_s 600.."),
    ("at least 20 minutes of running", "duration_s 1200.."),
])
func `a length of a recording is a range`(query: String, expected: String) throws {
    #expect(try ranges(query) == [expected])
}

@Test(arguments: [
    "3 s light pulses in mice", "mouse recordings 2 h after cocaine injection", "fMRI with a TR of 1.5 s",
    "129S mice", "delays longer than 4 s in mouse sessions", "trials of 6 s, rats",
    "rats water restricted for 23 hours",
    "stimulation at 20 Hz for 5 s in rats", "wheel access for 2 hours a day, mice", "4 hours of sleep deprivation",
    "2 s drifting gratings, mouse Neuropixels recordings", "30 s epochs of EEG", "24 h post-surgery recordings in mice",
    "every 10 min LFP in rats", "the first 5 minutes after injection in mice", "inter-trial interval longer than 5 s",
])
func `a time that is no length of a recording is no range`(query: String) throws {
    #expect(try ranges(query).isEmpty)
}

@Test(arguments: [
    "20 mg/kg cocaine in rats", "30 kHz recordings of cells", "920 nm imaging in mice", "a 3 m track for rats",
    "2 mm voxels, fMRI subjects", "100 pA current steps in neurons", "neurons at 32 degrees", "7T fMRI of subjects",
    "12-tone sequences, participants", "3-back subjects", "4-choice rats", "8-arm maze rats", "10-20 system electrodes",
    "6-OHDA rats", "5-HT neurons", "AAV-8 mice", "layer 2/3 cells", "Neuropixels 2.0 mice", "64-slice CT",
    "5 odors, mice", "3 sessions per week", "C57BL/6 mice", "500 ms sessions", "5 arbitrary units",
])
func `a number with another unit or of a name counts nothing`(query: String) throws {
    #expect(try ranges(query).isEmpty)
}

@Test func `the metre of a track is no name`() throws {
    #expect(try filters("a 2.5 m track") == [])
    #expect(try filters("M track") != [])
}

// MARK: Ages

@Test(arguments: [
    ("rats > 20 months", "age_days 609.75.."), ("16 month old mice", "age_days 487..517"),
    ("larvae at 6 dpf", "age_days 6..6"), ("~2.5 day old chicks", "age_days 2..3"),
    ("5-7 dpf zebrafish", "age_days 5..7"),
    ("EEG, 20-40 y", "age_days 7305..14610"),
    ("P14-P28 mice", "age_days 14..28"), ("P0-P10 rats", "age_days 0..10"), ("PN14 rats", "age_days 14..14"),
    ("rat cultures, DIV 21", "age_days 21..21"), ("3-9 postnatal days, mice", "age_days 3..9"),
    ("48 hpf zebrafish", "age_days 2..2"), ("people over 70s", "age_days 25568.5.."),
    ("people in their thirties", "age_days 10957.5..14609"), ("people in their 40s", "age_days 14610..18262"),
    ("rats (10–12 weeks)", "age_days 70..84"), ("9 week male C57BL/6 mice", "age_days 63..69"),
    ("mice at 8 weeks", "age_days 56..62"), ("children between 7 and 9", "age_days 2556.75..3287.25"),
    ("volunteers (20-30)", "age_days 7305..10957.5"), ("under-16s", "age_days ..5843"),
    ("seven-year-olds", "age_days 2556.75..2921"), ("patients aged 70+", "age_days 25567.5.."),
    ("people 70 and over", "age_days 25567.5.."), ("70 or older", "age_days 25567.5.."),
    ("above the age of 60", "age_days 21916.."), ("between the ages of 20 and 30", "age_days 7305..10957.5"),
    ("not younger than 60", "age_days 21915.."), ("before P12, mice", "age_days ..11"),
])
func `ages are read in all their forms`(query: String, expected: String) throws {
    #expect(try ranges(query) == [expected])
}

@Test(arguments: [
    ("adult mice", "?age_days 56.."), ("aged rats", "?age_days 547.."), ("zebrafish larvae", "?age_days 3..30"),
    ("adolescent rats", "?age_days 28..60"), ("juvenile macaques", "?age_days 365..1461"),
    ("elderly people", "?age_days 21915.."), ("toddlers, EEG", "?age_days 365..1095"),
    ("teenagers", "?age_days 3652..6940"), ("adults with epilepsy", "?age_days 6574.."),
    ("middle-aged volunteers", "?age_days 16436..23741"), ("rat pups", "?age_days 0..21"),
])
func `a word for an age prefers that age of its species`(query: String, expected: String) throws {
    #expect(try ranges(query) == [expected])
}

@Test(arguments: [
    "mice, no pups", "children and adults", "old datasets of mice", "young and old mice", "adult neurogenesis",
    "adult ferrets",
])
func `a word for an age that is denied, compared or of something else says nothing`(query: String) throws {
    #expect(try ranges(query).isEmpty)
}

@Test func `an age in numbers stands for the word beside it`() throws {
    #expect(try ranges("young adults (20-35 y)") == ["age_days 7305..12783.75"])
    #expect(try ranges("adult mice older than P90") == ["age_days 91.."])
}

@Test(arguments: [
    "mice 8 weeks after surgery", "rats 30 days after stroke", "5 weeks of alcohol, rats", "mice trained for 3 months",
    "3 days of water restriction in mice", "rats after 10 days of cocaine", "recordings over 3 weeks", "E18 neurons",
    "datasets older than 2 years",
])
func `days that are no age are no range`(query: String) throws {
    #expect(try ranges(query).isEmpty)
}

// MARK: Counts

@Test(arguments: [
    ("multiple sessions", "sessions 2.."), ("a couple of sessions", "sessions 2.."),
    ("several animals", "subjects 2.."),
    ("single-session EEG", "sessions 1..1"), ("subjects with only one session", "sessions 1..1"),
    ("one or two sessions", "sessions 1..2"), ("hundreds of units", "units 100.."), ("dozens of neurons", "units 12.."),
    ("tens of thousands of neurons", "units 10000.."), ("a few hundred cells", "units 200.."),
    ("about 40 subjects", "subjects 36..44"), ("~30 participants", "subjects 27..33"),
    ("the more people the better but fifteen is the minimum", "subjects 15.."),
    ("one hundred and twenty patients", "subjects 120..120"), ("twenty-five mice", "subjects 25..25"),
    ("at least 100 well isolated units", "units 100.."), ("5M neurons", "units 5000000..5000000"),
    ("a sample size of at least 50", "subjects 50.."), ("channel count of at least 128", "channels 128.."),
    ("from 5 up to 10 subjects", "subjects 5..10"),
])
func `words that count are ranges`(query: String, expected: String) throws {
    #expect(try ranges(query) == [expected])
}

@Test(arguments: [
    ("no recordings under 20 min in rats", "duration_s 1200.."),
    ("excluding sessions shorter than 1 h", "duration_s 3600.."),
    ("exclude subjects under 18", "age_days 6574.5.."), ("without participants older than 60", "age_days ..21915"),
    ("no data before 2015", "date 2015-01-01.."), ("no datasets published after 2019", "published ..2019-12-31"),
    ("no lesions, at least 10 mice", "subjects 10.."), ("not more than 20 subjects", "subjects ..20"),
])
func `a denied bound turns, and a denied comparison does not deny`(query: String, expected: String) throws {
    #expect(try ranges(query) == [expected])
}

@Test(arguments: ["recordings not from 2020", "no 30-minute sessions", "NOT >= 0 mice"])
func `a denied stretch is no range`(query: String) throws {
    #expect(try ranges(query).isEmpty)
}

@Test(arguments: ["\u{BD}h 3d", "1h", "h 1", "3 d"])
func `a length at the very start or end of a question is read`(query: String) throws {
    #expect(throws: Never.self) { try ranges(query) }
}

@Test func `a bound that begins like a denial leaves what follows wanted`() throws {
    #expect(try filters("sessions not longer than 2 hours in rats") == ["species=rat"])
    #expect(try filters("not under 5 GB, ferrets") == ["species=ferret"])
}

@Test(arguments: [
    ("recordings of 30 min to 2 hours", "duration_s 1800..7200"), ("500MB to 2GB", "size_bytes 500000000..2000000000"),
    ("mice between 6 weeks and 3 months old", "age_days 42..91.3125"),
])
func `each end of a stretch has its own unit`(query: String, expected: String) throws {
    #expect(try ranges(query) == [expected])
}

// MARK: Properties

private let nouns = [
    ("subjects", "subjects"), ("sessions", "sessions"), ("neurons", "units"), ("channels", "channels"),
    ("electrodes", "channels"), ("patients", "subjects"),
]

@Test(arguments: nouns)
func `all ways to say at least and at most mean the same`(noun: String, field: String) throws {
    for number in ["7", "seven", "12", "twelve", "40"] {
        let value = ["seven": "7", "twelve": "12"][number] ?? number
        for phrase in [
            "at least \(number) \(noun)", "\(number) or more \(noun)", "\(number) \(noun) or more",
            "no fewer than \(number) \(noun)", "not fewer than \(number) \(noun)", "≥ \(number) \(noun)",
            ">= \(number) \(noun)", "a minimum of \(number) \(noun)", "\(number)+ \(noun)", "\(number) \(noun) minimum",
            "with \(number) \(noun) at least",
        ] {
            #expect(try ranges(phrase) == ["\(field) \(value).."], "\(phrase)")
        }
        for phrase in [
            "at most \(number) \(noun)", "\(number) or fewer \(noun)", "no more than \(number) \(noun)",
            "not more than \(number) \(noun)", "≤ \(number) \(noun)", "up to \(number) \(noun)",
            "max \(number) \(noun)", "\(number) \(noun) at most", "not over \(number) \(noun)",
        ] {
            #expect(try ranges(phrase) == ["\(field) ..\(value)"], "\(phrase)")
        }
    }
}

@Test(arguments: [
    ("at least 2 h", "at least 120 min", "recordings of"), ("longer than 3 minutes", "longer than 180 s", "sessions"),
    ("older than 2 years", "older than 24 months", "rats"),
    ("at least 14 days of age", "at least 2 weeks of age", "mice"),
    ("under 5 GB", "under 5000 MB", "datasets"), ("a size of 2 TB", "a size of 2000 GB", "datasets with"),
])
func `a measure in one unit equals the same in another`(one: String, other: String, before: String) throws {
    let range = try ranges("\(before) \(one)")
    #expect(range.count == 1)
    #expect(try ranges("\(before) \(other)") == range)
}
