import LogStorage
import Synchronization

/// Answers tools on the socket `control.sock` of a data directory, which only its owner can reach.
///
/// One thread takes connections, and each of them has a thread while its verb runs; nothing of it runs on the cooperative
/// pool. More than ``connectionLimit`` at once are refused by name.
public final class ControlServer: Sendable {
    /// How many tools may ask at once.
    public static let connectionLimit = 8
    /// How long a tool may take to send its request, in milliseconds.
    static let requestTimeLimit: Int32 = 5_000
    private static let pollInterval: Int32 = 100

    private struct State {
        var running: [Int: ControlRequest] = [:]
        var nextID = 0
        var isStopping = false
        var hasStopped = false
    }

    /// The socket's path.
    public let path: String
    private let socket: UnixSocket
    private let verbs: ControlVerbs
    private let organizations: Set<String>
    private let state = Mutex(State())

    private init(path: String, socket: UnixSocket, verbs: ControlVerbs, organizations: Set<String>) {
        self.path = path
        self.socket = socket
        self.verbs = verbs
        self.organizations = organizations
    }

    /// The path of a data directory's socket.
    public static func path(inDirectory data: String) -> String { data + "/control.sock" }

    /// Listens in a data directory that this process holds, until ``stop()``.
    ///
    /// - Parameters:
    ///   - data: The data directory.
    ///   - organizations: The names of those that this server has.
    ///   - verbs: What tools may ask.
    /// - Returns: The server, which listens.
    /// - Throws: ``ControlFailure`` when the socket cannot be made: the path is too long, the disk may only be read.
    public static func start(
        inDirectory data: String,
        organizations: Set<String>,
        verbs: ControlVerbs
    ) throws(ControlFailure) -> ControlServer {
        let path = path(inDirectory: data)
        let server = ControlServer(
            path: path,
            socket: try UnixSocket.listen(at: path),
            verbs: verbs,
            organizations: organizations
        )
        do {
            try Threads.start { server.takeConnections() }
        } catch {
            throw ControlFailure(.failed, "\(error)")
        }
        return server
    }

    /// Takes no more connections, cancels what runs, and removes the socket; blocks until nothing runs any more.
    public func stop() async {
        state.withLock { $0.isStopping = true }
        while !state.withLock({ $0.hasStopped && $0.running.isEmpty }) {
            try? await Task.sleep(for: .milliseconds(10))
        }
    }

    private var isStopping: Bool { state.withLock { $0.isStopping } }

    private func takeConnections() {
        while !isStopping {
            guard let peer = socket.accept(withinMilliseconds: Self.pollInterval) else { continue }
            guard let id = begin() else {
                refuse(peer)
                continue
            }
            do {
                try Threads.start { [self] in
                    serve(peer, id)
                    state.withLock { $0.running[id] = nil }
                }
            } catch {
                state.withLock { $0.running[id] = nil }
            }
        }
        removeSocketFile(path)
        state.withLock { $0.hasStopped = true }
    }

    /// A number for a connection; `nil` when there are too many.
    private func begin() -> Int? {
        state.withLock { state in
            guard state.running.count < Self.connectionLimit else { return nil }
            state.nextID += 1
            state.running[state.nextID] = ControlRequest("connecting", organization: "")
            return state.nextID
        }
    }

    private func refuse(_ peer: UnixSocket) {
        let verbs = state.withLock { $0.running.values.map(\.verb).sorted() }
        let failure = ControlFailure(
            .busy,
            "\(verbs.count) tools ask this server at once (\(verbs.joined(separator: ", "))); try again when one is done"
        )
        _ = peer.send(ControlMessage.failure(failure).line)
    }

    private func serve(_ peer: UnixSocket, _ id: Int) {
        guard peer.isReadable(withinMilliseconds: Self.requestTimeLimit) else { return }
        var lines = LineReader(peer)
        guard let line = lines.next() else { return }
        let answer: Result<ControlResult, ControlFailure>
        do {
            let request = try check(ControlRequest(line: line))
            state.withLock { $0.running[id] = request }
            answer = verbs.perform(request) { progress in
                guard !self.isStopping else { throw ControlFailure(.cancelled, "the server stops") }
                guard !peer.isAbandoned, peer.send(ControlMessage.progress(progress).line) else {
                    throw ControlFailure(.cancelled, "the tool that asked went away")
                }
            }
        } catch {
            answer = .failure(error)
        }
        switch answer {
        case .success(let result): _ = peer.send(ControlMessage.result(result).line)
        case .failure(let failure): _ = peer.send(ControlMessage.failure(failure).line)
        }
    }

    private func check(_ request: ControlRequest) throws(ControlFailure) -> ControlRequest {
        guard organizations.contains(request.organization) else {
            throw ControlFailure(
                .unknownOrganization,
                "the server does not have the organization \(request.organization)"
            )
        }
        return request
    }
}
