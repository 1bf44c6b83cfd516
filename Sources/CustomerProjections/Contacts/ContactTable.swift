import CustomerDomain
import EventSourcing

/// What is known of the ways to customers, for those of whom anything is.
struct ContactTable: Sendable {
    /// By customer.
    var rows: [UInt32: Contacts] = [:]

    subscript(row: Int) -> Contacts {
        get { rows[UInt32(row)] ?? Contacts() }
        set { rows[UInt32(row)] = newValue == Contacts() ? nil : newValue }
    }

    /// Takes in what happened to a customer.
    mutating func apply(_ event: Event, at time: Timestamp, _ row: Int) {
        var contacts = self[row]
        contacts.apply(event, at: time)
        self[row] = contacts
    }

    /// The customers to whom nothing is to be sent by this way.
    func suppressed(_ channel: ContactChannel, rowCount: Int) -> Bitmap {
        var bitmap = Bitmap(rowCount: rowCount)
        for (row, contacts) in rows where contacts[channel].suppression != nil { bitmap[Int(row)] = true }
        return bitmap
    }

    func archive(into writer: inout ArchiveWriter) throws {
        try writer.add(UInt64(rows.count))
        for (row, contacts) in rows.sorted(by: { $0.key < $1.key }) {
            try writer.add(row)
            for channel in ContactChannel.allCases {
                let way = contacts[channel]
                try writer.add(way.verifiedAt?.microseconds ?? noTime)
                try writer.add(way.suppression?.reason.rawValue ?? 0)
                try writer.add(way.suppression?.since.microseconds ?? noTime)
            }
            for purpose in CodePurpose.allCases {
                let code = contacts.codes[purpose]
                try writer.add(code?.requestedAt.microseconds ?? noTime)
                guard let code else { continue }
                try writer.add(column: ContiguousArray(code.digest))
                try writer.add(code.expiresAt?.microseconds ?? noTime)
                try writer.add(UInt32(clamping: code.failureCount))
            }
        }
    }

    mutating func load(from reader: inout ArchiveReader, customerCount: Int) throws {
        for _ in 0..<(try reader.count(of: 62)) {
            let row: UInt32 = try reader.number()
            try reader.check(row < customerCount && rows[row] == nil, "somebody's contacts are not there, or twice")
            var contacts = Contacts()
            for channel in ContactChannel.allCases {
                contacts[channel].verifiedAt = time(try reader.number())
                let reason = SuppressionReason(rawValue: try reader.number())
                let since: Int64 = try reader.number()
                contacts[channel].suppression = reason.map {
                    Contacts.Suppression(reason: $0, since: Timestamp(microseconds: since))
                }
            }
            for purpose in CodePurpose.allCases {
                guard let requestedAt = time(try reader.number()) else { continue }
                let digest: ContiguousArray<UInt8> = try reader.column()
                let expiresAt = time(try reader.number())
                let failureCount: UInt32 = try reader.number()
                contacts.codes[purpose] = Contacts.Code(
                    digest: Array(digest),
                    expiresAt: expiresAt,
                    requestedAt: requestedAt,
                    failureCount: Int(failureCount)
                )
            }
            rows[row] = contacts
        }
    }

    private func time(_ microseconds: Int64) -> Timestamp? {
        microseconds == noTime ? nil : Timestamp(microseconds: microseconds)
    }
}
