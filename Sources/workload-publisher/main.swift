import CommandLineTool

CommandLineTool.runProcess(CommandLine.arguments.dropFirst())
