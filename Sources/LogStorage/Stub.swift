import SystemPackage
import Crypto
/// Placeholder.
