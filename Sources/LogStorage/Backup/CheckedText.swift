import Crypto
import EventSourcing

/// Lines of text whose last one, `sha256 …`, is the digest of all before it, so that every changed byte shows.
enum CheckedText {
    private static let mark = "sha256 "

    static func encode(_ lines: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for line in lines { bytes += Array((line + "\n").utf8) }
        bytes += Array((mark + Hexadecimal.text(bytes.sha256) + "\n").utf8)
        return bytes
    }

    /// Whether the text still ends with a digest, but for one byte perhaps.
    static func hasDigest(_ bytes: [UInt8]) -> Bool {
        let end = bytes.suffix(mark.utf8.count + 64 + 1)
        let form = Array(mark.utf8) + [UInt8](repeating: 0, count: 64) + [0x0a]
        let isDigit = { (byte: UInt8) in Hexadecimal.digits.contains(byte) }
        return end.count == form.count && zip(end, form).count { $1 == 0 ? !isDigit($0) : $0 != $1 } <= 1
    }

    /// The lines before the digest; `nil` when a byte is not what was written.
    static func decode(_ bytes: [UInt8]) -> [String]? {
        guard let text = String(validating: bytes, as: UTF8.self), text.hasSuffix("\n") else { return nil }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        lines.removeLast()
        guard !lines.isEmpty else { return nil }
        lines.removeLast()
        return encode(lines) == bytes ? lines : nil
    }
}

extension Hexadecimal {
    /// Whether `text` is a SHA-256 as ``text(_:)`` writes it.
    static func isSHA256(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

extension [UInt8] {
    /// The SHA-256 of the bytes.
    var sha256: [UInt8] {
        var digest = SHA256()
        digest.update(self)
        return digest.bytes
    }
}
