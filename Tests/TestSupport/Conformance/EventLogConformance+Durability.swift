import EventSourcing

extension EventLogConformance {
    static var durabilityChecks: [Check] {
        [
            Check(description: "a record waited for is durable and readable", run: waitMakesDurable),
            Check(description: "the durable head never passes the appended one, and neither goes back", run: headsRise),
            Check(description: "only durable records are read", run: readsOnlyDurable),
            Check(description: "one can wait for a record that is not there yet", run: waitsForTheFuture),
            Check(description: "a cancelled waiter goes, and the record stays", run: cancelsWaiter),
            Check(description: "many can wait at once", run: manyWait),
        ]
    }

    private static func waitMakesDurable(_ log: any EventLog) async throws {
        try await log.waitUntilDurable(.none)
        for number in 1...20 {
            let last = try log.append(sampleBodies(number...number))
            try await log.waitUntilDurable(last)
            try require(log.head.durable >= last, "the durable head \(log.head.durable) is before \(last)")
            try requireRecords(log, are: sampleBodies(1...number))
        }
        // What is durable stays so, and waiting for it again returns.
        try await log.waitUntilDurable(SequenceNumber(1))
    }

    private static func headsRise(_ log: any EventLog) async throws {
        var before = log.head
        for number in 1...200 {
            try log.append(sampleBodies(number...number))
            let head = log.head
            try require(head.durable <= head.appended, "durable \(head.durable) beyond appended \(head.appended)")
            try require(head.durable >= before.durable, "the durable head went back")
            try requireEqual(head.appended, before.appended.next, "the appended head")
            before = head
            if number % 50 == 0 { try await log.waitUntilDurable(head.appended) }
        }
    }

    private static func readsOnlyDurable(_ log: any EventLog) async throws {
        for number in 1...100 {
            try log.append(sampleBodies(number...number))
            let records = try log.records()
            let durable = log.head.durable
            try require(
                records.count <= Int(durable.value),
                "read \(records.count) records, of which \(durable) durable"
            )
        }
        try await log.waitUntilDurable(SequenceNumber(100))
        try requireRecords(log, are: sampleBodies(1...100))
    }

    private static func waitsForTheFuture(_ log: any EventLog) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask {
                try await log.waitUntilDurable(SequenceNumber(3))
                try require(log.head.durable >= SequenceNumber(3), "the wait returned before the record was there")
            }
            try await Task.sleep(for: .milliseconds(5))
            try await log.waitUntilDurable(log.append(sampleBodies(1...2)))
            try await Task.sleep(for: .milliseconds(5))
            try log.append(sampleBodies(3...4))
            try await group.waitForAll()
        }
    }

    private static func cancelsWaiter(_ log: any EventLog) async throws {
        // Before it waits, and while it waits.
        for delay in [Duration.zero, .milliseconds(5)] {
            let waiter = Task { () async -> AppendError? in
                do throws(AppendError) {
                    try await log.waitUntilDurable(SequenceNumber(2))
                    return nil
                } catch {
                    return error
                }
            }
            if delay > .zero { try await Task.sleep(for: delay) }
            waiter.cancel()
            try requireEqual(await waiter.value, .cancelled, "what a cancelled waiter gets")
        }
        try await log.waitUntilDurable(log.append(sampleBodies(1...2)))
        try requireRecords(log, are: sampleBodies(1...2))
    }

    private static func manyWait(_ log: any EventLog) async throws {
        try await withThrowingTaskGroup { group in
            for number in 1...300 {
                group.addTask {
                    let sequence = SequenceNumber(UInt64(number))
                    try await log.waitUntilDurable(sequence)
                    try require(log.head.durable >= sequence, "woken before \(sequence) was durable")
                }
            }
            for batch in 0..<30 {
                try log.append(sampleBodies((batch * 10 + 1)...(batch * 10 + 10)))
                await Task.yield()
            }
            try await group.waitForAll()
        }
        try requireEqual(log.head.durable, SequenceNumber(300), "the durable head")
    }
}
