import AsyncHTTPClient
import CustomerDomain
import CustomerService
import NIOCore
import NIOHTTP1

/// Sends messages over HTTP/1.1; the one place that makes connections to others.
///
/// Each attempt has a connection of its own, to the address that was checked: the host's name is for its certificate and its `Host`.
struct HTTPWebhookSender: WebhookSender {
    func send(_ message: WebhookMessage, to address: WebhookAddress, at host: IPAddress) async -> WebhookOutcome {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(connect: TimeAmount(WebhookPost.timeLimit)),
            decompression: .disabled
        )
        configuration.httpVersion = .http1Only
        configuration.dnsOverride = [address.host: host.description]
        configuration.connectionPool.retryConnectionEstablishment = false
        do {
            return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
                let response = try await client.execute(
                    request(message, to: address),
                    timeout: TimeAmount(WebhookPost.timeLimit)
                )
                try? await readSome(response.body)
                return .answered(Int(response.status.code))
            }
        } catch let error as HTTPClientError where [.deadlineExceeded, .connectTimeout, .readTimeout].contains(error) {
            return .failed(.timeout)
        } catch {
            return .failed(.connection)
        }
    }

    /// Reads an answer, as far as it is read at all; nothing of it is kept.
    private func readSome(_ body: HTTPClientResponse.Body) async throws {
        var count = 0
        for try await piece in body {
            count += piece.readableBytes
            if count >= WebhookPost.answerByteLimit { return }
        }
    }

    private func request(_ message: WebhookMessage, to address: WebhookAddress) -> HTTPClientRequest {
        let host = address.host.contains(":") ? "[\(address.host)]" : address.host
        let isUsual = address.port == (address.isSecure ? 443 : 80)
        let place = isUsual ? host : "\(host):\(address.port)"
        var request = HTTPClientRequest(url: "\(address.isSecure ? "https" : "http")://\(place)\(address.target)")
        request.method = .POST
        request.headers = [
            "content-type": "application/json", "user-agent": "Patron-Webhooks/1", "webhook-id": message.id,
            "webhook-timestamp": String(message.timestamp), "webhook-signature": message.signature,
        ]
        request.body = .bytes(ByteBuffer(bytes: message.body))
        return request
    }
}
