import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport
import Testing

@testable import CustomerService

/// Jobs on a disk that crashes at any change: the next process ends what was asked for.
@Suite struct JobCrashTests {
    /// Asks for a bulk change and an export, and works on them; what was asked for before the disk crashed.
    private func live(_ shop: JobShop) async -> [JobID] {
        var jobs: [JobID] = []
        do {
            let change = BulkChange.addTags(["x"])
            jobs.append(
                try await shop.organization.createBulkChange(change, of: .matching(.init()), scope: shop.scope)
            )
            jobs.append(try await shop.export(.init(), .csv, fields: ["externalId"]))
        } catch {
            return jobs
        }
        await shop.organization.runJobs()
        return jobs
    }

    @Test func `wherever a crash falls, jobs that were acknowledged come to their end, and each change is done once`()
        async throws
    {
        let customers = 230
        let whole = try JobShop()
        try await whole.addCustomers(customers)
        let before = whole.disk.counts.changes
        #expect(await live(whole).count == 2)
        let changeCount = whole.disk.counts.changes - before
        whole.organization.close()
        #expect(changeCount > 30)
        for change in stride(from: 1, through: changeCount, by: 3) {
            let shop = try JobShop()
            try await shop.addCustomers(customers)
            let crash = shop.disk.counts.changes + change
            shop.disk.plan { $0.crashAtChange = crash }
            let acknowledged = await live(shop)
            shop.organization.close()
            let again = try JobShop(on: shop.disk.crashImage(seed: UInt64(change)), clock: shop.clock)
            await again.organization.runJobs()
            let jobs = again.organization.peek { state, _ in state.allJobs }
            #expect(Set(acknowledged).isSubset(of: Set(jobs.map(\.id))), "change \(change)")
            for job in jobs {
                #expect(job.status == .completed, "change \(change): \(job)")
                #expect(job.done == UInt64(customers) && job.failed == 0, "change \(change): \(job)")
            }
            try await requireDone(again, jobs, customers, "change \(change)")
            again.organization.close()
        }
    }

    private func requireDone(_ shop: JobShop, _ jobs: [Job], _ customers: Int, _ what: String) async throws {
        let events = try shop.organization.events(from: SequenceNumber(1), through: shop.organization.head.durable)
        let tagged = events.filter { $0.event == .customerTagged(["x"]) }
        #expect(tagged.count == (jobs.contains { $0.kind == .bulk } ? customers : 0), "\(what)")
        for job in jobs where job.kind == .export {
            let text = try await shop.text(job.id)
            let expected = ["externalId"] + (0..<customers).map { "ext-\($0)" }
            #expect(text.split(separator: "\r\n").map { String($0) } == expected, "\(what)")
        }
        // What a crash left of others is gone.
        let lots = Set(shop.jobFiles.keys.map { String($0.split(separator: "/").last?.prefix { $0 != "." } ?? "") })
        let expected = jobs.flatMap { job in
            [job.id.description] + (job.kind == .export ? ["\(job.id)-result"] : [])
        }
        #expect(lots == Set(expected), "\(what)")
    }
}
