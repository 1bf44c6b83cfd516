import ArgumentParser
import CustomerService

/// Who reads, which decides about personal data.
struct ReaderOptions: ParsableArguments {
    @OptionGroup var masterKey: MasterKeyOptions
    @Flag(help: "Leave out what is personal, as if everybody was erased; needs neither master key nor vault.")
    var withoutPersonalData = false

    /// The reader.
    func reader() throws -> PersonalReader { withoutPersonalData ? .outsider : .holder(try masterKey.keys()) }
}
