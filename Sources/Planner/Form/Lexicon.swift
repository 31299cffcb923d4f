import Records
import Text

/// The closed-class words of questions, folded like everything else.
enum Lexicon {
    /// A set of folded words from words separated by spaces.
    static func set(_ words: String) -> Set<String> { Set(words.split(separator: " ").map { fold(String($0)) }) }

    /// Phrases separated by `|`, longest first.
    static func phrases(_ text: String) -> [[String]] {
        text.split(separator: "|")
            .map { phrase in Tokenizer.tokens(of: String(phrase)).map(\.word) }
            .sorted { $0.count > $1.count }
    }

    static func fold(_ word: String) -> String { Tokenizer.folded(word) }

    static let prepositions = set(
        """
        in from with of for by on at into onto to under during while over within across through using via as than \
        between among per that which who where whose when having containing covering about against towards toward \
        after before since until without targeting inside
        """)

    static let articles = set("a an the any some all every each this that these those my our their its his her")

    static let conjunctions = set("and or nor as well plus vs versus")

    /// Words that carry no topic; left out of the text that ranks.
    static let stopWords = Set(StopWords.topicless.map(fold))

    /// Nouns that say which kind of record is asked for.
    static let targetNouns: [String: RecordType] = {
        var nouns: [String: RecordType] = [:]
        for word in ["recordings", "recording", "sessions", "session"] { nouns[fold(word)] = .session }
        for word in ["datasets", "dandisets", "studies", "study", "projects", "dataset", "dandiset"] {
            nouns[fold(word)] = .dataset
        }
        for word in [
            "subjects", "animals", "participants", "patients", "volunteers", "individuals", "donors",
        ] { nouns[fold(word)] = .subject }
        for word in ["cohorts", "cohort"] { nouns[fold(word)] = .cohort }
        for word in ["collections"] { nouns[fold(word)] = .collection }
        return nouns
    }()

    /// Nouns behind which a target noun is only a modifier: "session type", "recording sites".
    static let nounsAfterModifier = set(
        """
        type types site sites electrode electrodes technique techniques system systems chamber location locations \
        device devices method methods length duration number numbers identifier identifiers description paper setup \
        equipment software rig hardware date days time times id ids name names file files format formats level
        """)

    /// Words that begin a request and say nothing about the data.
    static let requestWords = set(
        """
        find show give get list search look looking for want need please me us i am we are is there any all the a an \
        do does you have which what how many much can could would like to see tell return identify determine \
        interested in where of my our some every each number count let s d m ve re example sorts sort kinds kind \
        types type best good existing available public download use
        """)

    static let negations = phrases(
        """
        not|no|without|excluding|exclude|excludes|except|except for|but not|other than|rather than|instead of|minus|\
        never|neither|nor|non|apart from|aside from|lacking|outside|outside of|isn t|aren t|wasn t|weren t|don t|\
        doesn t|didn t|free of|anything but|everything but|all but|save for|with the exception of|ignoring|omit|omitting|leave out|leaving out|no longer|not from|not in|not with|not the
        """)

    /// "not only mice" negates nothing.
    static let notNegations = phrases(
        """
        not only|not just|not necessarily|no matter|not sure|not limited to|non human|no less than|no fewer than|\
        no more than|not more than|not less than|do not know|don t know|not merely|do not mind|why not|don t mind
        """)
}
