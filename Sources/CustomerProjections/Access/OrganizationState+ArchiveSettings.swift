import CustomerDomain
import EventSourcing

extension OrganizationState {
    func archiveOrganization(into writer: inout ArchiveWriter) throws {
        try writer.begin(.organization)
        try writer.add(head.value)
        try writer.add(lastRecordedAt.microseconds)
        try writer.add(lastErasure.value)
        try writer.add(settings.currency?.packed ?? 0)
        try writer.add(settings.timeZone)
        try writer.add(Int64(settings.activityWindowDays))
        try writer.add(column: ContiguousArray(settings.recordedReads.map(\.rawValue).sorted()))
        try writer.add(UInt8(settings.recordsOrigin ? 1 : 0))
        try writer.add(settings.displayName)
        try writer.add(UInt8(settings.joinsVerifiedGuests ? 1 : 0))
        try writer.add(column: ContiguousArray(definitionEvents.map(\.value)))
        try writer.add(UInt8(loyaltyProgram == nil ? 0 : 1))
        if let loyaltyProgram { try loyaltyProgram.archive(into: &writer) }
        try keys.archive(into: &writer)
    }

    mutating func loadOrganization(from reader: inout ArchiveReader) throws {
        try reader.begin(.organization)
        head = SequenceNumber(try reader.number())
        lastRecordedAt = Timestamp(microseconds: try reader.number())
        lastErasure = SequenceNumber(try reader.number())
        let currency: UInt32 = try reader.number()
        settings.currency = currency == 0 ? nil : CurrencyCode(packed: currency)
        settings.timeZone = try reader.text()
        let days: Int64 = try reader.number()
        try reader.check(days.magnitude < 1 << 32, "the activity window has \(days) days")
        settings.activityWindowDays = Int(days)
        for _ in 0..<(try reader.count(of: 1)) {
            guard let kind = ReadKind(rawValue: try reader.number()) else {
                throw reader.malformed("a kind of read is none")
            }
            settings.recordedReads.insert(kind)
        }
        settings.recordsOrigin = try reader.number(UInt8.self) == 1
        settings.displayName = try reader.optionalText()
        settings.joinsVerifiedGuests = try reader.number(UInt8.self) == 1
        definitionEvents = try (0..<(try reader.count(of: 8))).map { _ in SequenceNumber(try reader.number()) }
        if try reader.number(UInt8.self) == 1 { loyaltyProgram = try LoyaltyProgram(from: &reader) }
        try keys.load(from: &reader)
    }

    func archiveSymbols(into writer: inout ArchiveWriter) throws {
        try writer.begin(.symbols)
        try writer.add(tagNames.texts)
        try writer.add(sources.texts)
        try writer.add(actors.texts)
    }

    mutating func loadSymbols(from reader: inout ArchiveReader) throws {
        try reader.begin(.symbols)
        tagNames = try SymbolTable(try reader.texts(), reader)
        sources = try SymbolTable(try reader.texts(), reader)
        actors = try SymbolTable(try reader.texts(), reader)
    }
}

extension SymbolTable {
    /// How many texts have a code.
    var count: Int { texts.count }

    fileprivate init(_ texts: [String], _ reader: ArchiveReader) throws {
        self.init()
        for (code, text) in texts.enumerated() {
            try reader.check(Int(insert(text)) == code, "a text is there twice")
        }
    }
}
