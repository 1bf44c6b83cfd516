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
            let directory = try DataDirectory.open(data, program: "patron serve")
            defer { directory.close() }
            let source = try masterKey.source()
            let organization = try Organization.open(
                in: directory,
                options: logOptions(logger),
                masterKeys: source.keys()
            )
            report(organization, logger, "opened")
            try await prepareAdminKey(organization, logger)
            try await serve(organization, source, logger)
            report(organization, logger, "stopped")
        } catch let failure as StartFailure {
            throw failure
        } catch {
            throw StartFailure(error)
        }
    }

    /// The limits of the log, and what it does when its check in the background finds damage.
    private func logOptions(_ logger: Logger) -> LogOptions {
        var options = LogOptions()
        options.reportFinding = { [data] finding in
            logger.error("damage: \(finding); commands are still taken; type: patronctl verify --data \(data)")
        }
        return options
    }

    private func serve(_ organization: Organization, _ source: MasterKeySource, _ logger: Logger) async throws {
        defer { organization.close() }
        let address = host.contains(":") ? "[\(host)]" : host
        let application = PatronAPI(organization: organization, isBehindProxy: behindProxy)
            .application(host: host, port: port, logger: logger) { port in
                write("listening on http://\(address):\(port)\n", to: STDOUT_FILENO)
            }
        organization.setPastLimits(PastLimits(stateCount: pastStates))
        organization.setJobLimits(JobLimits(runningCount: jobs, keptDays: jobDays))
        organization.setWebhookPost(.http(allowsPrivate: webhooksAllowPrivate))
        var policy = SnapshotPolicy()
        policy.eventCount = snapshotEvents
        policy.byteCount = snapshotBytes
        let snapshots = SnapshotService(organization: organization, policy: policy, logger: logger)
        typealias Service = ServiceGroupConfiguration.ServiceConfiguration
        var configuration = ServiceGroupConfiguration(
            services: [
                Service(service: application),
                Service(service: snapshots, successTerminationBehavior: .ignore),
                Service(
                    service: CreditService(organization: organization, logger: logger),
                    successTerminationBehavior: .ignore
                ),
                Service(
                    service: JobService(organization: organization, logger: logger),
                    successTerminationBehavior: .ignore
                ),
                Service(
                    service: WebhookService(organization: organization, logger: logger),
                    successTerminationBehavior: .ignore
                ),
                Service(service: StatusWatch(organization: organization, data: data, logger: logger)),
                Service(
                    service: ControlService(organization: organization, data: data, masterKey: source, logger: logger)
                ),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = Self.maximumStopTime
        try await ServiceGroup(configuration: configuration).run()
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
        let digits = hash.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        logger.info("\(what) organization \(organization.name) at sequence \(head), state hash \(digits)")
    }

    private func prepareAdminKey(_ organization: Organization, _ logger: Logger) async throws {
        guard organization.peek({ state, _ in state.adminKeyCount }) == 0 else { return }
        if case .readOnly? = organization.status.refusal {
            logger.error("what can be read of the log holds no admin key: every request gets 401")
            return
        }
        if let given = getenv("PATRON_API_KEY").map({ String(cString: $0) }), !given.isEmpty {
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
        let file = AdminKeyFile(directory: data)
        // The file comes first: a stop in between must not leave a key that nobody knows.
        let secret = file.read() ?? organization.identifiers.nextSecret()
        if file.read() == nil { try file.write(secret) }
        _ = try await organization.createFirstAdminKey(secret: secret)
        printError("admin key, shown this once and kept in \(file.path): \(secret.text)")
    }
}
