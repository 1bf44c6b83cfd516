import Glibc

exit(await PatronCommand.start())
