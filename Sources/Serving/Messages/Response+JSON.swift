import JSON

extension Response {
    /// A value as a JSON document with sorted keys, `generation` among them.
    package init(_ value: some Encodable, of snapshot: Snapshot) {
        guard case .object(var members) = try? JSONValue(encoding: value) else {
            self.init(Problem(.internalError, "the answer cannot be written"))
            return
        }
        members["generation"] = .string(snapshot.generation)
        self.init(mediaType: "application/json", body: JSONValue.object(members).json)
    }
}
