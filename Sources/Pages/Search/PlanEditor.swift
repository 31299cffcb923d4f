package import Planner
import Records
package import Search
import Vocabulary

/// Turns an edit of the plan into the address of the edited search.
///
/// A condition that the words of the question made is edited in the question, which is written back as operators; one
/// that was chosen beside the words is edited in its parameter.  So the address always holds all there is.
package struct PlanEditor: Sendable {
    let state: SearchState
    let planner: Planner
    /// The plan of the question alone.
    let question: Plan
    /// For each filter of the whole plan, the chosen value that made it; nil for those of the question.
    let choiceOfFilter: [Int?]

    /// - Parameter request: the request of `state`.
    package init(state: SearchState, request: SearchRequest, planner: Planner) {
        self.state = state
        self.planner = planner
        question = request.questionPlan
        let chosenFrom = request.chosenFrom ?? .max
        var next = 0
        choiceOfFilter = request.plan.filters.map { filter in
            guard filter.words.start >= chosenFrom else { return nil }
            defer { next += 1 }
            return next < state.choices.count ? next : nil
        }
    }

    // MARK: Filters

    /// Without a filter.
    func removing(_ index: Int) -> Address {
        change(index, question: { $0.filters.remove(at: $1) }, choice: { $0.choices.remove(at: $1) })
    }

    /// Without one of several values of a filter.
    func removing(value: Int, of index: Int) -> Address {
        change(
            index, question: { $0.filters[$1].anyOf.remove(at: value) }, choice: { $0.choices.remove(at: $1) })
    }

    /// With a filter turned round.  What is excluded need not be excluded of one act only, so the binding goes.
    func negating(_ index: Int) -> Address {
        change(
            index,
            question: { plan, position in
                plan.filters[position].negated.toggle()
                plan.filters[position].scope = nil
            },
            choice: { state, position in
                let choice = state.choices[position]
                state.choices[position] = FacetChoice(
                    facet: choice.facet, value: choice.value, isNegated: !choice.isNegated)
            })
    }

    /// With another term in a filter: narrower, broader, or another reading of its words.
    func replacing(_ index: Int, with id: String) -> Address {
        guard let number = planner.vocabulary.number(of: id) else { return state.address }
        let value = planner.vocabulary.value(of: number)
        let facet = planner.vocabulary.facet(of: number)
        return change(
            index,
            question: { plan, position in
                plan.filters[position].anyOf = [value]
                plan.filters[position].facet = facet
            },
            choice: { state, position in
                state.choices[position] = FacetChoice(
                    facet: facet, value: id, isNegated: state.choices[position].isNegated)
            })
    }

    // MARK: Other edits

    /// Without a range.  Ranges are never chosen, so their order is that of the question.
    func removing(range index: Int) -> Address { writing { $0.ranges.remove(at: index) } }

    /// With other bounds of a range.
    func replacing(range index: Int, with range: Plan.Range) -> Address { writing { $0.ranges[index] = range } }

    /// Without all alternatives of one number, which the words of the question made: what is chosen beside them has
    /// none.
    func removing(alternation number: Int) -> Address {
        writing { $0.filters.removeAll { $0.either == number && $0.weight == .required } }
    }

    /// With a filter that decides what matches where it only raised the rank, or the other way round; nil for what was
    /// chosen beside the words, which always decides.
    func weighing(_ index: Int) -> Address? {
        guard choiceOfFilter[index] == nil else { return nil }
        let position = choiceOfFilter[..<index].count { $0 == nil }
        return writing { plan in
            plan.filters[position].weight = plan.filters[position].weight == .preferred ? .required : .preferred
        }
    }

    /// The same for a range.
    func weighing(range index: Int) -> Address {
        writing { $0.ranges[index].weight = $0.ranges[index].weight == .preferred ? .required : .preferred }
    }

    /// Without the names of records, of the one that others shall be like, without asking for different parts.
    var removingRecords: Address { writing { $0.records = [] } }
    var removingLike: Address { writing { $0.like = nil } }
    var removingApart: Address { writing { $0.apart = [] } }

    /// Without the words that rank.
    var removingText: Address { writing { $0.text = "" } }

    /// For records of any kind.
    var removingTarget: Address {
        guard state.type == nil else { return state.address { $0.type = nil } }
        return writing { $0.target = nil }
    }

    // MARK: How

    private func change(
        _ index: Int, question edit: (inout Plan, Int) -> Void, choice: (inout SearchState, Int) -> Void
    ) -> Address {
        if let position = choiceOfFilter[index] { return state.address { choice(&$0, position) } }
        let position = choiceOfFilter[..<index].count { $0 == nil }
        return writing { edit(&$0, position) }
    }

    private func writing(_ edit: (inout Plan) -> Void) -> Address {
        var plan = question
        // A kind asked for by parameter stays there.
        if state.type != nil { plan.target = nil }
        edit(&plan)
        let query = planner.operatorQuery(for: plan)
        return state.address { $0.query = query }
    }
}
