import ArgumentParser
import CustomerHTTP
import CustomerProjections
import CustomerService
import EventSourcing
import Glibc
import LogStorage
import Logging
import ServiceLifecycle
import UnixSignals

/// `patron serve`: opens a data directory and answers over HTTP until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the customers of a data directory over HTTP.",
        discussion: """
            The first start makes organization default and an admin key: the value of PATRON_API_KEY, or a random one, \
            which is printed once and kept in DIR/admin.key. Logs go to standard error. SIGTERM and SIGINT finish what \
            was taken and sync. Exit codes: 0 stopped, 2 usage, 3 the directory is in use, 4 it cannot be read.
            """
    )

    /// After how long a stop no longer waits for requests.
    static let maximumStopTime = Duration.seconds(20)

    @Option(name: .customLong("data"), help: ArgumentHelp("The data directory; made when missing.", valueName: "dir"))
    var data: String

    @Option(help: ArgumentHelp("An organization to serve, as often as needed; all when absent.", valueName: "name"))
    var organization: [String] = []

    @Option(help: "The name or address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 picks one.")
    var port = 8_080

    @OptionGroup var masterKey: MasterKeyOptions

    @Option(help: ArgumentHelp("Take a snapshot after so many events; 0 for never.", valueName: "count"))
    var snapshotEvents = SnapshotPolicy().eventCount

    @Option(help: ArgumentHelp("Take a snapshot after so many bytes of records; 0 for never.", valueName: "count"))
    var snapshotBytes = SnapshotPolicy().byteCount

    @Option(help: ArgumentHelp("Keep so many states of the past in memory for auditors.", valueName: "count"))
    var pastStates = PastLimits().stateCount

    @OptionGroup(title: "Tokens (JWT)") var tokens: TokenOptions

    @OptionGroup(title: "Limits of what clients may ask") var rates: RateOptions

    @Option(help: ArgumentHelp("Work on so many jobs (exports, imports, bulk changes) at a time.", valueName: "count"))
    var jobs = JobLimits().runningCount

    @Option(help: ArgumentHelp("Keep the files of jobs for so many days.", valueName: "days"))
    var jobDays = JobLimits().keptDays

    @Flag(
        help:
            "Let webhooks be sent to private addresses, by http and to any port, too: for tests and networks of one's own."
    )
    var webhooksAllowPrivate = false

    @Flag(help: "Take a client's address from the last entry of X-Forwarded-For, which the proxy in front must add.")
    var behindProxy = false

    mutating func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535") }
        guard snapshotEvents >= 0, snapshotBytes >= 0 else {
            throw ValidationError("--snapshot-events and --snapshot-bytes must not be negative")
        }
        guard pastStates >= 1 else { throw ValidationError("--past-states must be at least 1") }
        if let name = organization.first(where: { !OpenOrganizations.isName($0) }) {
            throw ValidationError("--organization: '\(name)' is no name: letters, digits, '-', '_' and '.'")
        }
        guard Set(organization).count == organization.count else {
            throw ValidationError("--organization must not name one twice")
        }
        guard jobs >= 1 else { throw ValidationError("--jobs must be at least 1") }
        guard (1...365).contains(jobDays) else { throw ValidationError("--job-days must be from 1 to 365") }
        guard !data.isEmpty else { throw ValidationError("--data must name a directory") }
    }

    /// Serves until a signal.
    ///
    /// - Throws: ``StartFailure``.
    mutating func run() async throws {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        let logger = Logger(label: "patron")
        do {
            let tokens = try tokens.rules()
            let directory = try DataDirectory.open(data, program: "patron serve")
            defer { directory.close() }
            let source = try masterKey.source()
            let organizations = try OpenOrganizations(organization, in: directory, masterKeys: source.keys()) {
                logOptions($0, logger)
            }
            for (name, error) in organizations.failures {
                logger.error(
                    """
                    organization \(name) cannot be opened, and the others are served: \(error); \
                    type: patronctl verify --data \(data) --organization \(name)
                    """
                )
            }
            for organization in organizations.open {
                report(organization, logger, "opened")
                try await FirstAdminKey(organization: organization, data: data).prepare(logger)
            }
            try await serve(organizations, source, tokens, logger)
            for organization in organizations.open { report(organization, logger, "stopped") }
        } catch let failure as StartFailure {
            throw failure
        } catch {
            throw StartFailure(error)
        }
    }

    /// The limits of the log, and what it does when its check in the background finds damage.
    private func logOptions(_ name: String, _ logger: Logger) -> LogOptions {
        var options = LogOptions()
        options.reportFinding = { [data] finding in
            logger.error(
                """
                damage: \(finding); commands are still taken; \
                type: patronctl verify --data \(data)\(name == Organization.defaultName ? "" : " --organization \(name)")
                """
            )
        }
        return options
    }

    private func serve(
        _ organizations: OpenOrganizations,
        _ source: MasterKeySource,
        _ tokens: TokenRules?,
        _ logger: Logger
    ) async throws {
        defer { organizations.close() }
        let address = host.contains(":") ? "[\(host)]" : host
        let application = PatronAPI(
            organizations: organizations.open,
            unavailable: organizations.failures.map(\.name),
            limits: rates.limits(host: host, isBehindProxy: behindProxy),
            isBehindProxy: behindProxy,
            tokens: tokens
        )
        .application(host: host, port: port, logger: logger) { port in
            write("listening on http://\(address):\(port)\n", to: STDOUT_FILENO)
        }
        typealias Service = ServiceGroupConfiguration.ServiceConfiguration
        var services = [Service(service: application)]
        for organization in organizations.open {
            organization.setPastLimits(PastLimits(stateCount: pastStates))
            organization.setJobLimits(JobLimits(runningCount: jobs, keptDays: jobDays))
            let snapshots = SnapshotService(organization: organization, policy: snapshotPolicy, logger: logger)
            let schedule = ScheduleService(organization: organization, logger: logger)
            services.append(Service(service: snapshots, successTerminationBehavior: .ignore))
            let jobs = JobService(organization: organization, logger: logger)
            services.append(Service(service: schedule, successTerminationBehavior: .ignore))
            services.append(Service(service: jobs, successTerminationBehavior: .ignore))
            let segments = SegmentService(organization: organization, logger: logger)
            services.append(Service(service: segments, successTerminationBehavior: .ignore))
            organization.setWebhookPost(.http(allowsPrivate: webhooksAllowPrivate))
            let webhooks = WebhookService(organization: organization, logger: logger)
            services.append(Service(service: webhooks, successTerminationBehavior: .ignore))
            services.append(Service(service: StatusWatch(organization: organization, data: data, logger: logger)))
        }
        let control = ControlService(
            organizations: organizations.open,
            data: data,
            masterKey: source,
            logger: logger
        )
        services.append(Service(service: control))
        if let tokens { services.append(Service(service: TokenKeyWatch(tokens: tokens, logger: logger))) }
        var configuration = ServiceGroupConfiguration(
            services: services,
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = Self.maximumStopTime
        try await ServiceGroup(configuration: configuration).run()
    }

    private var snapshotPolicy: SnapshotPolicy {
        var policy = SnapshotPolicy()
        policy.eventCount = snapshotEvents
        policy.byteCount = snapshotBytes
        return policy
    }

    /// Says what opening found, and which state the log led to.
    private func report(_ organization: Organization, _ logger: Logger, _ what: String) {
        let status = organization.status
        if what == "opened" {
            for line in status.recoveryLines { logger.warning("recovery: \(line)") }
            for line in status.damageLines { logger.error("damage: \(line)") }
            for message in StatusMessage.changes(from: nil, to: status, data: data) { message.log(logger) }
        }
        let (head, hash) = organization.peek { state, _ in (state.head, state.stateHash()) }
        logger.info(
            "\(what) organization \(organization.name) at sequence \(head), state hash \(Hexadecimal.text(hash))"
        )
    }
}
