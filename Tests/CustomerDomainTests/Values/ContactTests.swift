import CustomerDomain
import Testing

struct EmailAddressTests {
    @Test(arguments: [
        "ana@example.com", "a@b.co", "first.last+tag@sub.example.org", "o'neil@example.com", "用户@例子.公司",
        String(repeating: "a", count: 64) + "@example.com",
    ])
    func `addresses of people are taken`(_ text: String) {
        #expect(EmailAddress(text)?.text == text)
    }

    @Test(arguments: [
        "", "ana", "ana@", "@example.com", "ana@example", "ana@@example.com", "ana@exa mple.com", "a na@example.com",
        "ana@.com", "ana@example.", "ana@example..com", "<ana@example.com>", "ana@example.com,bo@example.com",
        "ana\u{0}@example.com", String(repeating: "a", count: 65) + "@example.com",
        "a@" + String(repeating: "b", count: 64) + ".com",
        "a@" + Array(repeating: String(repeating: "b", count: 60), count: 5).joined(separator: "."),
    ])
    func `anything else is not`(_ text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test func `one mailbox has one normalized form`() throws {
        let email = try #require(EmailAddress("  Ana@Example.COM "))
        #expect(email.text == "Ana@Example.COM")
        #expect(email.normalized == "ana@example.com")
        #expect(email.domain == "example.com")
    }
}

struct PhoneNumberTests {
    @Test(arguments: [
        ("+1-555-0123", "15550123"), ("+1 (555) 123-4567", "15551234567"), (" 555 12 34 ", "5551234"),
        ("0049/30.123456", "004930123456"),
    ])
    func `numbers keep their writing and know their digits`(_ text: String, _ digits: String) throws {
        let phone = try #require(PhoneNumber(text))
        #expect(phone.digits == digits)
        #expect(phone.text.first != " " && phone.text.last != " ")
    }

    @Test(arguments: [
        "", "123456", "1234567890123456", "555-CALL-NOW", "+1\t5550123", "５５５０１２３",
        "1234567" + String(repeating: " -", count: 20),
    ])
    func `anything else is no number`(_ text: String) {
        #expect(PhoneNumber(text) == nil)
    }
}
