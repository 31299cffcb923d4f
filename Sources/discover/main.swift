import Glibc
import Store

Terminal.installSignalHandlers()
exit(Program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
