@testable import CustomerService
import CustomerDomain
import Testing

/// The table of the guard: where nothing is sent, and where it may be.
@Suite struct IPAddressTests {
    @Test(arguments: [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "100.100.100.200",
        "127.0.0.1", "127.255.0.1", "169.254.169.254", "169.254.0.1", "172.16.0.1", "172.31.255.255", "192.0.0.192",
        "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.7",
        "203.0.113.9", "168.63.129.16", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
        "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "3fff::1",
        "5f00::1", "fc00::1", "fd00:ec2::254", "fdff::1", "fe80::1", "febf::1", "fec0::1", "ff02::1", "4000::1",
    ])
    func `nothing is sent to what is not public`(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(!address.isPublic)
    }

    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.0", "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0",
        "198.17.255.255", "198.20.0.0", "168.63.129.15", "223.255.255.255", "2600::1", "2606:4700:4700::1111",
        "2a00:1450:4001:80b::200e", "2001:4860:4860::8888", "2001:200::1", "2003::1", "3ffe::1",
    ])
    func `what is public is`(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.isPublic)
        #expect(address.description == text)
    }

    @Test(arguments: ["", "1.2.3", "1.2.3.4.5", "0x7f.1", "2130706433", "localhost", "[::1]", "::1%lo", "1.2.3.256"])
    func `other texts are no address`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    /// Forms that only the resolver knows come out as what they are.
    @Test(arguments: ["127.1", "0x7f.1", "2130706433", "0177.0.0.1", "localhost"])
    func `the resolver's other spellings of loopback are loopback`(text: String) async {
        let verdict = await WebhookGuard().verdictOnHost(text)
        #expect(verdict == .refused("must name a host with public addresses alone") || verdict == .unknownHost)
    }

    @Test func `a resolver that is late is not waited for`() async throws {
        let late = WebhookGuard(lookupTimeLimit: .milliseconds(20)) { _ in
            try? await Task.sleep(for: .seconds(600))
            return []
        }
        #expect(await late.verdictOnHost("slow.example") == .unknownHost)
        let inTime = WebhookGuard(lookupTimeLimit: .seconds(600)) { _ in [IPAddress("93.184.215.14")].compactMap(\.self)
        }
        #expect(await inTime.verdictOnHost("fast.example") == .allowed(try #require(IPAddress("93.184.215.14"))))
    }
}

extension WebhookGuard {
    fileprivate func verdictOnHost(_ host: String) async -> Verdict {
        guard let address = try? WebhookAddress("https://\(host)/") else { return .refused("no address") }
        return await verdict(on: address)
    }
}
