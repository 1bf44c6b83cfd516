import Glibc

/// An address of the Internet Protocol, as bytes: 4 or 16.
public struct IPAddress: Hashable, Sendable {
    /// The bytes, the most significant first.
    public let bytes: [UInt8]

    /// The address of these bytes; `nil` unless they are 4 or 16.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// The address that a text names in its usual form; `nil` for anything else.
    public init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            bytes = withUnsafeBytes(of: &six) { Array($0) }
        } else {
            return nil
        }
    }

    /// Whether it belongs to a host of the public Internet that messages may be sent to.
    ///
    /// Not so: loopback, private, link-local, unique-local, multicast, shared (CGNAT), documentation and benchmark networks, what
    /// embeds an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo), reserved ones, and where clouds tell their machines' secrets.
    public var isPublic: Bool {
        if bytes.count == 4 { return !Self.closedNetworks.contains { $0.contains(bytes) } }
        // Of IPv6 only 2000::/3 was ever given out; all that embeds or is local lies elsewhere, but for these.
        return bytes[0] & 0xE0 == 0x20 && !Self.closedSixNetworks.contains { $0.contains(bytes) }
    }

    /// The first bits of addresses.
    private struct Network: Sendable {
        let bytes: [UInt8]
        let bitCount: Int

        init(_ bytes: [UInt8], _ bitCount: Int) { (self.bytes, self.bitCount) = (bytes, bitCount) }

        func contains(_ address: [UInt8]) -> Bool {
            for bit in 0..<bitCount {
                let mask: UInt8 = 0x80 >> UInt8(bit % 8)
                let wanted = bit / 8 < bytes.count ? bytes[bit / 8] & mask : 0
                if address[bit / 8] & mask != wanted { return false }
            }
            return true
        }
    }

    private static let closedNetworks = [
        Network([0], 8), Network([10], 8), Network([100, 64], 10), Network([127], 8), Network([169, 254], 16),
        Network([172, 16], 12), Network([192, 0, 0], 24), Network([192, 0, 2], 24), Network([192, 88, 99], 24),
        Network([192, 168], 16), Network([198, 18], 15), Network([198, 51, 100], 24), Network([203, 0, 113], 24),
        // Azure's metadata; then multicast, reserved and broadcast.
        Network([168, 63, 129, 16], 32), Network([224], 4), Network([240], 4),
    ]
    private static let closedSixNetworks = [
        Network([0x20, 0x01, 0x00], 23), Network([0x20, 0x01, 0x0D, 0xB8], 32), Network([0x20, 0x02], 16),
        Network([0x3F, 0xFF, 0x00], 20),
    ]
}

extension IPAddress: CustomStringConvertible {
    /// The usual form: `192.0.2.1`, `2001:db8::1`.
    public var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension IPAddress {
    /// The addresses of a host by the system's resolver, in its order; none when it is not known.
    ///
    /// Waits for the resolver.
    static func addresses(of host: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var addresses: [IPAddress] = []
        var next = list
        while let info = next?.pointee {
            let start = UnsafeRawPointer(info.ai_addr)
            // Where the address lies in sockaddr_in and in sockaddr_in6.
            let bytes: [UInt8] =
                switch info.ai_family {
                case AF_INET: start.map { Array(UnsafeRawBufferPointer(start: $0 + 4, count: 4)) } ?? []
                case AF_INET6: start.map { Array(UnsafeRawBufferPointer(start: $0 + 8, count: 16)) } ?? []
                default: []
                }
            if let address = IPAddress(bytes: bytes), !addresses.contains(address) { addresses.append(address) }
            next = info.ai_next
        }
        return addresses
    }
}
