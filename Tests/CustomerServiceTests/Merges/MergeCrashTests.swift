import CustomerDomain
import CustomerProjections
import CustomerRecords
import EventSourcing
import TestSupport
import Testing

@testable import CustomerService
@testable import LogStorage

/// A power cut anywhere in a life with merges: afterwards log, vault, snapshot and plain model agree.
@Suite struct MergeCrashTests {
    @Test func `a crash at any step of a merge, its undoing and an erasure leaves log and vault agreed`() async throws {
        let whole = try await MergeLife()
        let first = whole.shop.disk.counts.changes
        try await whole.live()
        let changeCount = whole.shop.disk.counts.changes - first
        #expect(whole.acknowledged == whole.shop.organization.head.appended)
        whole.shop.organization.close()
        #expect(changeCount > 20, "\(changeCount) changes")
        var statuses: Set<[CustomerStatus]> = []
        for change in 1...changeCount {
            let life = try await MergeLife()
            let crash = life.shop.disk.counts.changes + change
            life.shop.disk.plan { $0.crashAtChange = crash }
            try? await life.live()
            for seed in 0..<2 as Range<UInt64> {
                let image = life.shop.disk.crashImage(seed: seed)
                let opened = try life.shop.reopen(on: image)
                let what = "change \(change), image \(seed)"
                #expect(opened.head.durable >= life.acknowledged, "\(what)")
                #expect(opened.opening.ignored == [], "\(what)")
                let replayed = try life.shop.reopen(on: image, usesSnapshots: false)
                #expect(opened.stateHash == replayed.stateHash, "\(what)")
                #expect(opened.personalHash == replayed.personalHash, "\(what)")
                let model = try plainModel(of: try life.shop.openLog(on: image), RecordCodec(keys: opened.keys))
                statuses.insert(try requireAgreement(opened, model, what))
            }
            life.shop.organization.close()
        }
        // Apart, merged, one erased, another merged, all erased.
        #expect(statuses.count == 5, "\(statuses)")
    }

    private func plainModel(of log: SegmentedLog, _ codec: RecordCodec) throws -> OrganizationModel {
        var model = OrganizationModel()
        var plain: [UInt8] = []
        try log.read(from: SequenceNumber(1), through: nil) { sequence, body in
            let isSealed = try codec.open(body, sequence: sequence, into: &plain)
            if isSealed {
                model.apply(try codec.decode(plain.span.bytes, sequence: sequence))
            } else {
                model.apply(try codec.decode(body, sequence: sequence))
            }
            return true
        }
        return model
    }

    /// The state says what the plain model makes of the log, and keys are there for those who were not erased.
    private func requireAgreement(
        _ organization: Organization,
        _ model: OrganizationModel,
        _ what: String
    ) throws -> [CustomerStatus] {
        try organization.peek { state, _ in
            try requireEqual(state.customerCount, model.customerCount, "customers, \(what)")
            return try (0..<state.customerCount)
                .map { row in
                    let one = CustomerOrdinal(UInt32(row))
                    try requireEqual(state.standing(of: one), model.standing(of: one), "standing of \(row), \(what)")
                    try requireEqual(state.merge(of: one), model.merge(of: one), "merge of \(row), \(what)")
                    try requireEqual(state.profile(of: one), model.profile(of: one), "profile of \(row), \(what)")
                    try requireEqual(state.metadata(of: one), model.metadata(of: one), "metadata of \(row), \(what)")
                    try requireEqual(state.addresses(of: one), model.addresses(of: one), "addresses of \(row), \(what)")
                    let isLive = if case .live = organization.keys?.vault.key(at: row) { true } else { false }
                    let status = state.standing(of: one).status
                    try requireEqual(isLive, status != .erased, "key of \(row), \(what)")
                    return status
                }
        }
    }
}

/// Three people: two are merged, taken apart, and one of them erased; then two are merged and erased together.
private final class MergeLife {
    let shop: DiskShop
    private let people: [CustomerID]
    /// The last event of which the shop said that it is durable.
    private(set) var acknowledged = SequenceNumber.none

    init() async throws {
        shop = try await DiskShop(seed: 3)
        var people: [CustomerID] = []
        for name in ["Ann", "Bob", "Cid"] {
            let email = EmailAddress(unchecked: "\(name)@a.org")
            people.append(try await shop.organization.createCustomer(Profile(email: email, firstName: name)))
        }
        self.people = people
        var fields = AddressFields()
        fields.line1 = "7 Hidden Lane"
        let address = Address(id: AddressID(high: 1, low: 2), fields: fields)
        try await carryOut(.addAddress(AddAddress(customer: people[1], address: address)))
        try await carryOut(.updateCustomer(UpdateCustomer(id: people[1], metadata: .replace(["size": "M"]))))
    }

    func live() async throws {
        let choices = MergeChoices(fields: [.email: .merged, .firstName: .merged])
        try await carryOut(.mergeCustomers(survivor: people[0], merged: people[1], choices: choices))
        _ = try await shop.organization.takeSnapshot()
        try await carryOut(.addTags(people[0], ["late"]))
        try await carryOut(.unmergeCustomers(survivor: people[0], merged: people[1]))
        try await carryOut(.eraseCustomer(people[1], reason: nil))
        try await carryOut(.mergeCustomers(survivor: people[0], merged: people[2], choices: choices))
        try await carryOut(.eraseCustomer(people[0], reason: nil))
    }

    private func carryOut(_ command: Command) async throws {
        acknowledged = try await shop.organization.execute(command, scope: Organization.testScope).sequence
    }
}
