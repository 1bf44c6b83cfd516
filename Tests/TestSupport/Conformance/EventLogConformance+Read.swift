import EventSourcing

extension EventLogConformance {
    static var readChecks: [Check] {
        [
            Check(description: "reads stay within their bounds", run: readsWithinBounds),
            Check(description: "a read ends when the visitor says so", run: stopsReading),
            Check(description: "a read throws what the visitor throws", run: throwsFromVisitor),
            Check(description: "reads and appends do not disturb one another", run: readsWhileAppending),
            Check(description: "following visits what is there and what comes", run: follows),
            Check(description: "a cancelled follower stops", run: cancelsFollower),
        ]
    }

    private static func readsWithinBounds(_ log: any EventLog) async throws {
        // Of several batches, so that bounds fall inside and between them.
        for batch in 0..<10 {
            try log.append(sampleBodies((batch * 7 + 1)...(batch * 7 + 7)))
        }
        try await log.waitUntilDurable(SequenceNumber(70))
        for first in [1, 2, 7, 8, 35, 69, 70] {
            for last in [1, 6, 7, 8, 36, 69, 70] where last >= first {
                let (start, end) = (SequenceNumber(UInt64(first)), SequenceNumber(UInt64(last)))
                try requireRecords(log, from: start, through: end, are: sampleBodies(first...last))
            }
        }
        try requireRecords(log, from: .none, are: sampleBodies(1...70), startingAt: SequenceNumber(1))
        try requireRecords(log, from: SequenceNumber(65), through: SequenceNumber(99), are: sampleBodies(65...70))
        try requireRecords(log, from: SequenceNumber(71), are: [])
        try requireRecords(log, from: SequenceNumber(1000), through: SequenceNumber(2000), are: [])
        try requireRecords(log, from: SequenceNumber(9), through: SequenceNumber(8), are: [])
        try requireRecords(log, from: SequenceNumber(1), through: SequenceNumber.none, are: [])
    }

    private static func stopsReading(_ log: any EventLog) async throws {
        try await log.waitUntilDurable(log.append(sampleBodies(1...5)))
        var visited: [UInt64] = []
        try log.read(from: SequenceNumber(2), through: nil) { sequence, _ in
            visited.append(sequence.value)
            return sequence.value < 4
        }
        try requireEqual(visited, [2, 3, 4], "the records visited")
    }

    private static func throwsFromVisitor(_ log: any EventLog) async throws {
        struct Stop: Error {}
        try await log.waitUntilDurable(log.append(sampleBodies(1...5)))
        var visitCount = 0
        do {
            try log.read(from: SequenceNumber(1), through: nil) { _, _ in
                visitCount += 1
                throw Stop()
            }
        } catch is Stop {
            return try requireEqual(visitCount, 1, "the records visited")
        }
        throw Violation("the read went on")
    }

    private static func readsWhileAppending(_ log: any EventLog) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask {
                for batch in 0..<200 {
                    let last = try log.append(sampleBodies((batch * 5 + 1)...(batch * 5 + 5)))
                    if batch % 10 == 9 { try await log.waitUntilDurable(last) }
                }
                try await log.waitUntilDurable(log.head.appended)
            }
            group.addTask {
                var seen = 0
                for _ in 0..<100_000 where seen < 1000 {
                    let durable = Int(log.head.durable.value)
                    let records = try log.records()
                    try require(records.count >= max(durable, seen), "a durable record is not there")
                    try requireEqual(
                        records.map(\.body),
                        records.isEmpty ? [] : sampleBodies(1...records.count),
                        "the bodies"
                    )
                    seen = records.count
                    await Task.yield()
                }
                try requireEqual(seen, 1000, "the records seen in the end")
            }
            try await group.waitForAll()
        }
    }

    private static func follows(_ log: any EventLog) async throws {
        try await log.waitUntilDurable(log.append(sampleBodies(1...5)))
        // A log that does not give back what it took would be followed for ever.
        try requireRecords(log, are: sampleBodies(1...5))
        let follower = Task {
            var visited: [[UInt8]] = []
            try await log.follow(from: SequenceNumber(3)) { sequence, body in
                try requireEqual(sequence, SequenceNumber(UInt64(visited.count + 3)), "the followed sequence number")
                visited.append(body.withUnsafeBytes { [UInt8]($0) })
                return sequence < SequenceNumber(60)
            }
            return visited
        }
        for number in 6...70 {
            try log.append(sampleBodies(number...number))
            if number % 9 == 0 { await Task.yield() }
        }
        let visited = try await follower.value
        try requireEqual(visited, sampleBodies(3...60), "the bodies followed")
    }

    private static func cancelsFollower(_ log: any EventLog) async throws {
        try await log.waitUntilDurable(log.append(sampleBodies(1...2)))
        try requireRecords(log, are: sampleBodies(1...2))
        let follower = Task { () async -> (any Error)? in
            do {
                try await log.follow(from: SequenceNumber(1)) { _, _ in true }
                return nil
            } catch {
                return error
            }
        }
        try await Task.sleep(for: .milliseconds(5))
        follower.cancel()
        try requireEqual(await follower.value as? AppendError, .cancelled, "what ended the follower")
    }
}
