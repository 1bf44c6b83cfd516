import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport
import Testing

@testable import CustomerService

@Suite struct BulkJobTests {
    private func bulk(_ change: BulkChange, _ query: CustomerQuery = .init(), _ shop: JobShop) async throws -> JobID {
        try await shop.organization.createBulkChange(change, of: .matching(query), scope: shop.scope)
    }

    private func count(_ query: CustomerQuery, _ shop: JobShop) -> Int {
        shop.organization.peek { state, time in state.ordinals(query, at: time).count }
    }

    @Test func `every change reaches all whom the filter matched, once`() async throws {
        let shop = try JobShop()
        try await shop.addCustomers(1_000)
        let group = GroupCreated(id: shop.organization.identifiers.next(), name: "Wave")
        _ = try await shop.organization.execute(.createGroup(group), scope: shop.scope)
        var thirds = CustomerQuery()
        thirds.tags = ["third"]
        var tagged = CustomerQuery()
        tagged.tags = ["new"]
        var members = CustomerQuery()
        members.groups = [.id(group.id)]
        var disabled = CustomerQuery()
        disabled.status = .disabled
        for (change, query, counts) in [
            (BulkChange.addTags(["new", "third"]), thirds, [334, 0, 0]), (.joinGroup(group.id), tagged, [334, 334, 0]),
            (.disable(reason: "fraud"), members, [334, 334, 334]), (.removeTags(["new"]), .init(), [0, 334, 334]),
            (.enable(reason: nil), .init(), [0, 334, 0]), (.leaveGroup(group.id), members, [0, 0, 0]),
        ] {
            let id = try await bulk(change, query, shop)
            await shop.organization.runJobs()
            let job = try shop.job(id)
            #expect(job.status == .completed && job.done == job.total && job.failed == 0, "\(change)")
            #expect([tagged, members, disabled].map { count($0, shop) } == counts, "\(change)")
        }
        // Nothing that was as asked already has another event.
        let events = try shop.organization.events(from: SequenceNumber(1), through: shop.organization.head.durable)
        let tags = events.filter { if case .customerTagged(let tags) = $0.event { tags == ["new"] } else { false } }
        #expect(tags.count == 334)
        #expect(tags.allSatisfy { $0.actor == "test" && $0.requestID?.hasPrefix("job_") == true })
        let bytes = shop.disk.contents.filter { $0.key.contains("/log/") }.values
        #expect(!bytes.isEmpty)
    }

    @Test func `rows that cannot be done are told, and the others are done`() async throws {
        var shop = try JobShop()
        let ids = try await shop.addCustomers(500)
        let id = try await bulk(.addTags(["x"]), .init(), shop)
        let merges = [(ids[0], ids[1]), (ids[300], ids[301])]
        for (survivor, merged) in merges {
            let merge = Command.mergeCustomers(survivor: survivor, merged: merged)
            _ = try await shop.organization.execute(merge, scope: shop.scope)
        }
        await shop.organization.runJobs()
        let job = try shop.job(id)
        #expect(job.status == .completed && job.done == 498 && job.failed == 2)
        shop = try shop.reopened()
        let errors = try await shop.organization.jobErrors(id, scope: shop.scope)
        #expect(errors.map(\.customer) == [ids[1].description, ids[301].description])
        #expect(errors.allSatisfy { $0.code == "customer_merged" })
    }

    @Test func `a job that is stopped keeps what it did, and goes on where it was in the next process`() async throws {
        var shop = try JobShop()
        try await shop.addCustomers(1_000)
        let id = try await bulk(.addTags(["x"]), .init(), shop)
        // A process that stops after some slices.
        let organization = shop.organization
        let work = Task { await organization.runJobs() }
        while try shop.job(id).done < 400 { await Task.yield() }
        work.cancel()
        await work.value
        let done = try shop.job(id).done
        shop = try shop.reopened()
        #expect(try shop.job(id).status == .running || done == 1_000)
        #expect(try shop.job(id).done >= done)
        await shop.organization.runJobs()
        let job = try shop.job(id)
        #expect(job.status == .completed && job.done == 1_000 && job.failed == 0)
        let events = try shop.organization.events(from: SequenceNumber(1), through: shop.organization.head.durable)
        let tags = events.filter { $0.event == .customerTagged(["x"]) }
        #expect(tags.count == 1_000)
        #expect(Set(tags.map(\.customer)).count == 1_000)
    }

    @Test func `a job that is asked to stop stops before its next slice`() async throws {
        let shop = try JobShop()
        try await shop.addCustomers(300)
        let id = try await bulk(.addTags(["x"]), .init(), shop)
        try await shop.organization.cancelJob(id, scope: shop.scope)
        #expect(try shop.job(id).status == .canceling)
        await shop.organization.runJobs()
        #expect(try shop.job(id).status == .canceled && shop.job(id).done == 0)
        await #expect(throws: CommandError.rejected(.jobStatus(id, .canceled))) {
            try await shop.organization.cancelJob(id, scope: shop.scope)
        }
    }

    @Test func `jobs are worked on in the background, so many at a time`() async throws {
        let shop = try JobShop()
        try await shop.addCustomers(300)
        let organization = shop.organization
        organization.setJobLimits(JobLimits(runningCount: 1))
        let service = Task { await organization.serveJobs() }
        let jobs = try await [bulk(.addTags(["x"]), shop), bulk(.addTags(["y"]), shop), bulk(.addTags(["z"]), shop)]
        while try jobs.contains(where: { try shop.job($0).status != .completed }) {
            #expect(organization.peek { state, _ in state.allJobs.count { $0.status == .running } } <= 1)
            try await Task.sleep(for: .milliseconds(1))
        }
        service.cancel()
        await service.value
    }

    private func bulk(_ change: BulkChange, _ shop: JobShop) async throws -> JobID {
        try await bulk(change, .init(), shop)
    }

    @Test func `a retry is the same job`() async throws {
        let shop = try JobShop()
        try await shop.addCustomers(3)
        let context = CommandContext(requestID: "r", idempotency: Idempotency(key: "k", fingerprint: 7))
        var ids: Set<JobID> = []
        for _ in 0..<2 {
            ids.insert(
                try await shop.organization.createBulkChange(
                    .addTags(["x"]),
                    of: .matching(.init()),
                    scope: shop.scope,
                    context: context
                )
            )
        }
        #expect(ids.count == 1)
        #expect(Set(shop.jobFiles.keys.map { $0.split(separator: "/").last?.prefix { $0 != "." } }).count == 1)
    }
}
