import CustomerDomain
import Testing

struct UpdateCustomerTests {
    private func update(_ change: (inout UpdateCustomer) -> Void) -> Command {
        var update = UpdateCustomer(id: Sample.ana)
        change(&update)
        return .updateCustomer(update)
    }

    @Test func `produces only what changes`() throws {
        let shop = try Sample.shop()
            .given(
                update {
                    $0.tags = ["a", "b"]
                    $0.metadata = .replace(["x": "1", "y": "2"])
                }
            )
        let command = update {
            $0.profile.firstName = .set("Ana")
            $0.profile.lastName = .set("Silva")
            $0.externalID = .set("17850")
            $0.tags = ["c", "b"]
            $0.metadata = .merge(["x": nil, "z": "3", "missing": nil])
            $0.status = .disabled
        }
        var edit = ProfileEdit()
        edit.lastName = .set("Silva")
        #expect(
            shop.when(command, expectedVersion: 3)
                == .events(
                    .ana,
                    .customerUpdated(CustomerUpdated(profile: edit)),
                    .metadataChanged(["y": "2", "z": "3"]),
                    .customerUntagged(["a"]),
                    .customerTagged(["c"]),
                    .customerDisabled(reason: nil)
                )
        )
        #expect(try shop.given(command).model.tags(of: .ana) == ["b", "c"])
    }

    @Test func `stays quiet when nothing changes`() throws {
        let command = update {
            $0.profile.email = .set(Sample.email)
            $0.profile.lastName = .remove
            $0.externalID = .set("17850")
            $0.tags = []
            $0.metadata = .replace([:])
            $0.status = .active
        }
        #expect(try Sample.shop().when(command) == .nothing)
        #expect(try Sample.shop().when(update { _ in }) == .nothing)
    }

    @Test func `checks that a new e-mail address and external id are free`() throws {
        let shop = try Sample.shop().given(Sample.create(Sample.other, email: "other@example.com", externalID: "1"))
        let email = update { $0.profile.email = .set(EmailAddress(unchecked: "OTHER@example.com")) }
        #expect(shop.when(email) == .rejected(.emailTaken(by: Sample.other)))
        #expect(shop.when(update { $0.externalID = .set("1") }) == .rejected(.externalIDTaken(by: Sample.other)))
        // The guest has this one, and guests do not stand in the way.
        let own = update { $0.profile.email = .set(EmailAddress(unchecked: "ana@example.com")) }
        #expect(shop.when(own) != .rejected(.emailTaken(by: Sample.guest)))
        #expect(shop.when(update { $0.externalID = .set("2") }).invalidField == nil)
    }

    @Test func `refuses what it cannot keep, and names the field`() throws {
        let shop = try Sample.shop()
        #expect(shop.when(update { $0.profile.firstName = .set("") }) == .invalid("firstName", "must not be empty"))
        #expect(shop.when(update { $0.profile.lastName = .set("\u{7F}") }).invalidField == "lastName")
        #expect(shop.when(update { $0.externalID = .set("") }).invalidField == "externalId")
        #expect(shop.when(update { $0.tags = ["\u{1}"] }).invalidField == "tags/0")
        #expect(shop.when(update { $0.metadata = .replace(["": "x"]) }).invalidField == "metadata/")
        #expect(shop.when(update { $0.status = .erased }) == .invalid("status", "must be active or disabled"))
        let nameless = update {
            $0.profile.email = .remove
            $0.profile.firstName = .remove
            $0.externalID = .remove
        }
        #expect(shop.when(nameless).invalidField == "email")
    }

    @Test func `disables and enables once`() throws {
        let shop = try Sample.shop()
        #expect(shop.when(.enableCustomer(Sample.ana, reason: nil)) == .nothing)
        let disable = Command.disableCustomer(Sample.ana, reason: "Fraud")
        #expect(shop.when(disable) == .events(.ana, .customerDisabled(reason: "Fraud")))
        let disabled = try shop.given(disable)
        #expect(disabled.when(disable) == .nothing)
        #expect(
            disabled.when(.enableCustomer(Sample.ana, reason: "Ok")) == .events(.ana, .customerEnabled(reason: "Ok"))
        )
        #expect(shop.when(.disableCustomer(Sample.ana, reason: "")).invalidField == "reason")
        // A disabled customer's profile can still be edited.
        #expect(disabled.when(update { $0.tags = ["x"] }) == .events(.ana, .customerTagged(["x"])))
    }

    @Test func `logs in every time`() throws {
        let shop = try Sample.shop().given(.recordLogin(Sample.ana))
        #expect(shop.when(.recordLogin(Sample.ana)) == .events(.ana, .customerLoggedIn))
    }
}
