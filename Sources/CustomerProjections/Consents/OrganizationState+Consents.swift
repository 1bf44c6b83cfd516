public import CustomerDomain
public import EventSourcing

extension OrganizationState {
    mutating func changeConsent(_ change: ConsentChanged, _ record: RecordView, _ row: Int) {
        let line = ConsentTable.Row(
            sequence: record.sequence.value,
            at: min(record.occurredAt, record.recordedAt).microseconds,
            previous: noRow,
            kind: change.kind,
            state: change.state,
            optInLevel: change.optInLevel
        )
        consents.append(line, customer: row)
    }

    /// From this event on `survivor` answers for what `merged` said, too.
    mutating func mergeConsents(of merged: Int, into survivor: Int) {
        guard consents.last[merged] != noRow || consents.last[survivor] != noRow else { return }
        let row = ConsentTable.Row(sequence: head.value, at: noTime, previous: noRow, merged: UInt32(merged))
        consents.append(row, customer: survivor)
    }

    /// What holds of each kind of consent that the customer was asked for.
    ///
    /// Costs time in proportion to the ledger.
    public func consents(of customer: CustomerOrdinal) -> [ConsentKind: Consent] {
        let outcomes = consents.outcomes(of: customer.index)
        return ConsentKind.allCases.reduce(into: [:]) { result, kind in
            guard let row = outcomes.current(kind) else { return }
            result[kind] = Consent(
                state: row.state,
                optInLevel: row.optInLevel,
                at: Timestamp(microseconds: row.at),
                sequence: SequenceNumber(row.sequence)
            )
        }
    }

    /// How many lines the customer's ledger of consents has.
    public func consentCount(of customer: CustomerOrdinal) -> Int { consents.lines(of: customer.index).count }

    /// Where the lines of the customer's ledger are in the log, those of merged customers among them, the latest first.
    ///
    /// Costs time in proportion to the ledger.
    public func consentHistory(
        of customer: CustomerOrdinal,
        page: PageRequest
    ) throws(QueryError) -> Page<SequenceNumber> {
        let lines = consents.lines(of: customer.index)
        return try places(lines.count, page, kind: 6, isNewestFirst: true).map { SequenceNumber(lines[$0].sequence) }
    }
}
