import ArgumentParser
import CustomerDomain
import CustomerService
import Foundation
import LogStorage

/// The command `patronctl organization`.
struct OrganizationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organization",
        abstract: "Makes and lists the organizations of a data directory.",
        subcommands: [OrganizationCreate.self, OrganizationList.self]
    )
}

/// The command `patronctl organization create`.
struct OrganizationCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Makes an organization with its first admin key, which is printed once.",
        discussion: """
            No server may run on the directory: stop it before, and start it after, which then serves the new \
            organization, too. Exit status: 0 made, 2 wrong usage, or it is there already, 3 a server runs.

            Example: patronctl organization create --data /var/lib/patron shop-two
            """
    )

    @Option(help: "The data directory.")
    var data: String
    @OptionGroup var masterKey: MasterKeyOptions
    @Option(help: "What people call it.")
    var displayName: String?
    @Flag(help: "Make the role templates that fit most shops, too.")
    var roles = false
    @Flag(help: "Print one JSON object.")
    var json = false
    @Argument(help: "Its name: letters, digits, '-', '_' and '.'.")
    var name: String

    func validate() throws {
        try checkOrganizationName(name)
    }

    func run() async throws {
        try await ToolFailure.catching {
            let directory = try DataDirectory.open(data, program: "patronctl")
            defer { directory.close() }
            guard try !DataDirectory.organizations(in: data).contains(name) else {
                throw ToolFailure(.usage, "there is an organization \(name) in \(data) already")
            }
            let organization = try Organization.open(name, in: directory, masterKeys: masterKey.keys())
            defer { organization.close() }
            let secret = try await organization.createFirstAdminKey(secret: nil)
            let scope = Scope.local(tool: "patronctl", organization: name)
            if let displayName {
                let settings = OrganizationSettings(displayName: displayName)
                _ = try await organization.execute(.configureOrganization(settings), scope: scope)
            }
            for preset in roles ? RolePreset.allCases : [] {
                let role = RoleTemplate(
                    id: organization.identifiers.next(),
                    name: preset.name,
                    permissions: preset.permissions
                )
                _ = try await organization.execute(.defineRole(role), scope: scope)
            }
            var object = JSONText()
            object.add("organization", name)
            object.add("adminKey", secret?.text)
            print(
                json
                    ? object.closed
                    : """
                    made organization \(name)
                    admin key, shown this once: \(secret?.text ?? "-")
                    """
            )
        }
    }
}

/// The command `patronctl organization list`.
struct OrganizationList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the organizations of a data directory, one a line.",
        discussion: """
            Only reads, and works beside a running server.

            Example: patronctl organization list --data /var/lib/patron
            """
    )

    @Option(help: "The data directory.")
    var data: String
    @Flag(help: "Print one JSON object a line.")
    var json = false

    func run() async throws {
        try await ToolFailure.catching {
            for name in try DataDirectory.organizations(in: data) {
                var object = JSONText()
                object.add("organization", name)
                print(json ? object.closed : name)
            }
        }
    }
}
