extension Record {
    /// The record as it is on a day: an embargo whose last day has passed is over, and the data are open, although the
    /// source was not asked since.  A restriction without a date stays what it is.
    ///
    /// - Parameter day: a day number, see ``CalendarDay``.
    package func asOf(day: Int) -> Record {
        guard access == .embargoed, let last = embargoedUntil, day > last else { return self }
        var record = self
        record.access = .open
        record.accessNote = nil
        return record
    }
}
