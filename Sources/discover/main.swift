import Glibc

Terminal.installSignalHandlers()
exit(Program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
