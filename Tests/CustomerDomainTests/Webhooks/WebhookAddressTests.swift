import CustomerDomain
import Testing

@Suite struct WebhookAddressTests {
    @Test func `an address is taken apart`() throws {
        let plain = try WebhookAddress("https://Shop.Example/hooks?a=b")
        #expect((plain.isSecure, plain.host, plain.port, plain.target) == (true, "shop.example", 443, "/hooks?a=b"))
        let bare = try WebhookAddress("http://10.0.0.1:8080?x")
        #expect((bare.isSecure, bare.host, bare.port, bare.target) == (false, "10.0.0.1", 8_080, "/?x"))
        let six = try WebhookAddress("https://[2001:DB8::1]:8443")
        #expect((six.host, six.port, six.target) == ("2001:db8::1", 8_443, "/"))
    }

    @Test(arguments: [
        "", "shop.example", "ftp://shop.example/", "https://", "https:///x", "https://user@shop.example/",
        "https://user:pass@shop.example/", "https://shop.example/#part", "https://shop.example:0/",
        "https://shop.example:65536/", "https://shop.example:/", "https://shop.example:80a/", "https://shop example/",
        "https://shöp.example/", "https://shop.example\\@evil.example/", "https://[::1/", "https://[localhost]/",
        "https://[::1]x/", "https://a%40b/", "https://shop.example/\r\nX: y", "javascript:alert(1)",
    ])
    func `what is none is refused`(text: String) {
        #expect(throws: WebhookAddress.Refusal.self) { try WebhookAddress(text) }
    }
}
