import CustomerDomain
import CustomerRecords
import EventSourcing
import Foundation
import TestSupport
import Testing

/// Whether `docs/events.proto` says what is stored: Google's own compiler reads records with it, and writes the same bytes.
@Suite struct EventSchemaConformanceTests {
    private let codec = RecordCodec()

    @Test func `protoc reads every record, clear and personal message, and writes the same bytes`() throws {
        var batch = SchemaBatch()
        try Property.forAll(seeds: 40) { generator in
            for type in EventType.allCases { batch.add(codec.body(generator.recordedEvent(of: type)), type: type) }
        }
        for sample in SampleEvents.all {
            batch.add(codec.body(SampleEvents.record(sample.event)), type: EventType(of: sample.event))
        }
        try batch.check()
    }

    @Test(arguments: GoldenRecord.all(version: 1))
    func `the documented command prints a golden record`(golden: GoldenRecord) throws {
        let text = try Protoc.run(["--decode=patron.v1.Record", "docs/events.proto"], input: golden.body())
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
        #expect(lines.contains("type: \(Protoc.upperSnakeCase(golden.typeName))"))
        #expect(lines.contains(#"actor: "key_01j1pz1300f8xrr7s2w2en7qpk""#))
    }

    @Test func `a message of an event prints with the names of its fields`() throws {
        let order = try #require(SampleEvents.all.first { $0.name == "OrderPlaced" })
        let record = WireMessage(codec.body(SampleEvents.record(order.event)))
        let clear = try #require(record[content: 11])
        let text = try Protoc.run(["--decode=patron.v1.OrderPlaced", "docs/events.proto"], input: clear)
        #expect(
            String(decoding: text, as: UTF8.self)
                .hasPrefix(
                    """
                    number: "536365"
                    currency: "GBP"
                    status: COMPLETED
                    fulfillment_status: DELIVERED
                    payment_method: "card"
                    lines {
                      sku: "85123A"
                      name: "WHITE HANGING HEART T-LIGHT HOLDER"
                      quantity: 6
                      unit_price: 255
                    }

                    """
                )
        )
    }
}

/// Many records and their parts as one message, so that protoc starts twice and not thousands of times.
private struct SchemaBatch {
    private var contents: [String: [[UInt8]]] = [:]

    mutating func add(_ body: [UInt8], type: EventType) {
        let record = WireMessage(body)
        contents["Record", default: []].append(body)
        contents[type.name, default: []].append(record[content: 11] ?? [])
        if let personal = record[content: 12] { contents["\(type.name)Personal", default: []].append(personal) }
    }

    func check() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "patron-schema-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var schema = "syntax = \"proto3\";\nimport \"docs/events.proto\";\nmessage Batch {\n"
        var batch = WireMessage()
        for (index, name) in contents.keys.sorted().enumerated() {
            schema += "  repeated patron.v1.\(name) field\(index) = \(index + 1);\n"
            for content in contents[name] ?? [] { batch.add(UInt64(index + 1), content: content) }
        }
        try (schema + "}\n").write(to: folder.appending(path: "batch.proto"), atomically: true, encoding: .utf8)
        let arguments = ["--proto_path=\(folder.path)", "--proto_path=.", "batch.proto"]
        let text = try Protoc.run(["--decode=Batch"] + arguments, input: batch.bytes)
        let unknown = String(decoding: text, as: UTF8.self).split(separator: "\n")
            .first { $0.drop { $0 == " " }.first?.isNumber == true }
        #expect(unknown == nil, "a field that the schema does not have")
        let again = try Protoc.run(["--encode=Batch", "--deterministic_output"] + arguments, input: text)
        let isSame = again == batch.bytes
        #expect(isSame, "\(Self.firstDifference(again, batch.bytes) ?? "the length differs")")
        #expect(contents.values.reduce(0) { $0 + $1.count } > 1_000)
    }

    private static func firstDifference(_ protoc: [UInt8], _ ours: [UInt8]) -> String? {
        zip(WireMessage(protoc).fields, WireMessage(ours).fields).first { $0.value != $1.value }
            .map {
                "field \($0.number) of the batch: \(GoldenRecord.hex($0.value)) but we \(GoldenRecord.hex($1.value))"
            }
    }
}
