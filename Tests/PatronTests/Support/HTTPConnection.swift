import Foundation

/// The least HTTP/1.1 client that a test needs: one connection kept alive, one request at a time, blocking.
final class HTTPConnection {
    struct Answer {
        var status: Int
        var headers: [String: String]
        var body: Data

        /// The body as a JSON object.
        var object: [String: Any] { (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:] }
    }

    private let socket: Int32
    private let key: String
    private var buffer = Data()

    init(port: UInt16, key: String) throws {
        self.key = key
        socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw ServerError(text: "cannot connect: \(errno)") }
    }

    deinit { close(socket) }

    func get(_ path: String) throws -> Answer { try request("GET", path) }

    func post(_ path: String, _ body: String, headers: [String: String] = [:]) throws -> Answer {
        try request("POST", path, body: body, headers: headers)
    }

    func request(
        _ method: String,
        _ path: String,
        body: String? = nil,
        headers: [String: String] = [:]
    ) throws -> Answer {
        var text = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer \(key)\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        if let body { text += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
        text += "\r\n" + (body ?? "")
        try send(Data(text.utf8))
        return try receive()
    }

    /// Asks for a stream, of which ``follow(until:)`` gives what comes.
    func open(_ path: String, headers: [String: String] = [:]) throws {
        var text = "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer \(key)\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        try send(Data((text + "\r\n").utf8))
    }

    /// Everything that came, up to and with `text`; `nil` for all until the server ends it.
    func follow(until text: String?) throws -> String {
        while text.map({ buffer.range(of: Data($0.utf8)) == nil }) ?? true {
            do { try fill() } catch {
                guard text == nil else { throw error }
                break
            }
        }
        defer { buffer = Data() }
        return String(decoding: buffer, as: UTF8.self)
    }

    private func send(_ data: Data) throws {
        var rest = data[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw ServerError(text: "the connection broke") }
            rest = rest.dropFirst(count)
        }
    }

    private func receive() throws -> Answer {
        let end = Data("\r\n\r\n".utf8)
        while buffer.range(of: end) == nil { try fill() }
        guard let headEnd = buffer.range(of: end) else { throw ServerError(text: "no head") }
        let head = String(decoding: buffer[buffer.startIndex..<headEnd.lowerBound], as: UTF8.self)
        buffer = Data(buffer[headEnd.upperBound...])
        let lines = head.components(separatedBy: "\r\n")
        let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 {
                headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
            }
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        while buffer.count < length { try fill() }
        let body = Data(buffer.prefix(length))
        buffer = Data(buffer.dropFirst(length))
        return Answer(status: status, headers: headers, body: body)
    }

    private func fill() throws {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &bytes, bytes.count, 0)
        guard count > 0 else { throw ServerError(text: "the connection broke") }
        buffer.append(contentsOf: bytes[0..<count])
    }
}
