/// Why a server did not do what a tool asked.
public struct ControlFailure: Error, Hashable, Sendable, Codable {
    /// The kinds of failure, for programs to tell apart.
    public enum Code: String, Hashable, Sendable, Codable {
        /// The request cannot be understood.
        case badRequest
        /// The server does not know the verb.
        case unknownVerb
        /// The server does not have the organization.
        case unknownOrganization
        /// Too many tools ask at once.
        case busy
        /// The work failed.
        case failed
        /// The tool went away, or the server stops.
        case cancelled
        /// Nobody listens at the socket, or the connection broke.
        case notConnected
    }

    /// The kind of failure.
    public var code: Code
    /// What happened and what to do.
    public var message: String

    /// A failure.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension ControlFailure: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}
