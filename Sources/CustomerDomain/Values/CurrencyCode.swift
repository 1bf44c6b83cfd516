/// An ISO 4217 currency code: three capital letters.
public struct CurrencyCode: Hashable, Sendable {
    /// The letters as bytes, the first in bits 16 to 23.
    public let packed: UInt32

    /// The code of these letters, in either case; `nil` unless it is an active ISO 4217 code.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 3 else { return nil }
        var packed: UInt32 = 0
        for byte in text.utf8 {
            guard case 65...90 = byte & 0xDF, byte >= 65 else { return nil }
            packed = packed << 8 | UInt32(byte & 0xDF)
        }
        guard minorDigitsByCode[packed] != nil else { return nil }
        self.packed = packed
    }

    /// The code packed as ``packed`` says; for codes that were valid when they were stored.
    public init(packed: UInt32) {
        self.packed = packed
    }

    /// How many decimal digits the minor unit has: 2 for USD, 0 for JPY, 3 for BHD.
    public var minorDigitCount: Int { minorDigitsByCode[packed] ?? 2 }
}

extension CurrencyCode: CustomStringConvertible {
    /// The capital letters.
    public var description: String {
        String(decoding: [UInt8(packed >> 16 & 0xFF), UInt8(packed >> 8 & 0xFF), UInt8(packed & 0xFF)], as: UTF8.self)
    }
}

private let minorDigitsByCode: [UInt32: Int] = {
    var table: [UInt32: Int] = [:]
    for (digits, codes) in currencyCodesByMinorDigits {
        for code in codes.split(separator: " ") {
            table[code.utf8.reduce(0) { $0 << 8 | UInt32($1) }] = digits
        }
    }
    return table
}()

/// ISO 4217 active codes of national currencies, by the number of digits of their minor unit (list one, 2024).
private let currencyCodesByMinorDigits: [(Int, String)] = [
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (
        2,
        """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP \
        CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR \
        JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN \
        NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP \
        SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG
        """
    ),
]
