import JSON

extension JSONValue {
    /// Keys whose values are about people, not data; never kept, whatever they contain.
    private static let personal: Set<String> = [
        "users", "email", "contactPoint", "contact_person", "responsible_user", "contactInformation",
    ]

    /// The value without e-mail addresses, in texts and in keys, and without the fields that hold people.
    var withoutAddresses: JSONValue {
        switch self {
        case .string(let text): .string(EmailAddresses.removed(from: text))
        case .array(let items): .array(items.map(\.withoutAddresses))
        case .object(let members):
            .object(
                members.reduce(into: [:]) { kept, member in
                    if Self.personal.contains(member.key) || EmailAddresses.occur(in: member.key) { return }
                    kept[member.key] = member.value.withoutAddresses
                })
        default: self
        }
    }
}
