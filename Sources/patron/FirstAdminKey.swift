import CustomerProjections
import CustomerService
import EventSourcing
import Glibc
import Logging

/// Sees to it that somebody can administer an organization.
struct FirstAdminKey {
    let organization: Organization
    let data: String

    /// Makes an admin key when there is none that never expires: for ``Organization/defaultName`` that of `PATRON_API_KEY` when it is
    /// set, otherwise a random one, which is printed and kept in a file.
    ///
    /// - Throws: ``StartFailure``, or `CommandError`.
    func prepare(_ logger: Logger) async throws {
        guard organization.peek({ state, _ in state.adminKeyCount }) == 0 else { return }
        if case .readOnly? = organization.status.refusal {
            logger.error("what can be read of the log holds no admin key: every request gets 401")
            return
        }
        let isDefault = organization.name == Organization.defaultName
        if isDefault, let given = getenv("PATRON_API_KEY").map({ String(cString: $0) }), !given.isEmpty {
            guard given.utf8.count <= 500, given.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw StartFailure(
                    code: 2,
                    "PATRON_API_KEY must be at most 500 visible ASCII characters without blanks"
                )
            }
            if given.utf8.count < 20 { logger.warning("PATRON_API_KEY is short enough to be guessed") }
            _ = try await organization.createFirstAdminKey(secret: Secret(given))
            return
        }
        let file = AdminKeyFile(directory: isDefault ? data : data + "/organizations/" + organization.name)
        // The file comes first: a stop in between must not leave a key that nobody knows.
        let secret = file.read() ?? organization.identifiers.nextSecret()
        if file.read() == nil { try file.write(secret) }
        _ = try await organization.createFirstAdminKey(secret: secret)
        let whose = isDefault ? "admin key" : "admin key of organization \(organization.name)"
        printError("\(whose), shown this once and kept in \(file.path): \(secret.text)")
    }
}
