"""The face: the command tashan, one file a command group."""
