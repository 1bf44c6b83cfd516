import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport
import Testing

@testable import CustomerService
@testable import LogStorage

/// An organization on a simulated disk, whose jobs run when they are told to.
struct JobShop {
    static let directory = "/data/default"

    let disk: SimulatedFileSystem
    let clock: ManualClock
    let organization: Organization
    let scope = Organization.testScope

    init(on disk: SimulatedFileSystem = SimulatedFileSystem(seed: 5), clock: ManualClock = ManualClock()) throws {
        var options = LogOptions()
        options.preparesInline = true
        options.packsSealedSegments = false
        options.zeroAheadByteCount = 1 << 16
        options.zeroStepByteCount = 1 << 16
        options.reserveByteCount = 4096
        options.idleMarkDelay = .seconds(3_600)
        try disk.createDirectory("/data")
        try disk.syncDirectory("/")
        let log = try SegmentedLog.open(directory: Self.directory, options: options, fileSystem: disk)
        let keys = try PersonKeyRing.open(Self.directory, log, fileSystem: disk, aheadCount: 64) {
            () throws(LogStorageError) in
            MasterKey([UInt8](repeating: 7, count: MasterKey.byteCount)).map { [$0] } ?? []
        }
        organization = try Organization(
            name: "default",
            storage: log,
            keys: keys,
            now: { clock.now },
            identifiers: nil
        )
        (self.disk, self.clock) = (disk, clock)
    }

    /// The same after the process ended.
    func reopened(on other: SimulatedFileSystem? = nil) throws -> JobShop {
        organization.close()
        return try JobShop(on: other ?? disk, clock: clock)
    }

    /// Makes so many customers; every third has the tag `third`.
    @discardableResult
    func addCustomers(_ count: Int) async throws -> [CustomerID] {
        var ids: [CustomerID] = []
        var last = SequenceNumber.none
        for number in 0..<count {
            let created = CustomerCreated(
                id: organization.identifiers.next(),
                accountType: number % 2 == 0 ? .registered : .guest,
                externalID: "ext-\(number)",
                profile: Profile(
                    email: EmailAddress("c\(number)@example.com"),
                    firstName: "Name\(number)",
                    lastName: "Secretsson"
                )
            )
            let tags = number % 3 == 0 ? ["third"] : []
            let command = Command.createCustomer(CreateCustomer(created, tags: tags))
            while true {
                do {
                    last = try organization.submit(command, scope: scope).sequence
                    break
                } catch CommandError.unavailable(.overloaded) {
                    try await organization.waitUntilDurable(last)
                    try await Task.sleep(for: .milliseconds(1))
                }
            }
            ids.append(created.id)
        }
        try await organization.waitUntilDurable(last)
        return ids
    }

    func job(_ id: JobID) throws -> Job { try #require(organization.job(id)) }

    func export(
        _ query: CustomerQuery = CustomerQuery(),
        _ format: ExportRequest.Format = .jsonl,
        _ records: ExportRequest.Records = .customers,
        fields: [String]? = nil,
        mark: Bool = false
    ) async throws -> JobID {
        let all = ExportField.fields(of: records)
        let chosen = fields.map { names in names.compactMap { ExportField(name: $0, of: records) } } ?? all
        let request = ExportRequest(records: records, format: format, fields: chosen, hasByteOrderMark: mark)
        return try await organization.createExport(request, of: .matching(query), scope: scope)
    }

    func result(_ id: JobID) async throws -> [UInt8] {
        var file = try await organization.openJobResult(id, scope: scope)
        var bytes: [UInt8] = []
        while let piece = try await file.next() { bytes += piece }
        return bytes
    }

    func text(_ id: JobID) async throws -> String { String(decoding: try await result(id), as: UTF8.self) }

    /// The files of jobs, by name.
    var jobFiles: [String: [UInt8]] { disk.contents.filter { $0.key.hasPrefix(Self.directory + "/jobs/") } }
}
