"""The commands of `imabot`, one module each: `add_arguments(parser)` and `main(arguments) -> exit code`."""
