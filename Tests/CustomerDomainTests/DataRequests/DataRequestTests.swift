import CustomerDomain
import EventSourcing
import Testing

struct DataRequestTests {
    private let id = DataRequestID.number(7)

    private func open(_ right: DataRight, of customer: CustomerID = Sample.ana) -> Command {
        .openDataRequest(customer, DataRequestOpened(id: id, right: right, channel: .letter))
    }

    private var check: Command { .checkIdentity(DataRequestIdentityChecked(id: id, method: .email)) }
    private var approve: Command { .decideDataRequest(DataRequestDecided(id: id, refusal: nil)) }
    private var refuse: Command { .decideDataRequest(DataRequestDecided(id: id, refusal: .unfounded)) }
    private var cancel: Command { .cancelDataRequest(DataRequestCancelled(id: id)) }
    private var execute: Command { .executeDataRequest(DataRequestExecuted(id: id)) }

    private func status(_ shop: Specification) -> DataRequestStatus? { shop.model.dataRequest(id)?.status }

    private func refused(_ status: DataRequestStatus) -> Specification.Outcome {
        .rejected(.dataRequestStatus(id, status))
    }

    @Test func `a request goes step by step, and is due thirty days after it came in`() throws {
        var shop = try Sample.shop().given(open(.access))
        let request = try #require(shop.model.dataRequests.first)
        #expect(request.dueAt == request.openedAt.advanced(byDays: 30))
        #expect(shop.when(approve) == refused(.opened))
        #expect(shop.when(execute) == refused(.opened))
        try shop.carryOut(check)
        #expect(status(shop) == .identityConfirmed)
        #expect(shop.when(check) == refused(.identityConfirmed))
        #expect(shop.when(execute) == refused(.identityConfirmed))
        try shop.carryOut(approve)
        #expect(shop.when(approve) == refused(.approved))
        try shop.carryOut(execute)
        #expect(status(shop) == .executed)
        for command in [check, approve, refuse, cancel, execute] { #expect(shop.when(command) == refused(.executed)) }
    }

    @Test func `a request is refused or cancelled until it was executed`() throws {
        for steps in [[], [check], [check, approve]] {
            var shop = try Sample.shop().given(open(.erasure))
            for step in steps { try shop.carryOut(step) }
            var other = shop
            try shop.carryOut(refuse)
            #expect(status(shop) == .refused)
            #expect(shop.when(cancel) == refused(.refused))
            try other.carryOut(cancel)
            #expect(status(other) == .cancelled)
            #expect(other.when(execute) == refused(.cancelled))
        }
    }

    @Test func `executing an erasure erases in the same command, and the erasure comes last`() throws {
        let shop = try Sample.shop().given(open(.erasure), check, approve)
        #expect(
            shop.when(execute)
                == .events(.ana, .dataRequestExecuted(DataRequestExecuted(id: id)), .customerErased(reason: nil))
        )
        let erased = try shop.given(execute)
        #expect(status(erased) == .executed)
        #expect(erased.model.standing(of: .ana).status == .erased)
    }

    @Test func `an erasure, by whichever door, lets what else is open lapse`() throws {
        let other = DataRequestID.number(8)
        let opening = Command.openDataRequest(Sample.guest, DataRequestOpened(id: other, right: .access))
        let shop = try Sample.shop()
            .given(open(.erasure), opening, .mergeCustomers(survivor: Sample.ana, merged: Sample.guest))
        let deleted = try shop.given(.eraseCustomer(Sample.ana, reason: nil))
        #expect(deleted.model.dataRequests.map(\.status) == [.lapsed, .lapsed])
        #expect(deleted.when(check) == refused(.lapsed))
        let executed = try shop.given(check, approve, execute)
        #expect(executed.model.dataRequests.map(\.status) == [.executed, .lapsed])
    }

    @Test func `after a merge the survivor answers for a request`() throws {
        let shop = try Sample.shop()
            .given(open(.erasure, of: Sample.guest), .mergeCustomers(survivor: Sample.ana, merged: Sample.guest))
        #expect(shop.model.openDataRequestCount(of: .ana) == 1)
        let checked = DataRequestIdentityChecked(id: id, method: .email)
        #expect(shop.when(check) == .events(.ana, .dataRequestIdentityChecked(checked)))
        let erased = try shop.given(check, approve, execute)
        #expect(erased.model.standing(of: .ana).status == .erased)
    }

    @Test func `an objection withdraws what marketing was not withdrawn`() throws {
        let shop = try Sample.shop()
            .given(
                .changeConsents(
                    Sample.ana,
                    [
                        ConsentChanged(kind: .marketingEmail, state: .withdrawn),
                        ConsentChanged(kind: .cookies, state: .granted),
                    ]
                ),
                open(.objection),
                check,
                approve,
                execute
            )
        let consents = shop.model.consents(of: .ana)
        #expect(consents[.sms]?.state == .withdrawn)
        #expect(consents[.marketingEmail]?.state == .withdrawn)
        #expect(consents[.cookies]?.state == .granted)
        #expect(shop.model.consentCount(of: .ana) == 3)
    }

    @Test func `a rectification names the version that is right`() throws {
        let shop = try Sample.shop().given(open(.rectification), check, approve)
        func execute(_ version: UInt32?) -> Specification.Outcome {
            shop.when(.executeDataRequest(DataRequestExecuted(id: id, rectifiedVersion: version)))
        }
        #expect(execute(nil).invalidField == "version")
        #expect(execute(0).invalidField == "version")
        #expect(execute(5).invalidField == "version")
        #expect(
            execute(4) == .events(.ana, .dataRequestExecuted(DataRequestExecuted(id: id, rectifiedVersion: 4)))
        )
        let other = try Sample.shop().given(open(.access), check, approve)
        let wrong = Command.executeDataRequest(DataRequestExecuted(id: id, rectifiedVersion: 1))
        #expect(other.when(wrong).invalidField == "version")
    }

    @Test func `only who opened a request cancels it, or an admin`() throws {
        let shop = try Sample.shop().given(open(.access))
        func outcome(_ actor: Actor) -> [Decided]? { try? decide(cancel, facts: shop.model, by: actor) }
        // The test's own key, which is no admin here.
        #expect(outcome(Actor(id: "key_test", isAdmin: false)) != nil)
        #expect(outcome(Actor(id: "key_other", isAdmin: true)) != nil)
        #expect(throws: Rejection.dataRequestOfAnother(id)) {
            try decide(cancel, facts: shop.model, by: Actor(id: "key_other", isAdmin: false))
        }
    }

    @Test func `executing needs what it does, and an erasure needs four eyes`() throws {
        let shop = try Sample.shop().given(open(.erasure), check, approve)
        func outcome(_ actor: Actor) throws -> [Decided] { try decide(execute, facts: shop.model, by: actor) }
        #expect(throws: Rejection.permissionMissing(.eraseCustomers)) {
            try outcome(Actor(id: "key_other", isAdmin: false, permissions: [.manageRequests]))
        }
        #expect(throws: Rejection.fourEyes(id)) {
            try outcome(Actor(id: "key_test", isAdmin: false, permissions: [.eraseCustomers]))
        }
        #expect(try outcome(Actor(id: "key_other", isAdmin: false, permissions: [.eraseCustomers])).count == 2)
        #expect(try outcome(Actor(id: "key_test", isAdmin: true)).count == 2)
    }

    @Test func `who asked is not there, an identifier is used, texts are checked`() throws {
        let shop = try Sample.shop().given(open(.access))
        #expect(shop.when(open(.access)) == .invalid("id", "is already in use"))
        let unknown = DataRequestID.number(9)
        #expect(
            shop.when(.cancelDataRequest(DataRequestCancelled(id: unknown)))
                == .rejected(.dataRequestNotFound(unknown))
        )
        let long = String(repeating: "x", count: 2_001)
        #expect(
            shop.when(.openDataRequest(Sample.ana, DataRequestOpened(id: unknown, right: .access, details: long)))
                .invalidField == "details"
        )
        #expect(
            shop.when(.checkIdentity(DataRequestIdentityChecked(id: id, method: .email, note: long))).invalidField
                == "note"
        )
        for command in [
            Command.decideDataRequest(DataRequestDecided(id: id, refusal: .other, reason: "")),
            .cancelDataRequest(DataRequestCancelled(id: id, reason: " ")),
        ] {
            #expect(shop.when(command).invalidField == "reason")
        }
    }

    @Test func `a customer has at most 20 open requests`() throws {
        var shop = try Sample.shop()
        for number in 0..<20 {
            try shop.carryOut(
                .openDataRequest(Sample.ana, DataRequestOpened(id: .number(100 + UInt64(number)), right: .access))
            )
        }
        #expect(shop.when(open(.access)) == .rejected(.limitReached("open requests of a customer", limit: 20)))
        try shop.carryOut(.cancelDataRequest(DataRequestCancelled(id: .number(100))))
        #expect(shop.when(open(.access)) != .rejected(.limitReached("open requests of a customer", limit: 20)))
    }
}
