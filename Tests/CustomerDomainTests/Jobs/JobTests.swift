import CustomerDomain
import EventSourcing
import Testing

struct JobTests {
    private let id = JobID.number(1)
    private let end = Timestamp.seconds(1_800_000_000)

    private func created(_ kind: JobType = .export, _ permission: Permission = .exportCustomers) -> Command {
        .createJob(JobCreated(id: id, kind: kind, permission: permission, work: "work", total: 10))
    }

    private func finish(_ outcome: JobOutcome, done: UInt64 = 10, _ failure: JobFailure? = nil) -> Command {
        .finishJob(JobFinished(id: id, outcome: outcome, done: done, failure: failure, expiresAt: end))
    }

    private func shop(_ commands: Command...) throws -> Specification {
        var shop = try Sample.shop()
        for command in commands { try shop.carryOut(command) }
        return shop
    }

    @Test func `a job waits, runs and completes`() throws {
        var shop = try shop(created())
        #expect(shop.model.job(id)?.status == .created)
        #expect(shop.model.openJobCount == 1)
        try shop.carryOut(.progressJob(JobProgressed(id: id)))
        #expect(shop.model.job(id)?.status == .running)
        #expect(shop.when(.progressJob(JobProgressed(id: id))) == .nothing)
        try shop.carryOut(.progressJob(JobProgressed(id: id, done: 4, failed: 1)))
        try shop.carryOut(finish(.completed, done: 9))
        let job = try #require(shop.model.job(id))
        #expect(job.status == .completed && job.done == 9 && job.expiresAt == end && job.createdBy == "key_test")
        #expect(shop.model.openJobCount == 0)
        #expect(shop.when(.fetchJobResult(id)) == .events(nil, .jobResultFetched(id)))
        try shop.carryOut(.expireJob(id))
        #expect(shop.when(.fetchJobResult(id)) == .rejected(.jobExpired(id)))
        #expect(shop.when(.cancelJob(id)) == .rejected(.jobExpired(id)))
    }

    @Test func `a job that is asked to stop is canceled, and stays so`() throws {
        var shop = try shop(created(), .cancelJob(id))
        #expect(shop.model.job(id)?.status == .canceling)
        #expect(shop.when(.cancelJob(id)) == .nothing)
        try shop.carryOut(finish(.canceled, done: 0))
        #expect(shop.when(finish(.completed)) == .rejected(.jobStatus(id, .canceled)))
        #expect(shop.when(.progressJob(JobProgressed(id: id, done: 1))) == .rejected(.jobStatus(id, .canceled)))
        #expect(shop.when(.fetchJobResult(id)) == .rejected(.jobStatus(id, .canceled)))
    }

    @Test func `more rows than there are cannot be done`() throws {
        let shop = try shop(created())
        #expect(shop.when(.progressJob(JobProgressed(id: id, done: 9, failed: 2))).invalidField == "done")
        #expect(shop.when(.progressJob(JobProgressed(id: id, done: .max, failed: .max))).invalidField == "done")
    }

    @Test func `who may not ask for a job may not stop it`() throws {
        let shop = try shop(created())
        let actor = Actor(id: "key_other", isAdmin: false, permissions: [.readCustomers])
        #expect(throws: Rejection.permissionMissing(.exportCustomers)) {
            try decide(.cancelJob(id), facts: shop.model, by: actor)
        }
    }

    @Test func `an erasure ends the files of all exports, and makes one that runs begin anew`() throws {
        let erased = Command.eraseCustomer(Sample.ana, reason: nil)
        #expect(try shop(created(), finish(.completed), erased).model.job(id)?.status == .expired)
        #expect(try shop(created(), erased).model.job(id)?.status == .created)
        #expect(try shop(created(.import, .importCustomers), erased).model.job(id)?.status == .expired)
        #expect(
            try shop(created(.bulk, .updateCustomers), finish(.completed), erased).model.job(id)?.status == .completed
        )
        var running = try shop(created(), .progressJob(JobProgressed(id: id, done: 5)), erased)
        #expect(running.model.job(id)?.holdsErased == true)
        #expect(running.when(finish(.completed)) == .rejected(.jobStatus(id, .running)))
        try running.carryOut(.progressJob(JobProgressed(id: id)))
        #expect(running.model.job(id)?.holdsErased == false)
        #expect(running.when(finish(.completed)) != .rejected(.jobStatus(id, .running)))
    }

    @Test func `an import waits until it is committed, once`() throws {
        var shop = try shop(created(.import, .importCustomers))
        try shop.carryOut(.commitImport(id))
        #expect(shop.model.job(id)?.status == .running)
        #expect(shop.when(.commitImport(id)) == .rejected(.jobStatus(id, .running)))
        #expect(try self.shop(created()).when(.commitImport(id)) == .rejected(.jobStatus(id, .created)))
    }

    @Test func `only so many jobs are open at a time`() throws {
        var shop = try Sample.shop()
        func job(_ number: Int) -> Command {
            let id = JobID.number(UInt64(number))
            return .createJob(JobCreated(id: id, kind: .bulk, permission: .updateCustomers, work: "w", total: 0))
        }
        for number in 0..<Limits.openJobs { try shop.carryOut(job(number)) }
        #expect(shop.when(job(1_000)) == .rejected(.limitReached("jobs at a time", limit: Limits.openJobs)))
        #expect(shop.when(job(0)).invalidField == "id")
    }
}
