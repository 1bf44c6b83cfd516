#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A stream socket of this machine with a name in the file system; the one door to the system's socket calls here.
///
/// Blocking; closed when it is released.
final class UnixSocket: Sendable {
    private let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { systemClose(descriptor) }

    /// Listens at a path with mode 0600; a file that is there, which an earlier server left, is replaced.
    ///
    /// Only for who holds the data directory's lock: nobody else listens there.
    static func listen(at path: String) throws(ControlFailure) -> UnixSocket {
        var address = try makeAddress(path)
        let socket = try make()
        unlink(path)
        // Between bind and chmod nobody else can connect, either: the file is made with the mode.
        let mask = umask(0o177)
        let result = withAddress(&address) { bind(socket.descriptor, $0, $1) }
        let errorNumber = errno
        umask(mask)
        guard result == 0 else { throw failure("listen at", path, errorNumber) }
        guard systemListen(socket.descriptor) == 0 else { throw failure("listen at", path, errno) }
        return socket
    }

    /// Connects to a path.
    static func connect(to path: String) throws(ControlFailure) -> UnixSocket {
        var address = try makeAddress(path)
        let socket = try make()
        let result = withAddress(&address) { systemConnect(socket.descriptor, $0, $1) }
        guard result == 0 else { throw failure("connect to", path, errno) }
        return socket
    }

    /// Waits for the next who connects, but not for ever; `nil` when nobody came.
    func accept(withinMilliseconds milliseconds: Int32) -> UnixSocket? {
        guard isReadable(withinMilliseconds: milliseconds) else { return nil }
        let peer = systemAccept(descriptor)
        guard peer >= 0 else { return nil }
        Self.setCloseOnExec(peer)
        return UnixSocket(descriptor: peer)
    }

    /// Whether something can be read, or the other side has gone.
    func isReadable(withinMilliseconds milliseconds: Int32) -> Bool {
        var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&item, 1, milliseconds) > 0
    }

    /// Whether the other side has gone; what it sent and nobody read does not count.
    var isAbandoned: Bool {
        var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&item, 1, 0) > 0 else { return false }
        if item.revents & Int16(POLLHUP | POLLERR) != 0 { return true }
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Self.peekFlags) == 0
    }

    /// Sends all bytes; `false` when the other side has gone.
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemSend(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// The next bytes; empty at the end.
    func receive() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &bytes, bytes.count, 0)
            if count < 0, errno == EINTR { continue }
            return Array(bytes.prefix(max(0, count)))
        }
    }

    // MARK: Helpers

    #if canImport(Glibc)
    private static let peekFlags = Int32(MSG_PEEK | MSG_DONTWAIT)
    #else
    private static let peekFlags = MSG_PEEK | MSG_DONTWAIT
    #endif

    private static func make() throws(ControlFailure) -> UnixSocket {
        #if canImport(Glibc)
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        #else
        let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { throw failure("make", "a socket", errno) }
        setCloseOnExec(descriptor)
        return UnixSocket(descriptor: descriptor)
    }

    private static func setCloseOnExec(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// The longest path, in bytes: what the system's address holds, without the zero at its end.
    static let pathByteLimit = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    private static func makeAddress(_ path: String) throws(ControlFailure) -> sockaddr_un {
        let bytes = Array(path.utf8)
        guard bytes.count <= pathByteLimit else {
            throw ControlFailure(
                .notConnected,
                """
                the path \(path) has \(bytes.count) bytes, and a socket's may have \(pathByteLimit): use a shorter path for \
                the data directory, such as a symbolic link
                """
            )
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return address
    }

    private static func withAddress(
        _ address: inout sockaddr_un,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private static func failure(_ what: String, _ path: String, _ errorNumber: Int32) -> ControlFailure {
        ControlFailure(.notConnected, "cannot \(what) \(path): \(String(cString: strerror(errorNumber)))")
    }
}

/// Removes a socket's file.
func removeSocketFile(_ path: String) { unlink(path) }

/// Lets this thread rest for a moment.
func sleepShortly(_ milliseconds: UInt32) { usleep(milliseconds * 1_000) }

// The system's functions, which the methods hide by their names.
private func systemClose(_ descriptor: Int32) { close(descriptor) }

private func systemListen(_ descriptor: Int32) -> Int32 { listen(descriptor, 8) }

private func systemAccept(_ descriptor: Int32) -> Int32 { accept(descriptor, nil, nil) }

private func systemConnect(_ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ count: socklen_t) -> Int32 {
    connect(descriptor, address, count)
}

private func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
    send(descriptor, bytes, count, Int32(MSG_NOSIGNAL))
    #else
    send(descriptor, bytes, count, 0)
    #endif
}
