import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport
import Testing

@testable import CustomerService
@testable import LogStorage

/// The life of requests about data, on a disk that crashes at any change.
@Suite struct DataRequestCrashTests {
    @Test func `wherever a crash falls, a request and what it does are both there or neither`() async throws {
        let whole = try await RequestLife()
        let before = whole.shop.disk.counts.changes
        #expect(await whole.live() == whole.commands.count)
        let changeCount = whole.shop.disk.counts.changes - before
        #expect(changeCount >= whole.commands.count)
        try whole.requireWhole(on: whole.shop.disk, acknowledged: whole.commands.count)
        whole.shop.organization.close()
        var statuses: Set<DataRequestStatus> = []
        for change in 1...changeCount {
            let life = try await RequestLife()
            let crash = life.shop.disk.counts.changes + change
            life.shop.disk.plan { $0.crashAtChange = crash }
            let acknowledged = await life.live()
            for imageSeed in 0..<3 as Range<UInt64> {
                let image = life.shop.disk.crashImage(seed: imageSeed)
                if let status = try life.requireWhole(on: image, acknowledged: acknowledged) { statuses.insert(status) }
            }
            life.shop.organization.close()
        }
        #expect(statuses == [.opened, .identityConfirmed, .approved, .executed])
    }
}

/// Two people who are one, who object to marketing and ask for an erasure, while somebody opens another request.
private struct RequestLife {
    let shop: DiskShop
    let commands: [Command]
    private let erasure = DataRequestID(high: 0x7000, low: 1)
    private let other = DataRequestID(high: 0x7000, low: 2)

    init() async throws {
        shop = try await DiskShop(seed: 9)
        let person = try await shop.addMerged()
        commands = [
            .changeConsents(
                person,
                [
                    ConsentChanged(kind: .sms, state: .granted, evidence: "form"),
                    ConsentChanged(kind: .cookies, state: .granted),
                ]
            ),
            .openDataRequest(person, DataRequestOpened(id: erasure, right: .erasure, details: "Forget me.")),
            .openDataRequest(person, DataRequestOpened(id: other, right: .access)),
            .checkIdentity(DataRequestIdentityChecked(id: erasure, method: .document, note: "Passport")),
            .decideDataRequest(DataRequestDecided(id: erasure, refusal: nil)),
            .executeDataRequest(DataRequestExecuted(id: erasure)),
        ]
    }

    /// How many commands were acknowledged.
    func live() async -> Int {
        for (index, command) in commands.enumerated() {
            do {
                _ = try await shop.organization.execute(command, scope: Organization.testScope)
            } catch {
                return index
            }
        }
        return commands.count
    }

    /// Opens what a disk has; gives where the erasure stands.
    @discardableResult
    func requireWhole(on disk: SimulatedFileSystem, acknowledged: Int) throws -> DataRequestStatus? {
        let opened = try shop.reopen(on: disk)
        let again = try shop.reopen(on: disk, usesSnapshots: false)
        #expect(opened.stateHash == again.stateHash)
        return opened.peek { state, _ in
            let (request, second) = (state.dataRequest(erasure), state.dataRequest(other))
            let isErased = shop.identities.allSatisfy { state.standing(of: $0).status == .erased }
            #expect(isErased == (request?.status == .executed))
            #expect((second?.status == .lapsed) == isErased || second == nil)
            for identity in shop.identities {
                if case .live = opened.keys?.vault.key(at: identity.index) {
                    #expect(!isErased, "the key is still there")
                } else {
                    #expect(isErased, "the key is gone")
                }
            }
            // Both lines of one command, or none.
            #expect([0, 2].contains(state.consentCount(of: shop.identities[0])))
            let steps: [Bool] = [
                state.consentCount(of: shop.identities[0]) == 2, request != nil, second != nil,
                request.map { $0.status >= .identityConfirmed } ?? false,
                request.map { $0.status >= .approved } ?? false, request?.status == .executed,
            ]
            #expect(steps.count { $0 } >= acknowledged)
            #expect(steps == steps.sorted { $0 && !$1 }, "a step without the one before it")
            return request?.status
        }
    }
}

extension DataRequestStatus {
    fileprivate static func >= (left: DataRequestStatus, right: DataRequestStatus) -> Bool {
        left.rawValue >= right.rawValue
    }
}
