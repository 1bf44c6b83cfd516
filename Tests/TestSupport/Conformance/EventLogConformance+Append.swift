import EventSourcing

extension EventLogConformance {
    static var appendChecks: [Check] {
        [
            Check(description: "records are numbered 1, 2, 3 without gaps", run: numbersWithoutGaps),
            Check(description: "an append with another expected head is refused and takes nothing", run: expectsHead),
            Check(description: "an empty batch does nothing", run: ignoresEmptyBatch),
            Check(description: "an empty batch with another expected head is refused", run: checksHeadOfEmptyBatch),
            Check(description: "records of any size come back byte for byte", run: keepsBytes),
            Check(description: "too large a batch is refused and takes nothing", run: refusesLargeBatch),
            Check(description: "concurrent appenders each get their batch whole", run: keepsConcurrentBatchesWhole),
        ]
    }

    private static func numbersWithoutGaps(_ log: any EventLog) async throws {
        try requireEqual(log.head, LogHead(appended: .none, durable: .none), "the head of an empty log")
        let first = try log.append(sampleBodies(1...3))
        try requireEqual(first, SequenceNumber(3), "the last record of the first batch")
        let second = try log.append(sampleBodies(4...4))
        try requireEqual(second, SequenceNumber(4), "the last record of the second batch")
        try requireEqual(log.head.appended, second, "the appended head")
        try await log.waitUntilDurable(second)
        try requireRecords(log, are: sampleBodies(1...4))
    }

    private static func expectsHead(_ log: any EventLog) async throws {
        let head = try log.append(sampleBodies(1...2))
        for wrong in [SequenceNumber.none, SequenceNumber(1), SequenceNumber(3)] {
            try await requireError(.unexpectedHead(actual: head)) { () throws(AppendError) in
                try log.append(RecordBatch(sampleBodies(9...9)), expectedHead: wrong)
            }
        }
        try requireEqual(log.head.appended, head, "the head after refused appends")
        try await log.waitUntilDurable(log.append(sampleBodies(3...3)))
        try requireRecords(log, are: sampleBodies(1...3))
    }

    private static func ignoresEmptyBatch(_ log: any EventLog) async throws {
        try requireEqual(log.append([]), .none, "the head after an empty batch")
        let head = try log.append(sampleBodies(1...1))
        try requireEqual(log.append([]), head, "the head after an empty batch")
        try await log.waitUntilDurable(head)
        try requireEqual(log.head, LogHead(appended: head, durable: head), "the head")
        try requireRecords(log, are: sampleBodies(1...1))
    }

    private static func checksHeadOfEmptyBatch(_ log: any EventLog) async throws {
        let head = try log.append(sampleBodies(1...1))
        try await requireError(.unexpectedHead(actual: head)) { () throws(AppendError) in
            try log.append(RecordBatch([]), expectedHead: .none)
        }
    }

    private static func keepsBytes(_ log: any EventLog) async throws {
        var generator = SeededGenerator(seed: 1)
        let sizes = [0, 1, 2, 127, 128, 511, 512, 4096, 16_383, 16_384, 70_000]
        let bodies = sizes.map { generator.bytes($0) } + [[], [], [UInt8](repeating: 0, count: 5000)]
        // Together, then each in a batch of its own.
        try log.append(bodies)
        for body in bodies { try log.append([body]) }
        try await log.waitUntilDurable(log.head.appended)
        try requireRecords(log, are: bodies + bodies)
    }

    private static func refusesLargeBatch(_ log: any EventLog) async throws {
        let head = try log.append(sampleBodies(1...1))
        var byteCount = 1 << 20
        while byteCount <= 64 << 20 {
            do throws(AppendError) {
                try log.append([[UInt8](repeating: 7, count: byteCount)])
            } catch {
                guard case .batchTooLarge(let stated, let limit) = error else {
                    throw Violation("expected batchTooLarge, found \(error)")
                }
                try require(stated >= byteCount && limit < stated, "\(stated) bytes are not beyond \(limit)")
                try require(log.head.appended < head.advanced(by: 11), "a refused batch was taken")
                let next = try log.append(sampleBodies(2...2))
                try await log.waitUntilDurable(next)
                try requireRecords(log, from: next, are: sampleBodies(2...2))
                return
            }
            // Let it reach the storage, so that the log is not merely overloaded in the end.
            try await log.waitUntilDurable(log.head.appended)
            byteCount *= 4
        }
        throw Violation("a batch of 64 MiB is not too large")
    }

    private static func keepsConcurrentBatchesWhole(_ log: any EventLog) async throws {
        let appenders = 8
        let batches = 25
        try await withThrowingTaskGroup { group in
            for appender in 0..<appenders {
                group.addTask {
                    for batch in 0..<batches {
                        try await append(batchBodies(appender, batch), to: log)
                    }
                }
            }
            try await group.waitForAll()
        }
        try requireEqual(log.head.durable, log.head.appended, "the durable head when all waited")
        let records = try log.records()
        for (index, record) in records.enumerated() {
            try requireEqual(record.sequence, SequenceNumber(UInt64(index + 1)), "the sequence number at \(index)")
        }
        var bodies = records.map { String(decoding: $0.body, as: UTF8.self) }[...]
        var nextBatch = [Int](repeating: 0, count: appenders)
        while let body = bodies.first {
            guard let appender = body.split(separator: " ").first.flatMap({ Int($0) }), appender < appenders else {
                throw Violation("a record nobody wrote: \(body)")
            }
            let expected = batchBodies(appender, nextBatch[appender]).map { String(decoding: $0, as: UTF8.self) }
            try requireEqual(Array(bodies.prefix(expected.count)), expected, "the next batch of appender \(appender)")
            bodies = bodies.dropFirst(expected.count)
            nextBatch[appender] += 1
        }
        try requireEqual(nextBatch, [Int](repeating: batches, count: appenders), "the batches of each appender")
    }

    private static func batchBodies(_ appender: Int, _ batch: Int) -> [[UInt8]] {
        (0...(batch % 4)).map { Array("\(appender) \(batch) \($0)".utf8) }
    }

    /// Appends against others, and waits.
    private static func append(_ bodies: [[UInt8]], to log: any EventLog) async throws {
        let batch = RecordBatch(bodies)
        // Each refusal means that somebody else's append succeeded, so there is an end to it.
        for _ in 0..<100_000 {
            do throws(AppendError) {
                let last = try log.append(batch, expectedHead: log.head.appended)
                return try await log.waitUntilDurable(last)
            } catch {
                switch error {
                case .unexpectedHead: continue
                case .overloaded: await Task.yield()
                default: throw error
                }
            }
        }
        throw Violation("an appender never got through")
    }
}
