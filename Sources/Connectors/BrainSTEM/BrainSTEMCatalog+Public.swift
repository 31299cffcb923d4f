import JSON

extension BrainSTEMCatalog {
    /// Takes out what the public rule hides (BrainSTEM documentation, "Public data"): a public project shows its
    /// subjects, sessions, procedures, modules, epochs, collections, cohorts and breedings; setups, assays, inventories
    /// and storages have their own `is_public`, equipment follows its setup and a stock its inventory.
    ///
    /// For a portal this repeats what the portal does itself, as a safeguard.  It differs from a folder in one point: a
    /// setup, assay or inventory that a public list shows without the flag counts as public.
    mutating func hidePrivate(trustingPortal: Bool, run: Harvest) {
        func isPublic(_ row: BrainSTEMRow) -> Bool {
            guard case .object(let members) = row.body, let flag = members["is_public"] else { return trustingPortal }
            if flag.bool == nil { run.reject(field: "is_public", of: "\(row.model) \(row.id)", "is \(flag.kind)") }
            return flag.bool == true
        }
        // What a portal lists and the rule hides is odd and worth a line; in a folder it is the rule at work.
        func hide(_ model: String, unless passes: (BrainSTEMRow) -> Bool) {
            for row in keep(model, where: passes) where trustingPortal {
                run.reject("\(model) \(row.id)", "not shown to be public")
            }
        }
        hide("project", unless: isPublic)
        for model in ["subject", "session"] {
            let shown = Set(all("project").map(\.id))
            hide(model) { row in row.ids("projects").contains(where: shown.contains) }
        }
        for model in ["collection", "cohort", "breeding"] {
            let shown = Set(all("project").map(\.id))
            hide(model) { row in row.ids("project").contains(where: shown.contains) }
        }
        for model in ["behavioralassay", "datastorage", "inventory", "setup"] { hide(model, unless: isPublic) }
        let subjects = Set(all("subject").map(\.id))
        hide("procedure") { row in row.id("subject").map(subjects.contains) ?? false }
        hide("subjectlog") { row in row.id("subject").map(subjects.contains) ?? false }
        let procedures = Set(all("procedure").map(\.id))
        hide("procedurelog") { row in row.id("procedure").map(procedures.contains) ?? false }
        let sessions = Set(all("session").map(\.id))
        for model in ["behavior", "dataacquisition", "manipulation", "epoch"] {
            hide(model) { row in row.id("session").map(sessions.contains) ?? false }
        }
        let setups = Set(all("setup").map(\.id))
        let inventories = Set(all("inventory").map(\.id))
        if !trustingPortal {
            hide("equipment") { row in row.id("setup").map(setups.contains) ?? false }
            hide("consumablestock") { row in row.id("inventory").map(inventories.contains) ?? false }
            let cited = Set(all("project").flatMap { $0.ids("publications") })
            hide("publication") { cited.contains($0.id) }
        }
    }
}
