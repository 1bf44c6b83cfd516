import CustomerProjections

extension OrganizationState {
    /// The hash of everything that can be asked for, personal or not.
    var wholeHash: [UInt8] { stateHash() + personalHash() }
}
