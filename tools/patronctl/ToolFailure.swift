import ArgumentParser
import CustomerRecords
import CustomerService
import LogStorage

/// How the tool ends; scripts rely on the numbers.
enum ExitStatus: Int32, CaseIterable {
    case done = 0
    case findings = 1
    case usage = 2
    case inUse = 3
    case unreadable = 4
    case noServer = 5

    /// What it says to the one who typed the command; docs/OPERATIONS.md has the same words.
    var meaning: String {
        switch self {
        case .done: "done, and nothing is wrong"
        case .findings: "something is wrong with the log, a backup or a proof"
        case .usage: "wrong usage"
        case .inUse: "another process is in the way"
        case .unreadable: "something cannot be read or written"
        case .noServer: "no server answers"
        }
    }
}

/// Why a command did not do its work.
struct ToolFailure: Error {
    var status: ExitStatus
    var message: String

    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }

    /// The failure that `error` is for the one who typed the command.
    init(_ error: any Error) {
        switch error {
        case let failure as ToolFailure: self = failure
        case let error as LogStorageError:
            self.init(
                error.code == .locked ? .inUse : error.code == .invalidArgument ? .usage : .unreadable,
                "\(error)"
            )
        case let error as ControlFailure:
            switch error.code {
            case .badRequest, .unknownOrganization: self.init(.usage, "\(error)")
            case .busy: self.init(.inUse, "\(error)")
            case .failed: self.init(.unreadable, "\(error)")
            case .unknownVerb, .cancelled, .notConnected: self.init(.noServer, "\(error)")
            }
        case let error as ImportError:
            switch error {
            case .mapping, .missingColumn, .noHeader: self.init(.usage, "\(error)")
            case .cannotRead, .cannotReport, .stopped: self.init(.unreadable, "\(error)")
            }
        default: self.init(.unreadable, "\(error)")
        }
    }

    /// Does the work; that a log or a backup is damaged is then a finding, and not a failure to read it.
    static func judgingDamage<Result>(_ work: () throws -> Result) throws -> Result {
        do {
            return try work()
        } catch let error as LogStorageError where error.code == .damaged {
            throw ToolFailure(.findings, "\(error)")
        }
    }

    /// Does the work, and makes its errors failures; what the argument parser ends a program with passes.
    static func catching<Result>(_ work: () async throws -> Result) async throws -> Result {
        do {
            return try await work()
        } catch let code as ExitCode {
            throw code
        } catch {
            throw ToolFailure(error)
        }
    }
}
