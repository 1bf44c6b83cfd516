import CustomerDomain
import EventSourcing

extension EventDescription {
    /// The digest of a code is never part of it: codes for phones are short.
    func describeContact(_ event: Event, to fields: inout JSONFields) {
        switch event {
        case .verificationRequested(let issued), .passwordResetRequested(let issued):
            fields.field("purpose", issued.purpose.name)
            fields.field("isIssued", !issued.digest.isEmpty)
            fields.field("expiresAt", issued.expiresAt?.rfc3339)
            personal("email", issued.email?.text, to: &fields)
        case .verificationFailed(let purpose): fields.field("purpose", purpose.name)
        case .contactVerified(let verified):
            fields.field("channel", verified.channel.name)
            fields.field("method", verified.method.name)
        case .suppressionChanged(let change):
            fields.field("channel", change.channel.name)
            fields.field("reason", change.reason?.name)
        default: break
        }
    }
}
