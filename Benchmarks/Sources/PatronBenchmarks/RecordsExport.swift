import ArgumentParser
import CustomerDomain
import CustomerRecords
import EventSourcing
import Foundation
import LogStorage

/// The records of a log as rows for another store, so that their sizes can be compared.
struct RecordsExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "records",
        abstract:
            "Write the records as rows for other stores: sequence, customer, type, time, body."
    )

    @Argument(help: "A data directory.")
    var directory: String

    @Argument(help: "The file to write.")
    var file: String

    func run() throws {
        let log = try SegmentedLog.openReadOnly(
            directory: DataDirectory.organizationDirectory("default", in: directory)
        )
        defer { log.close() }
        guard let output = OutputStream(toFileAtPath: file, append: false) else {
            throw MeasureError(text: "cannot write \(file)")
        }
        output.open()
        defer { output.close() }
        let codec = RecordCodec()
        var bytes: [UInt8] = []
        try log.read(from: SequenceNumber(1), through: nil) { sequence, body in
            let envelope = try codec.envelope(body, sequence: sequence)
            let customer = envelope.customer.map { String($0.value) } ?? "\\N"
            bytes.append(contentsOf: "\(sequence.value)\t\(customer)\t\(envelope.typeNumber)\t".utf8)
            bytes.append(contentsOf: "\(envelope.recordedAt.microseconds)\t\\\\x".utf8)
            for index in 0..<body.byteCount {
                let byte = body.unsafeLoad(fromByteOffset: index, as: UInt8.self)
                bytes.append(digit(byte >> 4))
                bytes.append(digit(byte & 15))
            }
            bytes.append(UInt8(ascii: "\n"))
            if bytes.count > 1 << 20 { try flush(&bytes, to: output) }
            return true
        }
        try flush(&bytes, to: output)
        print("\(log.statistics.storedBytes) \(log.statistics.events) \(log.statistics.rawBytes)")
    }

    private func digit(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 + nibble : 0x57 + nibble }

    private func flush(_ bytes: inout [UInt8], to output: OutputStream) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBufferPointer { buffer in
                buffer.baseAddress.map { output.write($0 + written, maxLength: buffer.count - written) } ?? -1
            }
            guard count > 0 else { throw MeasureError(text: "cannot write \(file)") }
            written += count
        }
        bytes.removeAll(keepingCapacity: true)
    }
}
