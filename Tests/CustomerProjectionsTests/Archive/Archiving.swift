import CustomerProjections
import Dispatch
import Synchronization
import TestSupport

/// Bytes that a sink was given.
final class ByteSink: Sendable {
    private let kept = Mutex<[UInt8]>([])

    var bytes: [UInt8] { kept.withLock { $0 } }

    func take(_ span: RawSpan) {
        span.withUnsafeBytes { piece in kept.withLock { $0 += piece } }
    }
}

extension OrganizationState {
    /// The state's archive, whole.
    func archived() throws -> [UInt8] {
        let sink = ByteSink()
        try archive { sink.take($0) }
        return sink.bytes
    }

    /// The state of an archive, given in pieces of this size.
    static func loaded(
        _ bytes: [UInt8],
        pieceByteCount: Int = 1 << 16,
        stateHash: [UInt8]? = nil,
        beside: Beside = Self.inPlace
    ) throws -> OrganizationState {
        let position = Mutex(0)
        return try OrganizationState(archiveByteCount: bytes.count, stateHash: stateHash, beside: beside) {
            position.withLock { start in
                let end = min(bytes.count, start + pieceByteCount)
                defer { start = end }
                return Array(bytes[start..<end])
            }
        }
    }
}

/// Work on another thread, as a service does it.
func onThread(_ work: @escaping @Sendable () -> Void) -> () -> Void {
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group, execute: work)
    return { group.wait() }
}
