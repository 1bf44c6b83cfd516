import CustomerDomain
import CustomerProjections
import EventSourcing
import Foundation
import LogStorage
import TestSupport
import Testing

@testable import CustomerService

@Suite struct SnapshotTests {
    @Test func `an organization opened with a snapshot is as the log makes it`() async throws {
        try await withTemporaryDirectory { path in
            let (first, taken) = try await Self.shop(in: path) { organization, commands in
                let first = try await organization.takeSnapshot()
                try await commands.run(150, in: organization)
                return first
            }
            #expect(first.isNew && first.byteCount > 0 && first.opening.snapshot == .none)
            let opened = try Organization.open(in: taken)
            defer { opened.close() }
            #expect(opened.opening.snapshot == first.sequence)
            #expect(opened.opening.ignored == [])
            #expect(opened.opening.replayedEventCount == Int(opened.head.durable.value - first.sequence.value))
            #expect(opened.opening.replayedEventCount > 0)
            #expect(opened.stateHash == (try Self.logHash(path)))
        }
    }

    @Test func `a second snapshot begins with the first, and one without news is the one there is`() async throws {
        try await withTemporaryDirectory { path in
            _ = try await Self.shop(in: path) { organization, commands in
                let first = try await organization.takeSnapshot()
                try await commands.run(50, in: organization)
                let second = try await organization.takeSnapshot()
                #expect(second.opening.snapshot == first.sequence)
                #expect(second.stateHash == organization.stateHash)
                let third = try await organization.takeSnapshot()
                #expect(third.sequence == second.sequence && !third.isNew)
                #expect(organization.health.lastSnapshot == second.sequence)
            }
        }
    }

    @Test func `commands go on while a snapshot is taken, and one at a time is taken`() async throws {
        try await withTemporaryDirectory { path in
            _ = try await Self.shop(in: path) { organization, commands in
                async let first = organization.takeSnapshot()
                async let second = organization.takeSnapshot()
                try await commands.run(100, in: organization)
                var sequences: [SequenceNumber] = []
                do { sequences.append(try await first.sequence) } catch { #expect(error as? SnapshotError == .busy) }
                do { sequences.append(try await second.sequence) } catch { #expect(error as? SnapshotError == .busy) }
                #expect(!sequences.isEmpty)
            }
            #expect(try Self.reopened(path).opening.ignored == [])
        }
    }

    @Test func `a damaged snapshot gives way to the older one, and that to the log`() async throws {
        try await withTemporaryDirectory { path in
            let (reports, directory) = try await Self.shop(in: path) { organization, commands in
                let first = try await organization.takeSnapshot()
                try await commands.run(50, in: organization)
                let second = try await organization.takeSnapshot()
                try await commands.run(20, in: organization)
                return [first, second]
            }
            directory.close()
            let hash = try Self.logHash(path)
            try flip(reports[1].path, at: 700)
            var opened = try Self.reopened(path)
            #expect(opened.opening.snapshot == reports[0].sequence)
            #expect(opened.opening.ignored.map(\.sequence) == [reports[1].sequence])
            #expect(opened.stateHash == hash)
            #expect(opened.status.recoveryLines.count == 1)
            try flip(reports[0].path, at: 300)
            opened = try Self.reopened(path)
            #expect(opened.opening.snapshot == .none)
            #expect(opened.opening.ignored.count == 2)
            #expect(opened.stateHash == hash)
        }
    }

    @Test(arguments: Lie.allCases)
    func `a snapshot that does not fit is ignored`(_ lie: Lie) async throws {
        try await withTemporaryDirectory { path in
            let (first, directory) = try await Self.shop(in: path) { organization, commands in
                let first = try await organization.takeSnapshot()
                try await commands.run(30, in: organization)
                return first
            }
            directory.close()
            let hash = try Self.logHash(path)
            try Self.plant(lie, in: path)
            let opened = try Self.reopened(path)
            #expect(opened.stateHash == hash)
            #expect(opened.opening.snapshot == (lie == .none ? opened.head.durable : first.sequence))
            #expect(opened.opening.ignored.map(\.misfit.kind) == (lie.kind.map { [$0] } ?? []))
        }
    }

    @Test func `a self-check finds nothing wrong with what is right`() async throws {
        try await withTemporaryDirectory { path in
            _ = try await Self.shop(in: path) { organization, commands in
                #expect(try await organization.selfCheck().snapshot == nil)
                let taken = try await organization.takeSnapshot()
                try await commands.run(30, in: organization)
                let report = try await organization.selfCheck()
                #expect(report.snapshot == taken.sequence)
                #expect(report.sequence == organization.head.durable)
                #expect(report.differences == [])
                #expect(organization.health.lastSelfCheck == report.sequence)
                #expect(organization.health.alarms == [])
            }
        }
    }

    @Test func `a self-check finds a snapshot of another state, and removes it`() async throws {
        try await withTemporaryDirectory { path in
            let (_, directory) = try await Self.shop(in: path) { _, _ in }
            directory.close()
            try Self.plant(.consistent, in: path)
            let data = try DataDirectory.open(path, program: "test")
            defer { data.close() }
            let lied = try Organization.open(in: data)
            defer { lied.close() }
            // Nothing but the log knows that it lies.
            #expect(lied.opening.snapshot != .none)
            let report = try await lied.selfCheck()
            #expect(report.differences.count == 2)
            #expect(lied.health.alarms.count == 2)
            #expect(try FileManager.default.contentsOfDirectory(atPath: Self.snapshots(path)) == [])
        }
    }

    @Test func `snapshots are kept as they become due`() async throws {
        try await withTemporaryDirectory { path in
            _ = try await Self.shop(in: path) { organization, commands in
                var policy = SnapshotPolicy()
                policy.eventCount = 5
                policy.interval = .milliseconds(1)
                let keeping = Task { [policy] in await organization.keepSnapshots(policy) }
                for _ in 0..<3 {
                    let last = organization.health.lastSnapshot ?? .none
                    try await commands.run(80, in: organization)
                    while organization.health.lastSnapshot ?? .none <= last {
                        try await Task.sleep(for: .milliseconds(1))
                    }
                }
                keeping.cancel()
                await keeping.value
                #expect(organization.health.alarms == [])
                #expect(organization.health.lastSelfCheck != nil)
            }
            // Two, or one when somebody was erased since the one before.
            let count = try FileManager.default.contentsOfDirectory(atPath: Self.snapshots(path)).count
            #expect(count == 1 || count == 2)
        }
    }

    @Test func `due is what is long enough ago`() {
        var policy = SnapshotPolicy()
        func isDue(_ events: Int, _ bytes: Int, _ holdsErased: Bool = false, age: Duration? = nil) -> Bool {
            policy.isDue(SnapshotPolicy.Need(events: events, bytes: bytes, holdsErased: holdsErased, age: age))
        }
        #expect(!isDue(0, 1 << 40, true))
        #expect(!isDue(999_999, (256 << 20) - 1))
        #expect(isDue(1_000_000, 0))
        #expect(isDue(1, 256 << 20))
        #expect(isDue(1, 1, true))
        #expect(!isDue(1, 1, true, age: .seconds(899)))
        #expect(isDue(1, 1, true, age: .seconds(900)))
        policy.eventCount = 0
        #expect(!isDue(1_000_000, 0))
        policy.byteCount = 0
        #expect(!isDue(1_000_000, 1 << 40))
        #expect(isDue(1, 0, true))
    }

    @Test func `a self-check is due when the log has grown by half, and once a day`() {
        let policy = SnapshotPolicy()
        func isDue(_ head: UInt64, _ last: UInt64, _ age: Duration = .zero, hasTaken: Bool = true) -> Bool {
            policy.isSelfCheckDue(head: head, last: last, age: age, hasTaken: hasTaken)
        }
        #expect(isDue(1_000_000, 0))
        #expect(!isDue(1_499_999, 1_000_000))
        #expect(isDue(1_500_000, 1_000_000))
        #expect(!isDue(1_500_000, 0, hasTaken: false))
        #expect(isDue(7, 7, .seconds(86_400), hasTaken: false))
    }

    @Test func `closing ends what is taken`() async throws {
        try await withTemporaryDirectory { path in
            _ = try await Self.shop(in: path) { organization, _ in
                let taking = Task { try await organization.takeSnapshot() }
                await Task.yield()
                organization.close()
                switch await taking.result {
                case .success(let taken): #expect(taken.sequence == organization.head.durable)
                case .failure(let error): #expect(error as? SnapshotError == .closing)
                }
                await #expect(throws: SnapshotError.closing) { try await organization.takeSnapshot() }
            }
        }
    }

    @Test func `the tool's snapshot of an organization nobody works in`() async throws {
        try await withTemporaryDirectory { path in
            let (_, directory) = try await Self.shop(in: path) { _, _ in }
            let taken = try Organization.takeSnapshot(in: directory)
            #expect(taken.isNew)
            #expect(taken.stateHash == (try Self.logHash(path)))
            #expect(try Organization.takeSnapshot(in: directory).isNew == false)
        }
    }
}
