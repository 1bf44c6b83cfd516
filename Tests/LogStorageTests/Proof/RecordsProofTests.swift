import EventSourcing
import Foundation
import TestSupport
import Testing

@testable import LogStorage

/// Proofs of several records: right ones hold, here and in Python, and no changed one does.
@Suite struct RecordsProofTests {
    private struct Case: Encodable {
        var key: String
        var text: String
    }

    /// A record of a history: field 7 is the holder plus one, field 8 the version.
    private func body(_ holder: UInt8, _ version: UInt8, _ generator: inout SeededGenerator) -> [UInt8] {
        [0x38, holder + 1, 0x40, version, 0x5A, 20] + generator.bytes(20)
    }

    private func position(_ body: RawSpan) -> HistoryPosition? {
        body.withUnsafeBytes { bytes in
            guard bytes.count > 4, bytes[0] == 0x38, bytes[2] == 0x40 else { return nil }
            return HistoryPosition(holder: UInt64(bytes[1]) - 1, version: UInt64(bytes[3]))
        }
    }

    @Test func `ranges and histories are proven, and nothing else is`() throws {
        var generator = SeededGenerator(seed: 3)
        var options = GoldenLog.options
        options.runsByHand = true
        options.checkpointSigner = Samples.signer
        let log = try SegmentedLog.open(directory: "/a shop", options: options, fileSystem: SimulatedFileSystem())
        var histories: [UInt8: [SequenceNumber]] = [:]
        for _ in 0..<300 {
            let holder = UInt8(generator.below(5))
            let version = UInt8(histories[holder, default: []].count + 1)
            _ = try log.appending([body(holder, version, &generator)], expectedHead: log.head.appended).get()
            histories[holder, default: []].append(log.head.appended)
            log.workByHand()
        }
        let key = try #require(log.checkpointKey)
        var cases: [Case] = []
        var isRight: [Bool] = []
        for round in 0..<80 {
            let size = generator.number(in: 1...300)
            let checkpoint = try log.makeCheckpoint(size: size)
            let document: ProofDocument
            let hasWords = generator.chance(1, in: 2)
            let words: ((SequenceNumber) throws -> String?)? = hasWords ? { "{\"sequence\":\($0)}" } : nil
            if round.isMultiple(of: 2) {
                let first = generator.number(in: 1...size)
                let last = min(size, first + generator.below(30))
                let sequences = (first...last).map { SequenceNumber(UInt64($0)) }
                let hidden = generator.chance(1, in: 3) ? sequences[0] : .none
                document = try log.recordsDocument(
                    of: sequences,
                    claim: .range(sequences[0], sequences[sequences.count - 1]),
                    in: checkpoint,
                    words: words
                ) { $0 == hidden }
            } else {
                let holder = UInt8(generator.below(5))
                let sequences = (histories[holder] ?? []).filter { $0.value <= UInt64(size) }
                guard !sequences.isEmpty else { continue }
                let claim = RecordsProof.Claim.history(holder: UInt64(holder), count: sequences.count)
                document = try log.recordsDocument(of: sequences, claim: claim, in: checkpoint, words: words) { _ in
                    false
                }
            }
            let read = try #require(ProofDocument(document.text))
            #expect(read == document)
            try read.check(key, position: position)
            cases.append(Case(key: key.description, text: document.text))
            isRight.append(true)
            for _ in 0..<8 {
                let changed = change(document.text, &generator)
                guard changed != document.text else { continue }
                let isAccepted = ProofDocument(changed).map { (try? $0.check(key, position: position)) != nil } ?? false
                #expect(!isAccepted, "\(changed)")
                cases.append(Case(key: key.description, text: changed))
                isRight.append(false)
            }
        }
        let answers = try python(cases)
        #expect(answers.count == cases.count)
        for (index, (answer, isRight)) in zip(answers, isRight).enumerated() where (answer == "accepted") != isRight {
            Issue.record("\(answer): \(cases[index].text)")
        }
        #expect(isRight.count { !$0 } > 400)
    }

    @Test func `a history with a version left out, or one of somebody else in it, is not proven`() throws {
        var generator = SeededGenerator(seed: 4)
        var options = GoldenLog.options
        options.runsByHand = true
        options.checkpointSigner = Samples.signer
        let log = try SegmentedLog.open(directory: "/a shop", options: options, fileSystem: SimulatedFileSystem())
        let bodies = [body(0, 1, &generator), body(0, 2, &generator), body(1, 1, &generator), body(0, 3, &generator)]
        _ = try log.appending(bodies, expectedHead: log.head.appended).get()
        log.workByHand()
        let key = try #require(log.checkpointKey)
        let checkpoint = try log.makeCheckpoint()
        func isAccepted(_ numbers: [UInt64], _ claim: RecordsProof.Claim) throws -> Bool {
            let document = try log.recordsDocument(of: numbers.map { SequenceNumber($0) }, claim: claim, in: checkpoint)
            { _ in
                false
            }
            return (try? document.check(key, position: position)) != nil
        }
        #expect(try isAccepted([1, 2, 4], .history(holder: 0, count: 3)))
        #expect(try isAccepted([1, 2], .history(holder: 0, count: 2)))
        #expect(try !isAccepted([1, 4], .history(holder: 0, count: 2)))
        #expect(try !isAccepted([1, 2, 3, 4], .history(holder: 0, count: 4)))
        #expect(try !isAccepted([1, 2], .history(holder: 0, count: 3)))
        #expect(try !isAccepted([1, 2, 4], .history(holder: 1, count: 3)))
        #expect(try !isAccepted([1, 2, 4], .range(SequenceNumber(1), SequenceNumber(4))))
    }

    /// A digit or letter becomes another, or a line goes or is doubled.
    private func change(_ text: String, _ generator: inout SeededGenerator) -> String {
        if generator.chance(1, in: 4) {
            var lines = text.components(separatedBy: "\n")
            let place = generator.below(lines.count - 1)
            if generator.chance(1, in: 2) { lines.remove(at: place) } else { lines.insert(lines[place], at: place) }
            return lines.joined(separator: "\n")
        }
        var characters = Array(text)
        let places = characters.indices.filter {
            characters[$0].isASCII && (characters[$0].isLetter || characters[$0].isNumber)
        }
        let place = generator.pick(places)
        characters[place] = characters[place] == "7" ? "8" : "7"
        return String(characters)
    }

    private func python(_ cases: [Case]) throws -> [String] {
        try withTemporaryDirectory { directory in
            let file = URL(filePath: directory).appending(path: "cases.jsonl")
            let encoder = JSONEncoder()
            try Data(cases.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }.joined().utf8)
                .write(to: file)
            let output = URL(filePath: directory).appending(path: "answers")
            try Data().write(to: output)
            let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "Proof/verify_records.py")
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["python3", "-B", script.path(), "--cases", file.path()]
            process.standardOutput = try FileHandle(forWritingTo: output)
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            return String(decoding: try Data(contentsOf: output), as: UTF8.self).split(separator: "\n")
                .map { String($0) }
        }
    }
}
