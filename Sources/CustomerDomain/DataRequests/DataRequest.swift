/// A right that a person has over the data about it (GDPR, articles 15 to 21).
public enum DataRight: UInt8, Hashable, Sendable, Named {
    /// To see it.
    case access = 1
    /// To get it in a form that machines read.
    case portability = 2
    /// To be forgotten.
    case erasure = 3
    /// To have it corrected.
    case rectification = 4
    /// To no marketing.
    case objection = 5

    /// The name on the wire.
    public var name: String {
        switch self {
        case .access: "access"
        case .portability: "portability"
        case .erasure: "erasure"
        case .rectification: "rectification"
        case .objection: "objection"
        }
    }

    /// What who executes such a request must be allowed, too.
    public var permission: Permission {
        switch self {
        case .access, .portability: .exportCustomers
        case .erasure: .eraseCustomers
        case .rectification, .objection: .updateCustomers
        }
    }
}

/// How a request of a person about its data reached the shop.
public enum DataRequestChannel: UInt8, Hashable, Sendable, Named {
    /// None of the others.
    case other = 1
    /// By a form of the shop.
    case web = 2
    /// By e-mail.
    case email = 3
    /// By telephone.
    case phone = 4
    /// On paper.
    case letter = 5
    /// At a desk.
    case inPerson = 6

    /// The name on the wire.
    public var name: String {
        switch self {
        case .other: "other"
        case .web: "web"
        case .email: "email"
        case .phone: "phone"
        case .letter: "letter"
        case .inPerson: "in_person"
        }
    }
}

/// How somebody made sure who asks.
public enum IdentityMethod: UInt8, Hashable, Sendable, Named {
    /// None of the others.
    case other = 1
    /// The person was logged in.
    case login = 2
    /// The person answered from the e-mail address that is known.
    case email = 3
    /// The person was called back at the number that is known.
    case phone = 4
    /// The person showed a document.
    case document = 5

    /// The name on the wire.
    public var name: String {
        switch self {
        case .other: "other"
        case .login: "login"
        case .email: "email"
        case .phone: "phone"
        case .document: "document"
        }
    }
}

/// Why a request is refused; the words to it are personal.
public enum RefusalCategory: UInt8, Hashable, Sendable, Named {
    /// None of the others.
    case other = 1
    /// Nobody could tell that it is the person.
    case identityNotConfirmed = 2
    /// It is plainly without ground.
    case unfounded = 3
    /// It comes again and again.
    case excessive = 4
    /// A law asks to keep the data.
    case legalObligation = 5
    /// There is no such data.
    case noData = 6

    /// The name on the wire.
    public var name: String {
        switch self {
        case .other: "other"
        case .identityNotConfirmed: "identity_not_confirmed"
        case .unfounded: "unfounded"
        case .excessive: "excessive"
        case .legalObligation: "legal_obligation"
        case .noData: "no_data"
        }
    }
}

/// Where a request stands.
public enum DataRequestStatus: UInt8, Hashable, Sendable, Named {
    /// It is there.
    case opened = 1
    /// It is known to be the person who asks.
    case identityConfirmed = 2
    /// It will be done.
    case approved = 3
    /// It was done.
    case executed = 4
    /// It will not be done.
    case refused = 5
    /// Nobody asks for it any longer.
    case cancelled = 6
    /// Its customer was erased meanwhile, so that nothing is left to ask for.
    case lapsed = 7

    /// Whether there is still something to do.
    public var isOpen: Bool { rawValue <= DataRequestStatus.approved.rawValue }

    /// The name on the wire.
    public var name: String {
        switch self {
        case .opened: "opened"
        case .identityConfirmed: "identity_confirmed"
        case .approved: "approved"
        case .executed: "executed"
        case .refused: "refused"
        case .cancelled: "cancelled"
        case .lapsed: "lapsed"
        }
    }
}
