@testable import CustomerService
import Testing

@Suite struct WebhookSecretTests {
    /// The example that Standard Webhooks' own libraries are tested with.
    @Test func `a message is signed as Standard Webhooks has it`() throws {
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let body = Array(#"{"test": 2432232314}"#.utf8)
        let signature = secret.signature(id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: body)
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func `a secret is told as text, has 32 bytes, and prints as none`() {
        let secret = WebhookSecret.random()
        #expect(WebhookSecret(secret.text) == secret)
        #expect(secret.text.hasPrefix("whsec_") && secret.bytes.count == 32)
        #expect("\(secret)" == "<secret>")
        #expect(secret != WebhookSecret.random())
    }

    @Test(arguments: [
        "", "whsec_", "whsec_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa!w",
    ])
    func `other texts are none`(text: String) {
        #expect(WebhookSecret(text) == nil)
    }
}
