import Crypto
import CustomerDomain
import CustomerService
import EventSourcing
import HTTPTypes

/// Entity tags of what has no version: a digest of what it says.
enum ContentTag {
    /// The opaque part of the tag.
    static func of(_ texts: [String?]) -> String {
        var hash = SHA256()
        for text in texts {
            // Absent and empty differ, and no text can run into the next.
            hash.update(data: Array((text.map { "\($0.utf8.count):\($0)" } ?? "-").utf8))
        }
        return Hexadecimal.text(hash.finalize().prefix(8))
    }
}

extension Call {
    /// Changes what was read before, unless `If-Match` names another one.
    ///
    /// Somebody else's change in between is read again, so that none is lost; with `If-Match` it is a 412.
    ///
    /// - Parameters:
    ///   - read: Reads it.
    ///   - tag: The opaque part of its entity tag.
    ///   - command: What to ask for, of what was read, expecting just that.
    /// - Throws: What both throw, and ``Problem``.
    func change<Value>(
        _ read: () async throws -> Value,
        tag: (Value) -> String,
        _ command: (Value) throws -> Command
    ) async throws {
        let tags = headers[.ifMatch].flatMap { EntityTags($0) }
        for _ in 0..<10 {
            let value = try await read()
            if let tags, !tags.matchesStrongly(tag(value)) {
                throw Problem(.versionMismatch, "It has changed; read it again.", headers: [.eTag: "\"\(tag(value))\""])
            }
            do {
                try await execute(try command(value))
                return
            } catch let error as CommandError {
                guard error == .rejected(.changedMeanwhile) else { throw error }
            }
        }
        throw CommandError.unavailable(.overloaded)
    }
}
