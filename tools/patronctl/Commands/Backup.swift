#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif
import ArgumentParser
import CustomerService
import EventSourcing
import LogStorage

/// The command `patronctl backup`.
struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copies what a directory does not have yet of the logs; verifies such copies; forgets old ones.",
        discussion: """
            Works beside a running server and reads only. Keys are never copied: keep those elsewhere. A backup counts \
            once --verify has restored it. Exit status: 0 done, 1 findings or a damaged log, 2 wrong usage, 3 another \
            backup runs, 4 cannot read or write.

            Example: patronctl backup --data /var/lib/patron /mnt/backups
            """
    )

    @Option(help: "The data directory to back up.")
    var data: String?
    @Flag(help: "Read everything in TARGET, restore each newest backup to a scratch directory, and verify its log.")
    var verify = false
    @Option(help: "Forget all backups but this many newest ones, and the files that only those needed.")
    var prune: Int?
    @Flag(
        inversion: .prefixedNo,
        help: "Make each state, from its newest snapshot on, for the manifest to say its hash."
    )
    var stateHash = true
    @Option(help: "For --verify: a directory with room for the log. (default: in TARGET)")
    var scratch: String?
    @OptionGroup var options: BackupOptions

    func validate() throws {
        let uses = (data == nil ? 0 : 1) + (verify ? 1 : 0) + (prune == nil ? 0 : 1)
        guard uses == 1 else { throw ValidationError("Give one of --data DIR, --verify and --prune N.") }
        guard data != nil || !options.dryRun, data != nil || stateHash else {
            throw ValidationError("--dry-run and --no-state-hash go with --data.")
        }
        if let prune, prune < 1 { throw ValidationError("--prune must keep at least 1.") }
    }

    func run() async throws {
        try await ToolFailure.catching {
            try ToolFailure.judgingDamage {
                if let data { return try backUp(data) }
                if let prune { return try forget(keeping: prune) }
                try verifyAll()
            }
        }
    }

    private func backUp(_ data: String) throws {
        let names = try options.organization.map { [$0] } ?? DataDirectory.organizations(in: data)
        guard !names.isEmpty else { throw ToolFailure(.unreadable, "there is no organization in \(data)") }
        var texts: [String] = []
        for name in names {
            let directory = DataDirectory.organizationDirectory(name, in: data)
            let backup = LogBackup(directory: directory, target: options.target + "/" + name)
            var line = ProgressLine()
            let report = try backup.run(
                dryRun: options.dryRun,
                progress: { progress in
                    let (done, total) = (UInt64(progress.byteCount), UInt64(progress.totalByteCount))
                    line.show(done: done, total: total, unit: "bytes of \(name)")
                },
                facts: { head in
                    BackupFacts(stateHash: stateHash ? try hashOfState(directory, through: head) : nil)
                }
            )
            line.clear()
            texts.append(options.json ? report.json(options.dryRun) : report.text(options.dryRun))
        }
        options.show(texts)
    }

    private func forget(keeping count: Int) throws {
        var texts: [String] = []
        for name in try options.organizationsInTarget() {
            let report = try BackupTarget(options.target + "/" + name).prune(keeping: count)
            texts.append(options.json ? report.json(name) : report.text(name))
        }
        options.show(texts)
    }

    private func verifyAll() throws {
        // One of its own, so that what an interrupted run left does not stand in the way.
        let scratch = scratch ?? "\(options.target)/scratch-\(getpid())"
        var texts: [String] = []
        var isClean = true
        for name in try options.organizationsInTarget() {
            var line = ProgressLine()
            let result = try BackupVerifier(target: options.target + "/" + name, scratch: scratch)
                .run(
                    progress: { progress in
                        line.show { _ in "\(name): \(grouped(progress.byteCount)) bytes of its log verified" }
                    },
                    compare: { directory, manifest in
                        guard let expected = manifest.stateHash else { return [] }
                        let hash = try hashOfState(directory, through: manifest.head)
                        return hash == expected ? [] : ["The state of the restored log is \(hash), not \(expected)"]
                    }
                )
            line.clear()
            for path in ["/\(name)/log", "/\(name)/checkpoints", "/\(name)", ""] { rmdir(scratch + path) }
            isClean = isClean && result.isClean
            texts.append(options.json ? result.json(name) : result.text(name))
        }
        options.show(texts)
        guard isClean else { throw ExitCode(ExitStatus.findings.rawValue) }
    }
}

/// The hash of the state that a log makes up to some record.
private func hashOfState(_ directory: String, through head: SequenceNumber) throws -> String {
    // What its sealed segments hold is verified with the backup.
    let log = try SegmentedLog.openReadOnly(directory: directory, readsAll: false)
    defer { log.close() }
    return Hexadecimal.text(try Organization.stateHash(of: log, through: head))
}
