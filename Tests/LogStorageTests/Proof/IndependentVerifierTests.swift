import EventSourcing
import Foundation
import TestSupport
import Testing

@testable import LogStorage

/// `Tests/Proof/verify.py`, written from the RFCs, is of one mind with us about thousands of proofs, right and wrong.
@Suite struct IndependentVerifierTests {
    private struct Case: Encodable {
        var kind: String
        var body: String?
        var index: Int?
        var oldSize: Int?
        var oldRoot: String?
        var size: Int?
        var root: String?
        var path: [String]?
        var key: String?
        var text: String?
    }

    private struct Verdicts {
        var cases: [Case] = []
        var isAccepted: [Bool] = []

        mutating func add(_ value: Case, _ accepted: Bool) {
            cases.append(value)
            isAccepted.append(accepted)
        }
    }

    @Test func `the verifier in Python accepts what is right and rejects what is not`() throws {
        var verdicts = Verdicts()
        var generator = SeededGenerator(seed: 11)
        try addTrees(to: &verdicts, &generator)
        try addDocuments(to: &verdicts, &generator)
        let answers = try run(verdicts.cases)
        #expect(answers.count == verdicts.cases.count)
        var wrongCount = 0
        for (index, (answer, isAccepted)) in zip(answers, verdicts.isAccepted).enumerated()
        where (answer == "accepted") != isAccepted {
            wrongCount += 1
            if wrongCount <= 5 { Issue.record("\(answer): \(verdicts.cases[index])") }
        }
        #expect(wrongCount == 0)
        let acceptedCount = verdicts.isAccepted.count { $0 }
        #expect(acceptedCount > 2000 && verdicts.isAccepted.count - acceptedCount > 2000)
    }

    // MARK: Cases

    /// Inclusion and consistency in trees of up to some thousand leaves, each once right and once wrong.
    private func addTrees(to verdicts: inout Verdicts, _ generator: inout SeededGenerator) throws {
        let bodies = (0..<3000).map { _ in body(&generator) }
        let leaves = bodies.map { RecordLeaf.hash($0.span.bytes) }
        var tree = MerkleTree()
        for leaf in leaves { tree.append(leaf) }
        let source = { @Sendable (range: Range<Int>) in Array(leaves[range]) }
        for round in 0..<1500 {
            let size = round < 700 ? generator.number(in: 1...40) : generator.number(in: 1...3000)
            let root = try tree.root(at: size, leaves: source)
            let index = generator.below(size)
            let path = try tree.inclusionPath(of: index, in: size, leaves: source)
            var inclusion = Case(kind: "inclusion")
            inclusion.body = Hexadecimal.text(bodies[index])
            inclusion.index = index
            inclusion.size = size
            inclusion.root = "\(root)"
            inclusion.path = path.map(\.description)
            verdicts.add(inclusion, true)
            verdicts.add(changed(inclusion, &generator), false)
            let old = generator.number(in: 1...size)
            var consistency = Case(kind: "consistency")
            consistency.oldSize = old
            consistency.oldRoot = "\(try tree.root(at: old, leaves: source))"
            consistency.size = size
            consistency.root = "\(root)"
            consistency.path = try tree.consistencyPath(from: old, to: size, leaves: source).map(\.description)
            verdicts.add(consistency, true)
            verdicts.add(changed(consistency, &generator), false)
        }
    }

    /// Records, husks, and what only looks like a husk; long enough that no two are the same.
    private func body(_ generator: inout SeededGenerator) -> [UInt8] {
        switch generator.below(4) {
        case 0: [0x08, 1, 0x10, generator.chance(1, in: 2) ? 5 : 0x85, 0x72, 32] + generator.bytes(32)
        case 1: [0x08, 1] + generator.bytes(generator.number(in: 12...60))
        default: generator.bytes(generator.number(in: 12...60))
        }
    }

    private func changed(_ value: Case, _ generator: inout SeededGenerator) -> Case {
        var value = value
        let size = value.size ?? 1
        switch generator.below(7) {
        case 0: value.root = flipped(value.root ?? "", &generator)
        case 1 where value.oldRoot != nil: value.oldRoot = flipped(value.oldRoot ?? "", &generator)
        case 2 where !(value.path ?? []).isEmpty: value.path?.removeLast()
        case 3 where !(value.path ?? []).isEmpty:
            var path = value.path ?? []
            let place = generator.below(path.count)
            path[place] = flipped(path[place], &generator)
            value.path = path
        case 4 where value.body != nil && !isHusk(value): value.body = flipped(value.body ?? "", &generator)
        case 5 where size > 1:
            let step = 1 + generator.below(size - 1)
            value.index = value.index.map { ($0 + step) % size }
            value.oldSize = value.oldSize.map { ($0 - 1 + step) % size + 1 }
        default: value.path?.append("\(MerkleHash.emptyRoot)")
        }
        return value
    }

    /// Of a husk only one field is proven.
    private func isHusk(_ value: Case) -> Bool { value.body?.hasPrefix("0801") ?? false }

    private func flipped(_ hex: String, _ generator: inout SeededGenerator) -> String {
        var characters = Array(hex)
        let place = generator.below(characters.count)
        characters[place] = characters[place] == "0" ? "1" : "0"
        return String(characters)
    }

    /// Whole documents, each once right and once with a changed byte; few, because Ed25519 in Python is slow.
    private func addDocuments(to verdicts: inout Verdicts, _ generator: inout SeededGenerator) throws {
        var options = GoldenLog.options
        options.runsByHand = true
        options.checkpointSigner = Samples.signer
        let log = try SegmentedLog.open(directory: "/a shop", options: options, fileSystem: SimulatedFileSystem())
        for _ in 0..<12 {
            let bodies = (0..<20).map { _ in body(&generator) }
            _ = try log.appending(bodies, expectedHead: log.head.appended).get()
            log.workByHand()
        }
        let key = try #require(log.checkpointKey)
        for _ in 0..<200 {
            let size = generator.number(in: 1...240)
            let first = generator.number(in: 1...size)
            let checkpoint = try log.makeCheckpoint(size: size)
            let document =
                generator.chance(1, in: 2)
                ? try log.inclusionDocument(of: SequenceNumber(UInt64(first)), in: checkpoint)
                : try log.consistencyDocument(from: log.makeCheckpoint(size: first), to: checkpoint)
            verdicts.add(Case(kind: "document", key: key.description, text: document.text), true)
            // A digit or letter becomes another: in a hash, a number, a name or a signature.
            var text = Array(document.text)
            let places = text.indices.filter { text[$0].isASCII && (text[$0].isLetter || text[$0].isNumber) }
            let place = generator.pick(places)
            text[place] = text[place] == "7" ? "8" : "7"
            let changed = String(text)
            let ours = ProofDocument(changed).map { (try? $0.check(key)) != nil } ?? false
            try #require(!ours)
            verdicts.add(Case(kind: "document", key: key.description, text: changed), false)
        }
    }

    // MARK: Python

    private func run(_ cases: [Case]) throws -> [String] {
        try withTemporaryDirectory { directory in
            let file = URL(filePath: directory).appending(path: "cases.jsonl")
            let encoder = JSONEncoder()
            let lines = try cases.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }
            try Data(lines.joined().utf8).write(to: file)
            let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "Proof/verify.py")
            let output = URL(filePath: directory).appending(path: "answers")
            try Data().write(to: output)
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["python3", script.path(), "--cases", file.path()]
            process.standardOutput = try FileHandle(forWritingTo: output)
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0)
            return try String(contentsOf: output, encoding: .utf8).split(separator: "\n").map(String.init)
        }
    }
}
